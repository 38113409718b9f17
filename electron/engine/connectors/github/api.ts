import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpResponse } from '../../ports/http.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, CallContext } from '../connector.ts';
import { failureOfAnswer, failureOfErrors } from './failures.ts';
import { graphqlSchema } from './wire.ts';
import { serviceShape } from '../service-fields.ts';

export const publicApi = 'https://api.github.com';

export const serverFields = {
  ...serviceShape,
};
export const accountSettingsSchema = z.object(serverFields);
export type ServerSettings = z.infer<typeof accountSettingsSchema>;

export const credentialsSchema = z.object({ token: z.string().min(1) });
export type GitHubCredentials = z.infer<typeof credentialsSchema>;

/** Where GitHub is. No slash at the end. */
export interface Place {
  readonly api: string;
  readonly graphql: string;
  readonly site: string;
  readonly allowPrivateNetwork: boolean;
}

/** A server of one's own has its interfaces below /api; another address has them at its root. */
export function placeOf({ apiUrl, allowPrivateNetwork = false }: ServerSettings): Place {
  const api = apiUrl?.replace(/\/+$/, '') ?? publicApi;
  const isEnterprise = api.endsWith('/api/v3');
  return {
    api,
    graphql: isEnterprise ? api.replace(/\/v3$/, '/graphql') : `${api}/graphql`,
    site: api === publicApi ? 'https://github.com' : new URL(api).origin,
    allowPrivateNetwork,
  };
}

/** Who asks: nobody, or an account by its session. */
export interface Caller {
  readonly place: Place;
  readonly session: AccountSession<GitHubCredentials> | null;
}

export function callerOf(session: AccountSession): Caller {
  return {
    place: placeOf(accountSettingsSchema.parse(session.settings)),
    session: session as AccountSession<GitHubCredentials>,
  };
}

export interface RestAnswer<Body> {
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
  /** False: 304, and `body` is what the schema makes of null. */
  readonly hasChanged: boolean;
}

interface RestRequest {
  readonly method?: 'GET' | 'POST';
  /** Below the interface's address, with its query. */
  readonly path: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call of the REST interface. Bodies come rendered as HTML beside their Markdown. */
export async function rest<Body>(
  context: CallContext,
  { place, session }: Caller,
  request: RestRequest,
  schema: z.ZodType<Body>,
): Promise<RestAnswer<Body>> {
  const send = (token: string | null): Promise<RestAnswer<Body>> =>
    restAs(context, place, token, request, schema);
  return session === null ? send(null) : withCredentials(session, ({ token }) => send(token));
}

export async function restAs<Body>(
  context: CallContext,
  { api, allowPrivateNetwork }: Place,
  token: string | null,
  { method = 'GET', path, json, headers = {} }: RestRequest,
  schema: z.ZodType<Body>,
): Promise<RestAnswer<Body>> {
  const answer = await context.http.send({
    url: `${api}${path}`,
    method,
    headers: {
      accept: 'application/vnd.github.full+json',
      'x-github-api-version': '2022-11-28',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    answersRefusals: true,
    allowPrivateNetwork,
    signal: context.signal,
  });
  if (answer.status === 304) {
    answer.discard();
    return { body: understood('null', schema), headers: answer.headers, hasChanged: false };
  }
  const text = await succeeded(answer, context.now());
  return { body: understood(text, schema), headers: answer.headers, hasChanged: true };
}

export interface GraphqlAnswer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One GraphQL request, which always needs a token. A node that is not there is null in the data of a read, and
 * `not-found` where something was to be done to it.
 */
export async function graphql(
  context: CallContext,
  { place, session }: Caller,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<GraphqlAnswer> {
  if (session === null) {
    throw new EarshotError('unauthorized', 'GitHub shows discussions only to accounts. Connect one.');
  }
  const isRead = !query.startsWith('mutation');
  return withCredentials(session, async ({ token }) => {
    const sending = context.http.send({
      url: place.graphql,
      method: 'POST',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query, variables }),
      answersRefusals: true,
      allowPrivateNetwork: place.allowPrivateNetwork,
      signal: context.signal,
    });
    const answer = await (isRead ? sending.catch(failureOfRead) : sending);
    const { data, errors } = understood(await succeeded(answer, context.now()), graphqlSchema);
    const grave = (errors ?? []).filter(({ type }) => !(isRead && type === 'NOT_FOUND'));
    const failure = failureOfErrors(grave, answer.headers, context.now());
    if (failure !== null) throw failure;
    if (!data) throw notUnderstood([]);
    return { data, headers: answer.headers };
  });
}

/** Reading by POST changes nothing, whether it arrived or not. */
function failureOfRead(error: unknown): never {
  if (!(error instanceof EarshotError) || error.code !== 'outcome-unknown') throw error;
  throw new EarshotError('unreachable', 'GitHub broke the connection off.', { reason: 'reset' }, error);
}

/** The sign-in pages: JSON both ways, errors with status 200. */
export async function postForm<Body>(
  context: CallContext,
  { site, allowPrivateNetwork }: Place,
  path: string,
  form: Readonly<Record<string, string>>,
  schema: z.ZodType<Body>,
): Promise<Body> {
  const answer = await context.http.send({
    url: `${site}${path}`,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    answersRefusals: true,
    allowPrivateNetwork,
    signal: context.signal,
  });
  return understood(await succeeded(answer, context.now()), schema);
}

async function succeeded(answer: HttpResponse, now: number): Promise<string> {
  const { status, headers } = answer;
  const body = new TextDecoder().decode(await answer.bytes());
  if (status >= 200 && status < 300) return body;
  throw failureOfAnswer({ status, headers, body }, now);
}

function understood<Body>(text: string, schema: z.ZodType<Body>): Body {
  let body: unknown;
  try {
    body = JSON.parse(text, keepDigits);
  } catch {
    // Not JSON: the schema says so, as of every other answer that is not what it should be.
    body = undefined;
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw notUnderstood(result.error.issues);
}

/** The one number that is needed and may pass 2^53: as the text it was. */
function keepDigits(this: unknown, key: string, value: unknown, context?: { source?: string }): unknown {
  return key === 'in_reply_to_id' && typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

function notUnderstood(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): EarshotError {
  return new EarshotError('bad-response', 'GitHub gave an answer that Earshot does not understand.', {
    issues: issues.slice(0, 5).map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpResponse } from '../../ports/http.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, CallContext } from '../connector.ts';
import { parseFeed } from '../feeds/parse-feed.ts';
import { failureOfAnswer, isQuotaUsedUp, signedOut } from './failures.ts';
import { type Cost, markUsedUp, spend } from './quota.ts';
import { serviceShape } from '../service-fields.ts';

export const serverFields = {
  ...serviceShape,
};
export const accountSettingsSchema = z.object(serverFields);
export type ServerSettings = z.infer<typeof accountSettingsSchema>;

export const credentialsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('oauth'),
    clientId: z.string().min(1),
    clientSecret: z.string(),
    accessToken: z.string(),
    refreshToken: z.string(),
    /** Epoch milliseconds. */
    expiresAt: z.number(),
    /** When the refresh token ends; null where Google does not say. */
    endsAt: z.number().nullable(),
    scope: z.string(),
  }),
  z.object({
    kind: z.literal('key'),
    apiKey: z.string().min(1),
    /** The own channel, where the user named it. */
    channelId: z.string().nullable(),
  }),
]);
export type YouTubeCredentials = z.infer<typeof credentialsSchema>;

/** Where YouTube and Google's sign-in are: hosts of their own, one for a stand-in. */
export interface Place {
  readonly api: string;
  readonly authorize: string;
  readonly token: string;
  readonly revoke: string;
  readonly site: string;
  readonly allowPrivateNetwork: boolean;
}

export function placeOf({ apiUrl, allowPrivateNetwork = false }: ServerSettings): Place {
  const own = apiUrl?.replace(/\/+$/, '');
  return {
    api: `${own ?? 'https://www.googleapis.com'}/youtube/v3`,
    authorize: `${own ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
    token: `${own ?? 'https://oauth2.googleapis.com'}/token`,
    revoke: `${own ?? 'https://oauth2.googleapis.com'}/revoke`,
    site: own ?? 'https://www.youtube.com',
    allowPrivateNetwork,
  };
}

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly cost: Cost;
}

export interface ApiAnswer<Body> {
  readonly body: Body;
  /** How far the server's clock is ahead of ours; 0 when it does not say. */
  readonly skewMs: number;
}

/** One call as an account. An empty body (204) is null to the schema. */
export function call<Body>(
  context: CallContext,
  session: AccountSession<YouTubeCredentials>,
  request: ApiRequest,
  schema: z.ZodType<Body>,
): Promise<ApiAnswer<Body>> {
  const place = placeOf(accountSettingsSchema.parse(session.settings));
  return withCredentials(session, (credentials) => callAs(context, place, credentials, request, schema));
}

export async function callAs<Body>(
  context: CallContext,
  { api, allowPrivateNetwork }: Place,
  credentials: YouTubeCredentials,
  { method = 'GET', path, parameters, json, cost }: ApiRequest,
  schema: z.ZodType<Body>,
): Promise<ApiAnswer<Body>> {
  const { http, signal } = context;
  const project = projectOf(credentials);
  spend(http, project, cost, context.now());
  const answer = await http.send({
    url: `${api}/${path}?${new URLSearchParams(parameters).toString()}`,
    method,
    headers: {
      accept: 'application/json',
      // The key could stand in the address as well; here no log shows it.
      ...(credentials.kind === 'key'
        ? { 'x-goog-api-key': credentials.apiKey }
        : { authorization: `Bearer ${credentials.accessToken}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    answersRefusals: true,
    allowPrivateNetwork,
    signal,
  });
  const date = Date.parse(answer.headers['date'] ?? '');
  try {
    const text = await succeeded(answer, context.now());
    return {
      body: understood(text === '' ? 'null' : text, schema),
      skewMs: Number.isNaN(date) ? 0 : date - context.now(),
    };
  } catch (error) {
    if (error instanceof EarshotError && isQuotaUsedUp(error)) {
      markUsedUp(http, project, cost.bucket, context.now());
    }
    throw error;
  }
}

/** Quota is the project's: of the client, or of the key. */
function projectOf(credentials: YouTubeCredentials): string {
  return credentials.kind === 'oauth'
    ? credentials.clientId
    : createHash('sha256').update(credentials.apiKey).digest('base64url');
}

/** Google's token endpoint. A refusal of the grant is `unauthorized`. */
export async function postToken<Body>(
  context: CallContext,
  url: string,
  allowPrivateNetwork: boolean,
  form: Readonly<Record<string, string>>,
  schema: z.ZodType<Body>,
): Promise<Body> {
  const answer = await context.http.send({
    url,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    answersRefusals: true,
    allowPrivateNetwork,
    signal: context.signal,
  });
  const { status, headers } = answer;
  const text = new TextDecoder().decode(await answer.bytes());
  if (status >= 200 && status < 300) return understood(text === '' ? 'null' : text, schema);
  if (text.includes('invalid_client') || text.includes('unauthorized_client')) {
    throw new EarshotError(
      'unauthorized',
      'Google does not know this client id, or its secret is wrong. Compare both with the page of your client.',
    );
  }
  if (text.includes('invalid_grant') || text.includes('invalid_token')) throw signedOut();
  throw failureOfAnswer({ status, headers, body: text }, context.now());
}

/** A channel's newest videos, without an account. */
export async function readFeed(
  context: CallContext,
  { site, allowPrivateNetwork }: Place,
  channelId: string,
): Promise<Awaited<ReturnType<typeof parseFeed>>['feed']> {
  const answer = await context.http.send({
    url: `${site}/feeds/videos.xml?channel_id=${encodeURIComponent(channelId)}`,
    headers: { accept: 'application/atom+xml' },
    answersRefusals: true,
    allowPrivateNetwork,
    signal: context.signal,
  });
  if (answer.status === 404) {
    answer.discard();
    throw new EarshotError('not-found', `YouTube knows no channel ${channelId}. Check its id.`);
  }
  if (answer.status !== 200) await succeeded(answer, context.now());
  try {
    const { feed, failure } = await parseFeed(answer.body, {
      url: answer.url,
      contentType: answer.headers['content-type'] ?? null,
    });
    if (failure !== null) throw failure;
    return feed;
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'not-a-feed') throw error;
    throw new EarshotError('bad-response', 'YouTube gave a page in place of its feed.', {}, error);
  } finally {
    answer.discard();
  }
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
    body = JSON.parse(text);
  } catch {
    // Not JSON: the schema says so, as of every other answer that is not what it should be.
    body = undefined;
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new EarshotError('bad-response', 'YouTube gave an answer that Earshot does not understand.', {
    issues: result.error.issues.slice(0, 5).map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}

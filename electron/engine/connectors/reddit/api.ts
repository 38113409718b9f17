import type { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpResponse } from '../../ports/http.ts';
import type { CallContext } from '../connector.ts';
import { parseFeed } from '../feeds/parse-feed.ts';
import { failureOfAnswer, failureOfErrors } from './failures.ts';
import { noteAllowance, takeKeylessTurn, throwIfUsedUp } from './pace.ts';
import { writtenSchema } from './wire.ts';

/** Reddit throttles names that tell nothing. */
const userAgent = (name: string | null): string =>
  `desktop:earshot.reader:v1${name === null ? '' : ` (by /u/${name})`}`;

/** Where Reddit is: two hosts of its own, one for a stand-in. No slash at the end. */
export interface Place {
  readonly site: string;
  readonly api: string;
  readonly allowPrivateNetwork: boolean;
}

export interface ServerSettings {
  readonly apiUrl?: string | undefined;
  readonly allowPrivateNetwork?: boolean | undefined;
}

export function placeOf({ apiUrl, allowPrivateNetwork = false }: ServerSettings): Place {
  const own = apiUrl?.replace(/\/+$/, '');
  return {
    site: own ?? 'https://www.reddit.com',
    api: own ?? 'https://oauth.reddit.com',
    allowPrivateNetwork,
  };
}

/** A signed-in caller. */
export interface Caller {
  readonly clientId: string;
  readonly accessToken: string;
  /** Null before it is known. */
  readonly name: string | null;
}

export interface Answered<Body> {
  readonly body: Body;
  /** How far the server's clock is ahead of ours; 0 when it does not say. */
  readonly skewMs: number;
}

export async function readApi<Body>(
  context: CallContext,
  place: Place,
  caller: Caller,
  path: string,
  parameters: Readonly<Record<string, string>>,
  schema: z.ZodType<Body>,
): Promise<Answered<Body>> {
  const query = new URLSearchParams({ ...parameters, raw_json: '1' });
  const answer = await call(context, place, caller, 'GET', `${path}?${query.toString()}`);
  // A subreddit that does not exist leads to the search for subreddits.
  if (answer.redirects.length > 0) {
    answer.discard();
    throw noSubreddit();
  }
  return { body: await parsed(answer, schema), skewMs: skewOf(answer, context.now()) };
}

const noSubreddit = (): EarshotError =>
  new EarshotError('not-found', 'There is no such subreddit: check its name.');

/** A write. Throws what `json.errors` says, which comes with status 200. */
export async function writeApi(
  context: CallContext,
  place: Place,
  caller: Caller,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<readonly unknown[]> {
  const answer = await call(context, place, caller, 'POST', `${path}?raw_json=1`, form);
  const text = await textOf(answer);
  // The simple ones answer `{}` or nothing at all.
  if (form['api_type'] !== 'json') return [];
  const { json } = understood(text, writtenSchema);
  const failure = failureOfErrors(json.errors, json.ratelimit, context.now());
  if (failure !== null) throw failure;
  return json.data?.things ?? [];
}

async function call(
  context: CallContext,
  { api, allowPrivateNetwork }: Place,
  caller: Caller,
  method: 'GET' | 'POST',
  path: string,
  form?: Readonly<Record<string, string>>,
): Promise<HttpResponse> {
  const { http, signal } = context;
  throwIfUsedUp(http, caller.clientId, context.now());
  const answer = await http.send({
    url: `${api}${path}`,
    method,
    headers: {
      accept: 'application/json',
      authorization: `bearer ${caller.accessToken}`,
      'user-agent': userAgent(caller.name),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    answersRefusals: true,
    allowPrivateNetwork,
    signal,
  });
  noteAllowance(http, caller.clientId, answer, context.now());
  return await succeeded(answer, context.now());
}

/** A feed, without an account. */
export async function readFeed(
  context: CallContext,
  { site, allowPrivateNetwork }: Place,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Awaited<ReturnType<typeof parseFeed>>> {
  const { http, signal } = context;
  // A private host is nobody's service but the user's own.
  if (!allowPrivateNetwork) takeKeylessTurn(http, context.now());
  throwIfUsedUp(http, site, context.now());
  const query = new URLSearchParams(parameters).toString();
  const answer = await http.send({
    url: `${site}${path}?${query}`,
    headers: { accept: 'application/atom+xml', 'user-agent': userAgent(null) },
    answersRefusals: true,
    allowPrivateNetwork,
    signal,
  });
  noteAllowance(http, site, answer, context.now());
  await succeeded(answer, context.now());
  if (new URL(answer.url).pathname.startsWith('/subreddits/')) {
    answer.discard();
    throw noSubreddit();
  }
  try {
    return await parseFeed(answer.body, {
      url: answer.url,
      contentType: answer.headers['content-type'] ?? null,
    });
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'not-a-feed') throw error;
    throw new EarshotError('bad-response', 'Reddit gave a page in place of its feed.', {}, error);
  } finally {
    answer.discard();
  }
}

/** The token endpoint: an installed app has an empty secret. */
export async function postToken<Body>(
  context: CallContext,
  { site, allowPrivateNetwork }: Place,
  client: { readonly clientId: string; readonly clientSecret: string },
  path: 'access_token' | 'revoke_token',
  form: Readonly<Record<string, string>>,
  schema: z.ZodType<Body>,
): Promise<Body> {
  const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
  const answer = await context.http.send({
    url: `${site}/api/v1/${path}`,
    method: 'POST',
    headers: {
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': userAgent(null),
    },
    body: new URLSearchParams(form).toString(),
    answersRefusals: true,
    allowPrivateNetwork,
    signal: context.signal,
  });
  const text = await textOf(answer);
  if (answer.status === 401) {
    throw new EarshotError(
      'unauthorized',
      'Reddit does not know this client id, or its secret is wrong. Compare both with the page of your app.',
    );
  }
  if (text.includes('"invalid_grant"') || (answer.status === 400 && path === 'access_token')) {
    throw new EarshotError('unauthorized', 'Reddit has ended the sign-in. Sign in again.');
  }
  if (answer.status < 200 || answer.status >= 300) {
    throw failureOfAnswer({ status: answer.status, headers: answer.headers, body: text }, context.now());
  }
  return understood(text === '' ? '{}' : text, schema);
}

async function succeeded(answer: HttpResponse, now: number): Promise<HttpResponse> {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return answer;
  throw failureOfAnswer({ status, headers, body: await textOf(answer) }, now);
}

async function parsed<Body>(answer: HttpResponse, schema: z.ZodType<Body>): Promise<Body> {
  return understood(await textOf(answer), schema);
}

async function textOf(answer: HttpResponse): Promise<string> {
  return new TextDecoder().decode(await answer.bytes());
}

function understood<Body>(text: string, schema: z.ZodType<Body>): Body {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the schema says so, as of every other answer that is not what it should be.
    body = null;
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new EarshotError('bad-response', 'Reddit gave an answer that Earshot does not understand.', {
    issues: result.error.issues.slice(0, 5).map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}

function skewOf({ headers }: HttpResponse, now: number): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? 0 : date - now;
}

import type { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { CallContext } from '../connector.ts';
import { failureOfStatus } from '../http/failure-of-status.ts';
import { hostOfServer } from './settings.ts';
import { refusalSchema } from './wire.ts';

/** A server and who asks it. */
export interface Server {
  readonly context: CallContext;
  /** An origin. */
  readonly server: string;
  readonly allowPrivateNetwork: boolean;
  /** Null: as everybody. */
  readonly token: string | null;
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly json?: unknown;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly idempotencyKey?: string;
  readonly timeoutMs?: number;
}

export interface Answer<Data> {
  readonly data: Data;
  /** Where the pages before and after this one begin, as the Link header says. */
  readonly newer: string | null;
  readonly older: string | null;
}

/** One request, its answer parsed. Throws EarshotError. */
export async function ask<Data>(to: Server, call: Call, schema: z.ZodType<Data>): Promise<Answer<Data>> {
  const { context, server, token } = to;
  const url = new URL(call.path, server);
  url.search = new URLSearchParams(
    (call.query ?? []).map(([name, value]): [string, string] => [name, value]),
  ).toString();
  const contentType = call.json === undefined ? call.contentType : 'application/json';
  const body = call.json === undefined ? call.body : JSON.stringify(call.json);
  const answer = await context.http.send({
    url: url.href,
    method: call.method ?? 'GET',
    headers: {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
    },
    ...(body === undefined ? {} : { body }),
    answersRefusals: true,
    allowPrivateNetwork: to.allowPrivateNetwork,
    signal: context.signal,
    ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
  });
  const text = new TextDecoder().decode(await answer.bytes());
  if (answer.status < 200 || answer.status > 299) {
    throw refusal(to, call, answer.status, answer.headers, text);
  }
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw notMastodon(server, answer.status);
  return { data: parsed.data, ...linksOf(answer.headers['link']) };
}

function refusal(
  { context, server, token }: Server,
  { path, method = 'GET' }: Call,
  status: number,
  headers: Readonly<Record<string, string>>,
  bodyText: string,
): EarshotError {
  const host = hostOfServer(server);
  const parsed = refusalSchema.safeParse(parseJson(bodyText));
  const said = parsed.success ? (parsed.data.error_description ?? parsed.data.error).slice(0, 300) : null;
  const details = { status, ...(said === null ? {} : { said }) };
  const quoted = said === null ? '' : `: “${said}”`;
  // Older versions ask for a user with 422.
  if (status === 401 || (status === 422 && said === 'This method requires an authenticated user')) {
    const message =
      token === null
        ? `${host} shows this only to people who are signed in. Connect an account there and choose it for this source.`
        : `${host} does not take this sign-in any more${quoted}. Sign in again.`;
    return new EarshotError('unauthorized', message, details);
  }
  if (status === 403 && said !== null) {
    return new EarshotError(
      'forbidden',
      `${host} does not allow this${quoted}. Sign in again and allow everything that is asked for; if that does not help, look at the account on ${host}.`,
      details,
    );
  }
  if (status === 404 && said === null) {
    return new EarshotError(
      'not-found',
      `${host} does not answer as Mastodon does. Check the name of the server.`,
      { ...details, isOtherServer: true },
    );
  }
  if (status === 404) {
    return new EarshotError(
      'not-found',
      `${host} does not have that any more, or does not show it.`,
      details,
    );
  }
  if (status === 410) return new EarshotError('gone', `${host} says that it is gone for good.`, details);
  if (status === 429) {
    const retryAt = resetOf(headers, context.now());
    if (retryAt !== null) {
      return new EarshotError('rate-limited', `${host} asks for fewer requests.`, { ...details, retryAt });
    }
  }
  if (status === 503 && method !== 'GET' && headers['retry-after'] === undefined) {
    // Whether a proxy gave up on a server that was still at work cannot be told.
    return new EarshotError('server-error', `${host} has failed (503).`, details);
  }
  if (status >= 400 && status < 500 && status !== 403 && status !== 429) {
    return new EarshotError('rejected', `${host} does not take this${quoted || ` (${status})`}.`, details);
  }
  return failureOfStatus({ status, url: `${server}${path}`, headers, bodyText }, context);
}

const longestPauseMs = 24 * 60 * 60_000;

/** ISO 8601 on Mastodon, where everybody else counts seconds. By the server's clock, so it is held against its date. */
function resetOf(headers: Readonly<Record<string, string>>, now: number): number | null {
  const reset = headers['x-ratelimit-reset'] ?? '';
  const at = /^\d{9,11}$/.test(reset) ? Number(reset) * 1000 : Date.parse(reset);
  if (!Number.isFinite(at)) return null;
  const theirNow = Date.parse(headers['date'] ?? '');
  const waitMs = at - (Number.isFinite(theirNow) ? theirNow : now);
  return now + Math.min(Math.max(waitMs, 1_000), longestPauseMs);
}

function notMastodon(server: string, status: number): EarshotError {
  return new EarshotError(
    'bad-response',
    `${hostOfServer(server)} gave an answer that Mastodon would not give. Check the name of the server, or try again later.`,
    { status },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the schema says so, as of every other answer that is not what it should be.
    return null;
  }
}

/** `<https://…?max_id=7>; rel="next", <https://…?min_id=9>; rel="prev"`: only the ids are of use. */
function linksOf(header: string | undefined): { newer: string | null; older: string | null } {
  const find = (relation: string, parameter: string): string | null => {
    const link = new RegExp(`<([^>]+)>\\s*;\\s*rel="?${relation}"?`, 'i').exec(header ?? '')?.[1];
    return URL.parse(link ?? '', 'https://link.invalid')?.searchParams.get(parameter) ?? null;
  };
  return { newer: find('prev', 'min_id'), older: find('next', 'max_id') };
}

import type { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpRequest } from '../../ports/http.ts';
import type { CallContext } from '../connector.ts';
import { retryAtOf } from '../http/retry-after.ts';
import { failureOfRefusal } from './failures.ts';
import { refusalSchema, siteSchema } from './wire.ts';

/** 50 posts of 50,000 characters, with all that stands round them. */
const maxBytes = 24 * 1024 * 1024;
const minuteMs = 60_000;

/** One server of Lemmy, and as whom it is asked. */
export interface LemmyServer extends CallContext {
  /** An origin, without a slash at the end. */
  readonly server: string;
  readonly allowPrivateNetwork: boolean;
  readonly jwt: string | null;
}

/** 3 is Lemmy 0.19, 4 is Lemmy 1.0. */
export type Generation = 3 | 4;

export interface Site {
  readonly generation: Generation;
  /** By the number that posts name a language with: ISO 639. */
  readonly languages: ReadonlyMap<number, string>;
  /** What v3 says here about the account; undefined without one. */
  readonly myUser: unknown;
}

/** Asks which interface the server speaks. Lemmy 1.0 still has parts of v3, so v4 is asked for first. */
export async function readSite(server: LemmyServer): Promise<Site> {
  const newer = await call(server, 4, { path: '/site', schema: siteSchema }).catch((error: unknown) => {
    if (error instanceof EarshotError && error.code === 'not-found') return null;
    throw error;
  });
  const site = newer ?? (await call(server, 3, { path: '/site', schema: siteSchema }).catch(explainNoLemmy));
  const languages = site.all_languages
    .filter(({ code }) => /^[a-z]{2}\b/i.test(code))
    .map(({ id, code }) => [id, code.slice(0, 2).toLowerCase()] as const);
  return { generation: newer ? 4 : 3, languages: new Map(languages), myUser: site.my_user };
}

function explainNoLemmy(error: unknown): never {
  if (!(error instanceof EarshotError) || error.code !== 'not-found') throw error;
  throw new EarshotError(
    'not-found',
    'There is no Lemmy at this address. Enter the address of a server such as https://lemmy.world.',
    error.details,
    error,
  );
}

export interface LemmyCall<Answer> {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly body?: unknown;
  /** Instead of `body`: a file. */
  readonly form?: { readonly type: string; readonly body: Uint8Array };
  /** The path begins at the server, not at its interface. */
  readonly isOutsideApi?: boolean;
  readonly timeoutMs?: number;
  readonly schema: z.ZodType<Answer>;
  /** How long a limit that was hit lasts, where the server does not say: 0.19 never does. */
  readonly windowMs?: number;
}

/** One call. Throws EarshotError. */
export async function call<Answer>(
  server: LemmyServer,
  generation: Generation,
  asked: LemmyCall<Answer>,
): Promise<Answer> {
  const { method = 'GET', path, query = {}, schema, windowMs = minuteMs, timeoutMs } = asked;
  const url = new URL(`${server.server}${asked.isOutsideApi ? '' : `/api/v${generation}`}${path}`);
  const sent =
    asked.form ??
    (asked.body === undefined ? null : { type: 'application/json', body: JSON.stringify(asked.body) });
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  }
  const request: HttpRequest = {
    url: url.href,
    method,
    headers: {
      accept: 'application/json',
      ...(sent === null ? {} : { 'content-type': sent.type }),
      ...(server.jwt === null ? {} : { authorization: `Bearer ${server.jwt}` }),
    },
    ...(sent === null ? {} : { body: sent.body }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    answersRefusals: true,
    signal: server.signal,
    allowPrivateNetwork: server.allowPrivateNetwork,
    maxBytes,
  };
  const answer = await server.http.send(request);
  const isRefused = answer.status < 200 || answer.status >= 300;
  const bytes = await answer.bytes().catch((error: unknown) => {
    if (isRefused) return new Uint8Array();
    throw error;
  });
  const json = parseJson(bytes);
  if (isRefused) {
    const refusal = refusalSchema.safeParse(json);
    const retryAt = retryAtOf(answer.headers['retry-after'], server) ?? server.now() + windowMs;
    throw failureOfRefusal(
      { status: answer.status, error: refusal.success ? refusal.data.error : null, host: url.host },
      retryAt,
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new EarshotError(
    'bad-response',
    `${url.host} gave an answer that Earshot does not understand. It may not be a Lemmy server.`,
    {
      issues: parsed.error.issues
        .slice(0, 5)
        .map(({ path: place, message }) => ({ path: place.join('.'), message })),
    },
  );
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // A proxy's page: the status or the schema says so.
    return null;
  }
}

/** Windows of the limits as Lemmy ships them; a server may change them. */
export const searchWindowMs = 10 * minuteMs;
export const commentWindowMs = 10 * minuteMs;
export const imageWindowMs = 60 * minuteMs;
export const loginWindowMs = 60 * minuteMs;

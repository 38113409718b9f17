import type { z } from 'zod';
import { EarshotError, type FailureCode } from '../../../../shared/contract/errors.ts';
import type { AccountSession, CallContext, OutgoingMedia } from '../connector.ts';
import type { HttpRequest, HttpResponse } from '../../ports/http.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import { multipart } from '../http/multipart.ts';
import { retryAtOf } from '../http/retry-after.ts';
import { type DiscordProblem, problemSchema } from './wire.ts';

export const defaultApiUrl = 'https://discord.com/api/v10';
/** Discord's edge turns away whoever does not name itself in this form. */
const userAgent = 'DiscordBot (https://example.org/earshot, 1.0)';
const guessedPauseMs = 60_000;
/** Megabytes over a slow line. */
const uploadTimeoutMs = 240_000;

export interface DiscordSettings {
  readonly apiUrl?: string | undefined;
  readonly allowPrivateNetwork?: boolean | undefined;
}
export interface DiscordCredentials {
  readonly token: string;
}
/** How calls are signed: with an account, or with credentials that are being tried. */
export interface Authority {
  readonly settings: DiscordSettings;
  authorised<Answer>(call: (credentials: DiscordCredentials) => Promise<Answer>): Promise<Answer>;
}

export function authorityOf(account: AccountSession<DiscordCredentials, DiscordSettings>): Authority {
  return { settings: account.settings, authorised: (call) => withCredentials(account, call) };
}

export interface DiscordApi {
  get<T>(path: string, schema: z.ZodType<T>, query?: Readonly<Record<string, string>>): Promise<T>;
  /** Null for an answer without a body. */
  write(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
  /** The same with files: `files[0]` is the attachment with the id 0. */
  writeWithFiles(path: string, body: unknown, files: readonly OutgoingMedia[]): Promise<unknown>;
}

/** The calls of one poll, look or attempt. Throws EarshotError; `details.discord` has Discord's own code. */
export function discordApi(context: CallContext, authority: Authority): DiscordApi {
  const { http, signal } = context;
  const { settings } = authority;
  const now = (): number => context.now();
  const base = (settings.apiUrl ?? defaultApiUrl).replace(/\/+$/, '');
  /** What is used up, by bucket and channel or server, and until when. */
  const spent = new Map<string, number>();
  const buckets = new Map<string, string>();

  async function call(
    method: NonNullable<HttpRequest['method']>,
    path: string,
    query: Readonly<Record<string, string>>,
    content: Pick<HttpRequest, 'body' | 'timeoutMs'> & { readonly type?: string },
  ): Promise<unknown> {
    const route = `${method} ${path.replace(/\/(?:messages|members)\/\d+/, '/$1')}`;
    const until = spent.get(buckets.get(route) ?? route) ?? 0;
    if (until > now()) throw pause(until);
    const parameters = new URLSearchParams(query).toString();
    const { type, ...sent } = content;
    return authority.authorised(async ({ token }) => {
      const answer = await http.send({
        method,
        url: `${base}${path}${parameters === '' ? '' : `?${parameters}`}`,
        headers: {
          accept: 'application/json',
          authorization: `Bot ${token}`,
          'user-agent': userAgent,
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...sent,
        answersRefusals: true,
        allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
        signal,
      });
      noteLimits(answer, route, path);
      const said = answer.status === 204 ? null : parseJson(await answer.bytes());
      if (answer.status === 202) throw indexPause(said);
      if (answer.status >= 200 && answer.status < 300) return said;
      throw failureOf(answer, problemSchema.safeParse(said).data ?? {}, now());
    });
  }

  function noteLimits({ headers }: HttpResponse, route: string, path: string): void {
    const name = headers['x-ratelimit-bucket'];
    const key = name === undefined ? route : `${name} ${/^\/\w+\/\d+/.exec(path)?.[0] ?? ''}`;
    buckets.set(route, key);
    const resetAfterMs = Number(headers['x-ratelimit-reset-after']) * 1000;
    if (headers['x-ratelimit-remaining'] === '0' && resetAfterMs > 0) {
      spent.set(key, now() + Math.ceil(resetAfterMs));
    }
  }

  /** The search answers 202 while the server's messages are still being indexed. */
  function indexPause(said: unknown): EarshotError {
    const seconds = problemSchema.safeParse(said).data?.retry_after ?? 0;
    return new EarshotError('rate-limited', 'Discord is still indexing this server for its search.', {
      retryAt: now() + Math.max(5_000, Math.ceil(seconds * 1000)),
    });
  }

  return {
    async get(path, schema, query = {}) {
      const parsed = schema.safeParse(await call('GET', path, query, {}));
      if (parsed.success) return parsed.data;
      throw new EarshotError('bad-response', 'Discord gave an answer that Earshot does not understand.', {
        path,
        issues: parsed.error.issues.slice(0, 5).map((issue) => ({
          path: issue.path.join('.'),
          message: issue.message,
        })),
      });
    },
    write: (method, path, body) =>
      call(
        method,
        path,
        {},
        body === undefined ? {} : { type: 'application/json', body: JSON.stringify(body) },
      ),
    writeWithFiles(path, body, files) {
      const parts = files.map(({ name, type, bytes }, index) => ({
        field: `files[${index}]`,
        fileName: name,
        type,
        content: bytes,
      }));
      const json = {
        field: 'payload_json',
        type: 'application/json',
        content: JSON.stringify(body),
      };
      return call('POST', path, {}, { ...multipart([json, ...parts]), timeoutMs: uploadTimeoutMs });
    },
  };
}

export function isDiscord(error: unknown, ...codes: readonly number[]): error is EarshotError {
  return error instanceof EarshotError && codes.includes(error.details['discord'] as number);
}

function pause(retryAt: number): EarshotError {
  return new EarshotError('rate-limited', 'Discord asks for fewer requests. Earshot goes on when it may.', {
    retryAt,
  });
}

/** Discord's own codes, as what they are here and what to do about them. */
const problems: Readonly<Record<number, readonly [FailureCode, string]>> = {
  10003: ['not-found', 'This channel is not there any more.'],
  10004: [
    'not-found',
    'There is no such server, or the bot is not in it. Check the address and invite the bot.',
  ],
  10008: ['not-found', 'This message is not there any more.'],
  10013: ['not-found', 'There is no such user.'],
  20028: ['rate-limited', 'Too much is being written in this channel. Earshot tries again later.'],
  20029: ['rate-limited', 'Too much is being written on this server. Earshot tries again later.'],
  40001: ['unauthorized', 'Discord does not take this token. Paste a new one.'],
  40005: ['rejected', 'Discord does not take files as large as these. Make them smaller.'],
  50001: ['forbidden', 'The bot cannot see this channel. Give its role “View Channel” there.'],
  50006: ['rejected', 'Discord takes no empty message.'],
  50008: ['rejected', 'Nobody can write messages in a channel of this kind.'],
  50013: [
    'forbidden',
    'The bot lacks a permission for this. Give its role what the account’s page lists, on the server or in the channel.',
  ],
  50014: ['unauthorized', 'Discord does not take this token. Paste a new one.'],
  50083: ['rejected', 'This thread is archived.'],
  160002: [
    'forbidden',
    'The bot may not answer without “Read Message History”. Give its role that permission.',
  ],
  160005: ['rejected', 'This thread is locked: only moderators can write in it.'],
  200000: [
    'rejected',
    'The server’s AutoMod blocks this text. Reword it, or ask a moderator to let the bot through.',
  ],
};

function failureOf({ status, headers }: HttpResponse, problem: DiscordProblem, now: number): EarshotError {
  const { code, message, retry_after: seconds } = problem;
  const details = { status, ...(code === undefined ? {} : { discord: code }) };
  if (status === 401) {
    return new EarshotError(
      'unauthorized',
      'Discord does not take this token: it was reset or mistyped. Copy a new one from the developer portal and paste it.',
      details,
    );
  }
  const asked =
    seconds === undefined
      ? retryAtOf(headers['retry-after'], { now: () => now })
      : now + Math.ceil(seconds * 1000);
  if (status === 429) {
    return new EarshotError('rate-limited', pause(0).message, {
      ...details,
      retryAt: asked ?? now + guessedPauseMs,
    });
  }
  if (status >= 500) {
    return new EarshotError('server-error', `Discord has failed (${status}).`, details);
  }
  const known = code === undefined ? undefined : problems[code];
  if (known?.[0] === 'rate-limited') {
    return new EarshotError(...known, { ...details, retryAt: asked ?? now + guessedPauseMs });
  }
  if (known) return new EarshotError(...known, details);
  if (status === 403) return new EarshotError('forbidden', `Discord refuses this${said(message)}.`, details);
  if (status === 404)
    return new EarshotError('not-found', `Discord knows no such thing${said(message)}.`, details);
  return new EarshotError(
    'rejected',
    `Discord does not take this${said(firstFormError(problem.errors) ?? message)}.`,
    details,
  );
}

function said(message: string | undefined): string {
  const line = (message ?? '').replace(/\s+/g, ' ').replace(/\.$/, '').trim().slice(0, 200);
  return line === '' ? '' : `: ${line}`;
}

/** `{"content":{"_errors":[{"message"}]}}`, nested as the form is. */
function firstFormError(errors: unknown, depth = 0): string | undefined {
  if (typeof errors !== 'object' || errors === null || depth > 8) return undefined;
  for (const [name, value] of Object.entries(errors)) {
    if (name === '_errors' && Array.isArray(value)) {
      const message: unknown = (value as { message?: unknown }[])[0]?.message;
      if (typeof message === 'string') return message;
    }
    const inner = firstFormError(value, depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not JSON: the schema or the status says what that means.
    return undefined;
  }
}

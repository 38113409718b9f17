import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpRequest } from '../../ports/http.ts';
import type { CallContext } from '../connector.ts';
import { retryAtOf } from '../http/retry-after.ts';
import { refusalSchema } from './wire.ts';

/** 50 posts of 32,000 characters as HTML and as Markdown. */
const maxBytes = 24 * 1024 * 1024;
const guessedWaitMs = 60_000;
const readOnlyWaitMs = 5 * 60_000;

export const credentialsSchema = z.discriminatedUnion('kind', [
  /** A member's own key. `clientId` names this installation to the forum. */
  z.object({ kind: z.literal('user'), key: z.string().min(1), clientId: z.string().optional() }),
  /** A key that an administrator made. */
  z.object({ kind: z.literal('admin'), key: z.string().min(1), username: z.string().min(1) }),
]);
export type DiscourseCredentials = z.infer<typeof credentialsSchema>;

/** One forum, and as whom it is asked. */
export interface Forum extends CallContext {
  /** Its address, without a slash at the end; may have a path. */
  readonly server: string;
  readonly allowPrivateNetwork: boolean;
  readonly credentials: DiscourseCredentials | null;
}

export interface ForumCall<Answer> {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** Instead of `body`: a file. */
  readonly form?: { readonly type: string; readonly body: Uint8Array };
  readonly timeoutMs?: number;
  readonly schema: z.ZodType<Answer>;
}

/** One call. Throws EarshotError. */
export async function call<Answer>(forum: Forum, asked: ForumCall<Answer>): Promise<Answer> {
  const { json, status, retryAt } = await send(forum, asked);
  const host = new URL(forum.server).host;
  if (status < 200 || status >= 300) {
    const failure = failureOf(status, json, retryAt, forum, host);
    // A key that was revoked and a permission that is missing are refused in the same words.
    if (status === 403 && forum.credentials !== null && !(await isKeyGood(forum))) throw keyRefused(host);
    throw failure;
  }
  const parsed = asked.schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new EarshotError(
    'bad-response',
    `${host} gave an answer that Earshot does not understand. It may not be a Discourse forum.`,
    {
      issues: parsed.error.issues.slice(0, 5).map(({ path, message }) => ({ path: path.join('.'), message })),
    },
  );
}

async function send(
  forum: Forum,
  { method = 'GET', path, query = {}, body, form, timeoutMs }: Omit<ForumCall<unknown>, 'schema'>,
): Promise<{ readonly json: unknown; readonly status: number; readonly retryAt: number | null }> {
  const url = new URL(`${forum.server}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  const sent = form ?? (body === undefined ? null : { type: 'application/json', body: JSON.stringify(body) });
  const request: HttpRequest = {
    url: url.href,
    method,
    headers: {
      accept: 'application/json',
      ...(sent === null ? {} : { 'content-type': sent.type }),
      ...authorization(forum.credentials),
    },
    ...(sent === null ? {} : { body: sent.body }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    answersRefusals: true,
    signal: forum.signal,
    allowPrivateNetwork: forum.allowPrivateNetwork,
    maxBytes,
  };
  const answer = await forum.http.send(request);
  const isRefused = answer.status < 200 || answer.status >= 300;
  const bytes = await answer.bytes().catch((error: unknown) => {
    if (isRefused) return new Uint8Array();
    throw error;
  });
  return {
    json: parseJson(bytes),
    status: answer.status,
    retryAt: retryAtOf(answer.headers['retry-after'], forum),
  };
}

function authorization(credentials: DiscourseCredentials | null): Record<string, string> {
  if (credentials === null) return {};
  if (credentials.kind === 'admin') {
    return { 'api-key': credentials.key, 'api-username': credentials.username };
  }
  const { key, clientId } = credentials;
  return { 'user-api-key': key, ...(clientId === undefined ? {} : { 'user-api-client-id': clientId }) };
}

async function isKeyGood(forum: Forum): Promise<boolean> {
  const { status } = await send(forum, { path: '/session/current.json' });
  return status !== 401 && status !== 403 && status !== 404;
}

export function keyRefused(host: string): EarshotError {
  return new EarshotError(
    'unauthorized',
    `${host} does not accept this key any more: it was revoked, or has not been used for too long. Sign in again.`,
  );
}

function failureOf(
  status: number,
  json: unknown,
  retryAt: number | null,
  forum: Forum,
  host: string,
): EarshotError {
  const refusal = refusalSchema.safeParse(json);
  const { errors = [], error_type: type, extras } = refusal.success ? refusal.data : {};
  const said = errors.join(' ').replace(/\s+/g, ' ').trim().slice(0, 300);
  const details = { status, ...(type === undefined ? {} : { type }), ...(said === '' ? {} : { said }) };
  if (status === 429 || type === 'rate_limit') {
    const waitMs = extras?.wait_seconds === undefined ? guessedWaitMs : extras.wait_seconds * 1_000;
    return new EarshotError('rate-limited', `${host} asks for fewer requests. Earshot waits.`, {
      ...details,
      retryAt: retryAt ?? forum.now() + waitMs,
    });
  }
  if (type === 'not_logged_in' || status === 401) {
    return forum.credentials === null
      ? new EarshotError(
          'forbidden',
          `${host} shows its posts to its members only. Listen with an account of it.`,
          details,
        )
      : keyRefused(host);
  }
  if (status === 403) {
    return new EarshotError(
      'forbidden',
      `${host} does not allow this${forum.credentials === null ? ' without an account' : ' to the account'}${said === '' ? '.' : `: ${sentence(said)}`}`,
      details,
    );
  }
  if (status === 404 || status === 410) {
    return new EarshotError('not-found', `${host} does not have this, or not any more.`, details);
  }
  if (status === 413) {
    return new EarshotError(
      'rejected',
      `${host} does not take files of this size. Make it smaller.`,
      details,
    );
  }
  if (status === 503 && type === 'read_only') {
    return new EarshotError('rate-limited', `${host} takes nothing new for now: it is being looked after.`, {
      ...details,
      retryAt: retryAt ?? forum.now() + readOnlyWaitMs,
    });
  }
  if (status >= 500) {
    return new EarshotError('server-error', `The server of ${host} has failed (${status}).`, details);
  }
  return new EarshotError(
    'rejected',
    `${host} does not take this (${status})${said === '' ? '. Check the text and the settings.' : `: ${sentence(said)} Change the answer and send it again.`}`,
    details,
  );
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // A proxy's page, or nothing at all: the status or the schema says so.
    return null;
  }
}

/** Null where the forum says that it is not there. */
export async function orNull<Value>(attempt: Promise<Value>): Promise<Value | null> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof EarshotError && error.code === 'not-found') return null;
    throw error;
  }
}

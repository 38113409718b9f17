import type { z } from 'zod';
import { EarshotError, type FailureCode } from '../../../../shared/contract/errors.ts';
import type { HttpResponse } from '../../ports/http.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, CallContext } from '../connector.ts';
import { retryAtOf } from '../http/retry-after.ts';
import { type SlackStatus, statusSchema } from './wire.ts';

export const defaultApiUrl = 'https://slack.com/api';
const guessedPauseMs = 60_000;
/** Megabytes over a slow line. */
const uploadTimeoutMs = 120_000;
const json = 'application/json; charset=utf-8';

export interface SlackSettings {
  readonly apiUrl?: string | undefined;
  readonly allowPrivateNetwork?: boolean | undefined;
}
export interface SlackCredentials {
  readonly token: string;
}
export type SlackAccount = AccountSession<SlackCredentials, SlackSettings>;

/** How calls are signed: with an account, or with credentials that are being tried. */
export interface Authority {
  readonly settings: SlackSettings;
  authorised<Answer>(call: (credentials: SlackCredentials) => Promise<Answer>): Promise<Answer>;
}

export function authorityOf(account: SlackAccount): Authority {
  return { settings: account.settings, authorised: (call) => withCredentials(account, call) };
}

type Arguments = Readonly<Record<string, string | number | boolean>>;

export interface SlackApi {
  read<T>(
    method: string,
    args: Arguments,
    schema: z.ZodType<T>,
    onHeaders?: (headers: HttpResponse['headers']) => void,
  ): Promise<T>;
  write<T>(method: string, body: Readonly<Record<string, unknown>>, schema: z.ZodType<T>): Promise<T>;
  /** As a form, for methods that take no JSON. */
  submit<T>(method: string, form: Arguments, schema: z.ZodType<T>): Promise<T>;
  /** To an address that Slack has made for these bytes. */
  upload(address: string, bytes: Uint8Array): Promise<void>;
}

/** The calls of one poll, look or attempt. Throws EarshotError; `details.slack` has Slack's own word for it. */
export function slackApi(context: CallContext, authority: Authority): SlackApi {
  const { http, signal } = context;
  const { settings } = authority;
  const base = (settings.apiUrl ?? defaultApiUrl).replace(/\/+$/, '');

  async function call<T>(
    name: string,
    query: string,
    content: { readonly body: string; readonly type: string } | null,
    schema: z.ZodType<T>,
    onHeaders?: (headers: HttpResponse['headers']) => void,
  ): Promise<T> {
    return authority.authorised(async ({ token }) => {
      const answer = await http.send({
        method: content === null ? 'GET' : 'POST',
        url: `${base}/${name}${query === '' ? '' : `?${query}`}`,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(content === null ? {} : { 'content-type': content.type }),
        },
        ...(content === null ? {} : { body: content.body }),
        answersRefusals: true,
        allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
        signal,
      });
      const said = parseJson(await answer.bytes());
      const status = statusSchema.safeParse(said).data ?? null;
      // Slack says no with 200 and ok: false.
      if (status?.ok !== true) throw failureOf(answer, status, name, context.now());
      onHeaders?.(answer.headers);
      const parsed = schema.safeParse(said);
      if (parsed.success) return parsed.data;
      throw new EarshotError('bad-response', 'Slack gave an answer that Earshot does not understand.', {
        method: name,
        issues: parsed.error.issues
          .slice(0, 5)
          .map(({ path, message }) => ({ path: path.join('.'), message })),
      });
    });
  }

  return {
    read: (name, args, schema, onHeaders) => call(name, encoded(args), null, schema, onHeaders),
    write: (name, body, schema) => call(name, '', { body: JSON.stringify(body), type: json }, schema),
    submit: (name, form, schema) =>
      call(name, '', { body: encoded(form), type: 'application/x-www-form-urlencoded' }, schema),
    async upload(address, bytes) {
      const answer = await http.send({
        method: 'POST',
        url: address,
        isPathSecret: true,
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes,
        answersRefusals: true,
        timeoutMs: uploadTimeoutMs,
        allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
        signal,
      });
      answer.discard();
      if (answer.status === 200) return;
      throw answer.status === 429 || answer.status >= 500
        ? failureOf(answer, null, 'upload', context.now())
        : new EarshotError('rejected', `Slack does not take this file (${answer.status}).`);
    },
  };
}

function encoded(args: Arguments): string {
  const pairs = Object.entries(args).map(([key, value]): [string, string] => [key, String(value)]);
  return new URLSearchParams(pairs).toString();
}

export function isSlack(error: unknown, ...words: readonly string[]): error is EarshotError {
  return error instanceof EarshotError && words.includes(String(error.details['slack']));
}

const signInAgain =
  'Slack does not take this token any more: it was revoked, or the app was removed. Install the app again and paste its new token.';
const notThere = 'This message is not there any more.';

/** Slack's own words, as what they are here and what to do about them. */
const problems: Readonly<Record<string, readonly [FailureCode, string]>> = {
  invalid_auth: ['unauthorized', signInAgain],
  not_authed: ['unauthorized', signInAgain],
  token_expired: [
    'unauthorized',
    'This token has expired. Switch token rotation off in the app’s settings and paste the new token.',
  ],
  token_revoked: ['unauthorized', signInAgain],
  account_inactive: ['unauthorized', signInAgain],
  org_login_required: ['unauthorized', 'The workspace is being moved: sign in again when that is over.'],
  no_permission: ['forbidden', 'The app may not do this. Check its scopes, and install it again.'],
  not_allowed_token_type: ['forbidden', 'Slack lets no bot do this: it needs a user token (xoxp-).'],
  ekm_access_denied: ['forbidden', 'The workspace’s administrators have suspended access to its messages.'],
  channel_not_found: [
    'not-found',
    'There is no such channel, or the app is not in it. Invite it there with /invite.',
  ],
  not_in_channel: ['forbidden', 'The app is not in this channel. Invite it there with /invite.'],
  is_archived: ['rejected', 'This channel is archived. Unarchive it to write there.'],
  thread_not_found: ['not-found', notThere],
  message_not_found: ['not-found', notThere],
  cant_delete_message: ['forbidden', 'Slack lets the app delete only what it wrote itself.'],
  msg_too_long: ['rejected', 'Slack does not take a text as long as this.'],
  no_text: ['rejected', 'Slack takes no empty message.'],
  restricted_action: [
    'forbidden',
    'The workspace does not let the app write in this channel. Ask its administrators.',
  ],
  restricted_action_read_only_channel: [
    'forbidden',
    'Only some may write in this channel. Ask its managers.',
  ],
  restricted_action_thread_only_channel: ['forbidden', 'Only threads may be answered in this channel.'],
  restricted_action_non_threadable_channel: ['forbidden', 'Nobody can answer in threads in this channel.'],
  restricted_action_thread_locked: ['rejected', 'This thread is locked.'],
  message_limit_exceeded: ['rejected', 'The workspace has used up the messages of its plan.'],
  file_uploads_disabled: ['forbidden', 'The workspace takes no files. Leave them out.'],
  file_upload_size_restricted: ['rejected', 'The workspace does not take files as large as these.'],
  alt_txt_too_large: ['rejected', 'Slack takes descriptions of 1,000 characters.'],
  posting_to_channel_denied: [
    'forbidden',
    'The app may not write in this channel. Ask the workspace’s administrators.',
  ],
  file_not_found: [
    'rejected',
    'Slack has let go of the files before they were sent. Add them to the reply again.',
  ],
  metadata_too_large: ['rejected', 'Slack does not take this message.'],
};
const failing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

function failureOf(
  { status, headers }: HttpResponse,
  answer: SlackStatus | null,
  method: string,
  now: number,
): EarshotError {
  const word = answer?.error ?? null;
  const details = { status, method, ...(word === null ? {} : { slack: word }) };
  if (status === 429 || word === 'ratelimited' || word === 'rate_limited') {
    const retryAt = retryAtOf(headers['retry-after'], { now: () => now }) ?? now + guessedPauseMs;
    return new EarshotError('rate-limited', `Slack asks for fewer requests (${method}).`, {
      ...details,
      retryAt,
    });
  }
  if (status >= 500 || (word !== null && failing.has(word))) {
    return new EarshotError('server-error', `Slack has failed (${word ?? status}).`, details);
  }
  if (word === 'missing_scope') {
    const needed = answer?.needed ?? '';
    return new EarshotError(
      'forbidden',
      `The app lacks the scope ${needed || 'that this needs'}. Add it in “OAuth & Permissions” at https://api.slack.com/apps, choose “Reinstall to Workspace”, and paste the token again.`,
      { ...details, needed },
    );
  }
  const known = word === null ? undefined : problems[word];
  if (known) return new EarshotError(...known, details);
  if (word?.startsWith('restricted_action'))
    return new EarshotError('forbidden', 'The workspace does not allow this.', details);
  if (status === 401) return new EarshotError('unauthorized', signInAgain, details);
  if (status === 403) return new EarshotError('forbidden', 'Slack refuses to answer (403).', details);
  if (word === null) {
    return new EarshotError(
      'bad-response',
      'Slack gave an answer that Earshot does not understand.',
      details,
    );
  }
  return new EarshotError('rejected', `Slack does not take this: ${word.slice(0, 100)}.`, details);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not JSON: the status, or that it is none, says what that means.
    return undefined;
  }
}

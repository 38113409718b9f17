import type { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpRequest } from '../../ports/http.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, CallContext, OutgoingMedia } from '../connector.ts';
import { multipart } from '../http/multipart.ts';
import { answerSchema, type TelegramAnswer } from './wire.ts';

export const defaultApiUrl = 'https://api.telegram.org';
const guessedPauseMs = 60_000;
/** Megabytes over a slow line. */
const uploadTimeoutMs = 240_000;

export interface TelegramSettings {
  readonly apiUrl?: string | undefined;
  readonly allowPrivateNetwork?: boolean | undefined;
}
export interface TelegramCredentials {
  /** `123456:ABC…`, the number being the bot's own id. */
  readonly token: string;
}
export type TelegramAccount = AccountSession<TelegramCredentials, TelegramSettings>;

/** How calls are signed: with an account, or with credentials that are being tried. */
export interface Authority {
  readonly settings: TelegramSettings;
  authorised<Answer>(call: (credentials: TelegramCredentials) => Promise<Answer>): Promise<Answer>;
}

export function authorityOf(account: TelegramAccount): Authority {
  return { settings: account.settings, authorised: (call) => withCredentials(account, call) };
}

export interface TelegramApi {
  /** By GET, so that an answer that never comes leaves nothing in doubt. */
  read<T>(method: string, args: Readonly<Record<string, string>>, schema: z.ZodType<T>): Promise<T>;
  write<T>(method: string, body: Readonly<Record<string, unknown>>, schema: z.ZodType<T>): Promise<T>;
  /** The same as a form, with a file as the argument `field`. */
  writeWithFile<T>(
    method: string,
    body: Readonly<Record<string, unknown>>,
    file: OutgoingMedia & { readonly field: string },
    schema: z.ZodType<T>,
  ): Promise<T>;
}

/** Throws EarshotError. The token stands in the path: nothing here may name an address. */
export function telegramApi(context: CallContext, { settings, ...authority }: Authority): TelegramApi {
  const base = (settings.apiUrl ?? defaultApiUrl).replace(/\/+$/, '');

  async function call<T>(
    method: string,
    query: string,
    more: Pick<HttpRequest, 'method' | 'body' | 'headers' | 'timeoutMs'>,
    schema: z.ZodType<T>,
  ): Promise<T> {
    return authority.authorised(async ({ token }) => {
      const answer = await context.http.send({
        url: `${base}/bot${token}/${method}${query}`,
        isPathSecret: true,
        ...more,
        answersRefusals: true,
        allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
        signal: context.signal,
      });
      const said = answerSchema.safeParse(parseJson(await answer.bytes())).data ?? null;
      if (said?.ok !== true) throw failureOf(answer.status, said, context.now());
      const parsed = schema.safeParse(said.result);
      if (parsed.success) return parsed.data;
      throw new EarshotError('bad-response', 'Telegram gave an answer that Earshot does not understand.', {
        method,
        issues: parsed.error.issues
          .slice(0, 5)
          .map(({ path, message }) => ({ path: path.join('.'), message })),
      });
    });
  }

  return {
    read: (method, args, schema) => {
      const query = new URLSearchParams(args).toString();
      return call(
        method,
        query === '' ? '' : `?${query}`,
        { headers: { accept: 'application/json' } },
        schema,
      );
    },
    write: (method, body, schema) =>
      call(
        method,
        '',
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        schema,
      ),
    writeWithFile(method, args, { field, name, type, bytes }, schema) {
      const fields = Object.entries(args).map(([key, value]) => ({
        field: key,
        content: typeof value === 'string' ? value : JSON.stringify(value),
      }));
      const form = multipart([...fields, { field, fileName: name, type, content: bytes }]);
      return call(
        method,
        '',
        {
          method: 'POST',
          headers: { 'content-type': form.type },
          body: form.body,
          timeoutMs: uploadTimeoutMs,
        },
        schema,
      );
    },
  };
}

/** By what Telegram says; its texts may change, so nothing but words and idempotence hangs on them. */
export function saysNotThere(error: unknown): boolean {
  return error instanceof EarshotError && error.code === 'not-found';
}

function failureOf(status: number, answer: TelegramAnswer | null, now: number): EarshotError {
  const code = answer?.error_code ?? status;
  const description = (answer?.description ?? '').replace(/\s+/g, ' ').slice(0, 200);
  const details = { status: code, ...(description === '' ? {} : { said: description }) };
  if (code === 401 || (code === 404 && answer !== null)) {
    return new EarshotError(
      'unauthorized',
      'Telegram does not take this token: it was revoked or mistyped. Ask @BotFather for it with /token and paste it.',
      details,
    );
  }
  if (code === 409) return new EarshotError('conflict', otherProgram, details);
  if (code === 429) {
    const seconds = answer?.parameters?.retry_after;
    const retryAt = now + (seconds === undefined ? guessedPauseMs : Math.ceil(seconds * 1000));
    return new EarshotError('rate-limited', 'Telegram asks for fewer requests.', { ...details, retryAt });
  }
  if (code >= 500) return new EarshotError('server-error', `Telegram has failed (${code}).`, details);
  if (answer === null || code < 400) {
    return new EarshotError(
      'bad-response',
      'Telegram gave an answer that Earshot does not understand.',
      details,
    );
  }
  if (answer.parameters?.migrate_to_chat_id !== undefined) {
    return new EarshotError(
      'gone',
      'The group has become a supergroup: its old messages cannot be answered any more. Write there by hand.',
      details,
    );
  }
  const known = problems.find(([pattern]) => pattern.test(description));
  if (known) return new EarshotError(known[1], known[2], details);
  if (code === 403) {
    return new EarshotError(
      'forbidden',
      `Telegram does not let the bot do this${said(description)}.`,
      details,
    );
  }
  return new EarshotError('rejected', `Telegram does not take this${said(description)}.`, details);
}

export const otherProgram =
  'Another program, or Earshot on another computer, receives this bot’s messages. Only one can: switch the other one off, or make a bot of its own for Earshot.';

const problems: readonly (readonly [RegExp, 'forbidden' | 'not-found' | 'rejected', string])[] = [
  [/kicked/i, 'forbidden', 'The bot was removed from this chat. Add it again.'],
  [/blocked by the user/i, 'forbidden', 'This person has blocked the bot.'],
  [
    /not enough rights|have no rights|administrator rights|need administrator/i,
    'forbidden',
    'The bot lacks the right to do this here. Make it an administrator with that right.',
  ],
  [
    /CHAT_(?:WRITE|SEND_\w+)_FORBIDDEN|CHAT_RESTRICTED/,
    'forbidden',
    'This chat does not let the bot write this. Ask its administrators.',
  ],
  [/chat not found/i, 'not-found', 'There is no such chat any more, or the bot is not in it.'],
  [
    /(?:message to \w+|replied message|message to be replied) not found/i,
    'not-found',
    'This message is not there any more.',
  ],
  [
    /PHOTO_INVALID_DIMENSIONS|IMAGE_PROCESS_FAILED/i,
    'rejected',
    'Telegram does not take this picture: it is too wide or too tall, or it is broken.',
  ],
  [/file is too big|entity too large/i, 'rejected', 'Telegram does not take a file as large as this.'],
  [/too long/i, 'rejected', 'Telegram does not take a text as long as this.'],
  [/text is empty/i, 'rejected', 'Telegram takes no empty message.'],
  [
    /can't be deleted/i,
    'rejected',
    'Telegram lets nobody delete this: it is older than 48 hours, or the bot may not.',
  ],
  [/REACTION_INVALID/i, 'rejected', 'Reactions of this kind are switched off in this chat.'],
  [/TOPIC_CLOSED/i, 'rejected', 'This topic is closed.'],
];

function said(description: string): string {
  const line = description.replace(/^(?:Bad Request|Forbidden): /, '').replace(/\.$/, '');
  return line === '' ? '' : `: ${line}`;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not JSON: the status, or that it is none, says what that means.
    return undefined;
  }
}

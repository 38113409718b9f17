import { EarshotError } from '../../../../shared/contract/errors.ts';
import { retryAtOf } from '../http/retry-after.ts';

const guessedWaitMs = 60_000;
/** Enough for every limit that Reddit words: it counts in minutes. */
const longestWaitMs = 24 * 60 * 60_000;

export interface RefusedCall {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const privateReasons: Readonly<Record<string, string>> = {
  private: 'The subreddit is private: ask its moderators to let the account in.',
  quarantined:
    'The subreddit is quarantined: open it once in a browser with this account and agree to see it.',
  gold_only: 'The subreddit is for premium members only.',
  banned: 'Reddit has banned this subreddit.',
};

/** A status that is no success, as the failure it means. */
export function failureOfAnswer({ status, headers, body }: RefusedCall, now: number): EarshotError {
  const reason = reasonOf(body);
  const details = { status, ...(reason === null ? {} : { reason }) };
  if (status === 401) {
    return new EarshotError('unauthorized', 'Reddit does not take the sign-in any more.', details);
  }
  if (status === 403 && (headers['www-authenticate'] ?? '').includes('insufficient_scope')) {
    return new EarshotError(
      'forbidden',
      'The account was connected without the permission for this. Sign in again and allow everything that is asked.',
      { ...details, reason: 'insufficient_scope' },
    );
  }
  if (reason !== null && Object.hasOwn(privateReasons, reason)) {
    const code = reason === 'banned' ? 'gone' : 'forbidden';
    return new EarshotError(code, privateReasons[reason] ?? '', details);
  }
  if (status === 403) {
    return new EarshotError(
      'forbidden',
      /^\s*</.test(body)
        ? 'Reddit blocks requests from this network. Connect an account, or try from another network.'
        : 'Reddit refuses this (403): the account may be banned there or may not do it.',
      details,
    );
  }
  if (status === 404) {
    return new EarshotError(
      'not-found',
      'Reddit has nothing there: check the name of the subreddit.',
      details,
    );
  }
  if (status === 429) {
    return new EarshotError('rate-limited', 'Reddit asks for fewer requests.', {
      ...details,
      retryAt: resetAt(headers, now),
    });
  }
  if (status >= 500 || status === 408) {
    return new EarshotError('server-error', `Reddit’s server has failed (${status}).`, details);
  }
  return new EarshotError('rejected', `Reddit does not take this request (${status}).`, details);
}

/** When to ask again after a 429. */
export function resetAt(headers: Readonly<Record<string, string>>, now: number): number {
  const seconds = Number.parseFloat(headers['x-ratelimit-reset'] ?? '');
  if (Number.isFinite(seconds)) return now + Math.max(seconds, 1) * 1000;
  return retryAtOf(headers['retry-after'], { now: () => now }) ?? now + guessedWaitMs;
}

function reasonOf(body: string): string | null {
  try {
    const { reason } = JSON.parse(body) as { reason?: unknown };
    return typeof reason === 'string' ? reason : null;
  } catch {
    // An HTML page: the status alone has to do.
    return null;
  }
}

const locked = 'The thread is locked: nobody can answer there any more.';
const gone = 'What you answer is not there any more.';
const meanings: Readonly<Record<string, readonly [code: 'rejected' | 'forbidden' | 'gone', words: string]>> =
  {
    TOO_OLD: ['rejected', 'The thread is archived: nobody can answer there any more.'],
    THREAD_LOCKED: ['rejected', locked],
    COMMENTS_LOCKED: ['rejected', locked],
    TOO_LONG: ['rejected', 'The answer is longer than the 10,000 characters that Reddit takes. Shorten it.'],
    NO_TEXT: ['rejected', 'Reddit takes no empty answer.'],
    DOMAIN_BANNED: ['rejected', 'Reddit does not allow an address in the text. Take the link out.'],
    DELETED_COMMENT: ['gone', gone],
    DELETED_LINK: ['gone', gone],
    DELETED_THING: ['gone', gone],
    NO_THING_ID: ['gone', gone],
    BANNED_FROM_SUBREDDIT: ['forbidden', 'The account is banned from this subreddit.'],
    SUBREDDIT_NOTALLOWED: ['forbidden', 'The account may not write in this subreddit.'],
    USER_BLOCKED: ['forbidden', 'One of the two has blocked the other.'],
    NOT_AUTHOR: ['forbidden', 'Only its author can do that.'],
    IN_TIMEOUT: ['forbidden', 'Reddit has suspended the account.'],
  };

/** What stands in `json.errors` of an answer with status 200, as the failure it means; null when nothing does. */
export function failureOfErrors(
  errors: readonly (readonly unknown[])[],
  ratelimitSeconds: number | null | undefined,
  now: number,
): EarshotError | null {
  const first = errors[0];
  if (first === undefined) return null;
  const reason = typeof first[0] === 'string' ? first[0] : 'UNKNOWN';
  const said = typeof first[1] === 'string' ? first[1].replace(/\s+/g, ' ').trim().slice(0, 200) : '';
  const details = { reason, ...(said === '' ? {} : { said }) };
  if (reason === 'RATELIMIT' || reason === 'SUBREDDIT_RATELIMIT') {
    return new EarshotError('rate-limited', 'Reddit lets this account answer only now and then.', {
      ...details,
      retryAt: now + writingWaitMs(said, ratelimitSeconds),
    });
  }
  const known = Object.hasOwn(meanings, reason) ? meanings[reason] : undefined;
  const [code, words] = known ?? ['rejected', `Reddit does not take it: ${said || reason}`];
  return new EarshotError(code, words, details);
}

/** “Take a break for 4 minutes before trying again.” A second more, because the words round down. */
export function writingWaitMs(said: string, ratelimitSeconds: number | null | undefined): number {
  if (typeof ratelimitSeconds === 'number' && ratelimitSeconds > 0) {
    return Math.min(ratelimitSeconds * 1000 + 1000, longestWaitMs);
  }
  const found = /(\d+)\s*(millisecond|second|minute|hour)s?/i.exec(said);
  if (!found) return guessedWaitMs;
  const units: Readonly<Record<string, number>> = {
    millisecond: 1,
    second: 1_000,
    minute: 60_000,
    hour: 3_600_000,
  };
  const unitMs = units[(found[2] ?? '').toLowerCase()] ?? guessedWaitMs;
  return Math.min(Number(found[1]) * unitMs + 1_000, longestWaitMs);
}

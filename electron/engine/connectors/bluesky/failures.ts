import { z } from 'zod';
import { EarshotError, type FailureCode } from '../../../../shared/contract/errors.ts';
import type { CallContext } from '../connector.ts';
import { failureOfStatus } from '../http/failure-of-status.ts';
import { retryAtOf } from '../http/retry-after.ts';
import { singleLine } from '../text/clean-text.ts';

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
  readonly bodyText: string;
}

type Clock = Pick<CallContext, 'now'>;

const bodySchema = z.object({
  error: z.string().default(''),
  message: z.string().optional(),
  /** In the words of OAuth. */
  error_description: z.string().optional(),
});

const appPasswordAdvice =
  'Create an app password on Bluesky (Settings, Privacy and security, App passwords) and sign in with that.';

/** The platform's own codes. What is not here goes by its status. */
const known: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ExpiredToken: ['unauthorized', 'The Bluesky session has run out.'],
  InvalidToken: ['unauthorized', 'Bluesky does not take this session any more.'],
  invalid_token: ['unauthorized', 'Bluesky does not take this session any more.'],
  AuthMissing: ['unauthorized', 'Bluesky wants a signed-in account for this.'],
  AuthenticationRequired: ['unauthorized', 'Bluesky does not take this handle and app password.'],
  AuthFactorTokenRequired: [
    'unauthorized',
    `Bluesky wants a code by e-mail for the main password. ${appPasswordAdvice}`,
  ],
  AccountTakedown: [
    'forbidden',
    'Bluesky has suspended this account. Nothing can be sent from it until Bluesky lifts that.',
  ],
  AccountDeactivated: [
    'forbidden',
    'This account is deactivated. Activate it in the Bluesky app, then sign in again.',
  ],
  AccountNotFound: ['unauthorized', 'There is no such account on this server. Check handle and server.'],
  ScopeMissingError: ['forbidden', 'This sign-in does not include that permission. Sign in again.'],
  insufficient_scope: ['forbidden', 'This sign-in does not include that permission. Sign in again.'],
  RecordNotFound: ['not-found', 'That is not on Bluesky any more.'],
  NotFound: ['not-found', 'That is not on Bluesky any more.'],
  InvalidSwap: ['conflict', 'This was changed on Bluesky at the same moment.'],
  BlobNotFound: ['rejected', 'Bluesky does not have the picture any more. Attach it again.'],
  BlobTooLarge: ['rejected', 'The picture is too large for Bluesky. Make it smaller.'],
  MethodNotImplemented: ['unsupported', 'This server does not offer that.'],
  UpstreamFailure: ['server-error', 'Bluesky is out of order behind your server. It is tried again later.'],
  UpstreamTimeout: ['server-error', 'Bluesky is out of order behind your server. It is tried again later.'],
};

/** What an XRPC or OAuth answer of 4xx or 5xx means. */
export function failureOf(refusal: Refusal, clock: Clock): EarshotError {
  const { status, headers } = refusal;
  const { error, said } = readBody(refusal.bodyText);
  const details = { status, ...(error === '' ? {} : { error }), ...(said === '' ? {} : { said }) };
  if (status === 429 || error === 'RateLimitExceeded') {
    return new EarshotError('rate-limited', 'Bluesky asks for a pause; it is tried again after it.', {
      ...details,
      retryAt: pauseEndsAt(headers, clock),
    });
  }
  const [code, message] = known[error] ?? [];
  if (code !== undefined && message !== undefined) {
    return new EarshotError(code, message, details);
  }
  if (status === 400 && error !== '') {
    return new EarshotError('rejected', rejection(said), details);
  }
  return failureOfStatus(refusal, clock);
}

function readBody(text: string): { error: string; said: string } {
  try {
    const body = bodySchema.parse(JSON.parse(text));
    return {
      error: body.error,
      said: singleLine(body.message ?? body.error_description ?? '').slice(0, 300),
    };
  } catch {
    // A page of the network in front of Bluesky: its status has to do.
    return { error: '', said: '' };
  }
}

function rejection(said: string): string {
  if (/grapheme too big|string too big/i.test(said)) {
    return 'The text is too long for Bluesky: 300 characters and 3,000 bytes are the most. Shorten it or split it.';
  }
  return said === ''
    ? 'Bluesky does not take this.'
    : `Bluesky does not take this: ${said.replace(/\.$/, '')}.`;
}

/** Their window is five minutes long. */
const guessedPauseMs = 5 * 60_000;
const longestPauseMs = 24 * 60 * 60_000;

/** Seconds from now where they are given; else an instant in unix seconds by the server's clock, which may differ from ours. */
function pauseEndsAt(headers: Readonly<Record<string, string>>, clock: Clock): number {
  const asked = retryAtOf(headers['retry-after'], clock);
  if (asked !== null) return asked;
  const resetsAt = Number(headers['ratelimit-reset'] ?? Number.NaN) * 1000;
  if (!Number.isFinite(resetsAt) || resetsAt <= 0) return clock.now() + guessedPauseMs;
  const serverNow = Date.parse(headers['date'] ?? '') || clock.now();
  return clock.now() + Math.min(Math.max(resetsAt - serverNow, 0), longestPauseMs);
}

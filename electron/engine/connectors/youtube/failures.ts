import { EarshotError, type FailureCode } from '../../../../shared/contract/errors.ts';
import { retryAtOf } from '../http/retry-after.ts';
import { nextMidnightPacific } from './quota.ts';
import { errorSchema } from './wire.ts';

const guessedWaitMs = 60_000;

export interface RefusedCall {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const testing =
  'An app that is still in testing is signed out every seven days: publish it on https://console.cloud.google.com/auth/audience to end that.';

export const signedOut = (): EarshotError =>
  new EarshotError('unauthorized', `Google has ended the sign-in. Sign in again. ${testing}`);

const missingScope =
  'The account was connected without the permission for this. Sign in again and tick everything that is asked.';

const meanings: Readonly<Record<string, readonly [code: FailureCode, words: string]>> = {
  authError: ['unauthorized', 'Google does not take the sign-in any more.'],
  API_KEY_INVALID: ['unauthorized', 'Google does not know this API key. Copy it anew.'],
  keyInvalid: ['unauthorized', 'Google does not know this API key. Copy it anew.'],
  insufficientPermissions: ['forbidden', missingScope],
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: ['forbidden', missingScope],
  accessNotConfigured: [
    'forbidden',
    'The YouTube Data API is not switched on in your Google project. Enable “YouTube Data API v3” there.',
  ],
  commentsDisabled: ['forbidden', 'Comments are switched off for this video.'],
  ineligibleAccount: ['forbidden', 'The account has no channel that may comment. Make one on YouTube first.'],
  authenticatedUserNotChannel: [
    'forbidden',
    'The account has no channel that may comment. Make one on YouTube first.',
  ],
  commentTextTooLong: ['rejected', 'The answer is longer than YouTube takes. Shorten it.'],
  commentTextRequired: ['rejected', 'YouTube takes no empty answer.'],
  operationNotSupported: ['rejected', 'YouTube does not allow an answer to this.'],
  parentCommentIsPrivate: ['rejected', 'The comment is not public: nobody can answer it.'],
  processingFailure: ['rejected', 'YouTube could not process it.'],
  parentCommentNotFound: ['gone', 'The comment is not there any more.'],
  commentThreadNotFound: ['gone', 'The comment is not there any more.'],
  commentNotFound: ['gone', 'The comment is not there any more.'],
  videoNotFound: ['gone', 'The video is not there any more.'],
  channelNotFound: ['not-found', 'YouTube knows no such channel. Check its id.'],
};

/** True when it is a bucket of the day that is empty. */
export function isQuotaUsedUp(failure: EarshotError): boolean {
  return failure.details['isDaily'] === true;
}

export function failureOfAnswer({ status, headers, body }: RefusedCall, now: number): EarshotError {
  const { reasons, said } = readError(body);
  const reason = reasons[0] ?? null;
  const details = { status, ...(reason === null ? {} : { reason }), ...(said === '' ? {} : { said }) };
  if (reasons.includes('quotaExceeded') || reasons.includes('dailyLimitExceeded')) {
    return new EarshotError(
      'rate-limited',
      'YouTube’s quota of your Google project is used up for today. It goes on at midnight in California.',
      { ...details, retryAt: nextMidnightPacific(now), isDaily: true },
    );
  }
  if (status === 429 || reasons.some((each) => /rateLimitExceeded/i.test(each))) {
    const asked = retryAtOf(headers['retry-after'], { now: () => now });
    return new EarshotError('rate-limited', 'YouTube asks for fewer requests.', {
      ...details,
      retryAt: asked ?? now + guessedWaitMs,
    });
  }
  if (status >= 500 || status === 408) {
    return new EarshotError('server-error', `YouTube’s server has failed (${status}).`, details);
  }
  for (const each of reasons) {
    const meaning = Object.hasOwn(meanings, each) ? meanings[each] : undefined;
    if (meaning) return new EarshotError(meaning[0], meaning[1], details);
  }
  if (status === 401) {
    return new EarshotError('unauthorized', 'Google does not take the sign-in any more.', details);
  }
  if (status === 403) {
    return new EarshotError(
      'forbidden',
      'YouTube refuses this: the account may only do that on its own channel.',
      details,
    );
  }
  if (status === 404) return new EarshotError('not-found', 'YouTube has nothing there.', details);
  return new EarshotError(
    'rejected',
    `YouTube does not take it${said === '' ? '' : `: ${said.replace(/\.$/, '')}`}.`,
    details,
  );
}

function readError(body: string): { readonly reasons: readonly string[]; readonly said: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    // A proxy's page: the status alone has to do.
    return { reasons: [], said: '' };
  }
  const parsed = errorSchema.safeParse(raw);
  if (!parsed.success) return { reasons: [], said: '' };
  const { errors, details, message } = parsed.data.error;
  const reasons = [...(details ?? []), ...(errors ?? [])].flatMap(({ reason }) => (reason ? [reason] : []));
  const said = message
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
  return { reasons, said };
}

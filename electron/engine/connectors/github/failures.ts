import { EarshotError } from '../../../../shared/contract/errors.ts';
import { retryAtOf } from '../http/retry-after.ts';

/** The least that GitHub asks for when it does not say how long. */
const guessedWaitMs = 60_000;

export interface RefusedCall {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const unauthorized = (details: Record<string, unknown>): EarshotError =>
  new EarshotError('unauthorized', 'GitHub does not take the token any more.', details);

/** A status that is no success, as the failure it means. */
export function failureOfAnswer({ status, headers, body }: RefusedCall, now: number): EarshotError {
  const said = saidIn(body);
  const details = { status, ...(said === '' ? {} : { said }) };
  if (status === 401) return unauthorized(details);
  if (status === 429 || (status === 403 && isLimit(headers, said)) || isTooQuick(said)) {
    return new EarshotError('rate-limited', 'GitHub asks for fewer requests.', {
      ...details,
      retryAt: retryAt(headers, now),
    });
  }
  if (status === 403 && headers['x-github-sso'] !== undefined) {
    return new EarshotError(
      'forbidden',
      'The organisation wants the token to be authorised for its single sign-on: open https://github.com/settings/tokens and choose “Configure SSO”.',
      details,
    );
  }
  if (status === 403 && /locked/i.test(said)) {
    return new EarshotError('rejected', 'The conversation is locked: nobody can comment there now.', details);
  }
  if (status === 403) return forbidden(details);
  if (status === 404) {
    return new EarshotError(
      'not-found',
      'GitHub shows nothing there: it was deleted, or the account may not see it. Check the name.',
      details,
    );
  }
  if (status === 410) return new EarshotError('gone', 'It was deleted on GitHub.', details);
  if (status >= 500) {
    return new EarshotError('server-error', `GitHub’s server has failed (${status}).`, details);
  }
  return new EarshotError('rejected', `GitHub does not take it${said === '' ? '' : `: ${said}`}.`, details);
}

function forbidden(details: Record<string, unknown>): EarshotError {
  return new EarshotError(
    'forbidden',
    'The token may not do this. It needs the permission public_repo (notifications for the inbox); a fine-grained token works only where its owner was let in.',
    details,
  );
}

function isLimit(headers: Readonly<Record<string, string>>, said: string): boolean {
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /rate limit/i.test(said)
  );
}

/** The limit on writing hides behind a validation that failed. */
function isTooQuick(said: string): boolean {
  return /submitted too quickly/i.test(said);
}

function retryAt(headers: Readonly<Record<string, string>>, now: number): number {
  const asked = retryAtOf(headers['retry-after'], { now: () => now });
  if (asked !== null) return asked;
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset) && reset > 0) {
    // By the server's clock, which need not be ours.
    const date = Date.parse(headers['date'] ?? '');
    return Math.max(reset * 1000 + (Number.isNaN(date) ? 0 : now - date), now + 1_000);
  }
  return now + guessedWaitMs;
}

/** `message`, and what the validation of a 422 adds to it. */
function saidIn(body: string): string {
  let parsed: { message?: unknown; errors?: unknown };
  try {
    parsed = (JSON.parse(body) ?? {}) as typeof parsed;
  } catch {
    // A proxy's page: the status alone has to do.
    return '';
  }
  const errors = Array.isArray(parsed.errors) ? (parsed.errors as unknown[]) : [];
  const parts = [parsed.message, ...errors.map((error) => (error as { message?: unknown } | null)?.message)];
  return parts
    .filter((part) => typeof part === 'string')
    .join(': ')
    .replace(/\s+/g, ' ')
    .slice(0, 200)
    .replace(/[.\s]+$/, '');
}

/** The first error that GraphQL gives, with status 200. NOT_FOUND of a read is no failure: the node is null. */
export function failureOfErrors(
  errors: readonly { readonly type?: string | null | undefined; readonly message: string }[],
  headers: Readonly<Record<string, string>>,
  now: number,
): EarshotError | null {
  const first = errors[0];
  if (first === undefined) return null;
  const type = first.type ?? '';
  const said = first.message.replace(/\s+/g, ' ').slice(0, 200).replace(/\.$/, '');
  const details = { reason: type, said };
  if (isTooQuick(said)) {
    return new EarshotError('rate-limited', 'GitHub lets this account write only now and then.', {
      ...details,
      retryAt: retryAt(headers, now),
    });
  }
  // Its own breakdowns come with status 200 and without a type; what was asked for may have been done.
  if (/something went wrong|timed? ?out/i.test(said)) {
    return new EarshotError('server-error', 'GitHub’s server has failed.', details);
  }
  switch (type) {
    case 'RATE_LIMITED':
    case 'RATE_LIMIT':
      return new EarshotError('rate-limited', 'GitHub asks for fewer requests.', {
        ...details,
        retryAt: retryAt(headers, now),
      });
    case 'NOT_FOUND':
      return new EarshotError('not-found', 'It is not on GitHub any more.', details);
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES':
      return /locked/i.test(said)
        ? new EarshotError('rejected', 'The conversation is locked: nobody can comment there now.', details)
        : forbidden(details);
    case 'SERVICE_UNAVAILABLE':
      return new EarshotError('server-error', 'GitHub’s server has failed.', details);
    default:
      return new EarshotError('rejected', `GitHub does not take it: ${said}.`, details);
  }
}

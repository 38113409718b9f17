import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Http } from '../../ports/http.ts';
import { resetAt } from './failures.ts';

/** Without an account everybody behind one internet address shares about ten requests a minute. */
const mostKeyless = 10;
const keylessWindowMs = 60_000;

interface Pace {
  /** Of requests without an account. */
  readonly times: number[];
  /** By client or site: nothing is asked before then. */
  readonly closedUntil: Map<string, number>;
}

/** One for everything that goes out through one way out, whichever source asks. */
const paces = new WeakMap<Http, Pace>();

function paceOf(http: Http): Pace {
  const known = paces.get(http);
  if (known) return known;
  const created: Pace = { times: [], closedUntil: new Map() };
  paces.set(http, created);
  return created;
}

/** Counts a request without an account. Throws `rate-limited` when there were too many in the last minute. */
export function takeKeylessTurn(http: Http, now: number): void {
  const { times } = paceOf(http);
  // A clock set back leaves times of the future behind.
  while (times[0] !== undefined && (times[0] <= now - keylessWindowMs || times[0] > now)) times.shift();
  if (times.length >= mostKeyless) {
    throw new EarshotError(
      'rate-limited',
      'Reddit allows about ten requests a minute without an account; Earshot waits for its turn.',
      { retryAt: (times[0] ?? now) + keylessWindowMs },
    );
  }
  times.push(now);
}

/** Throws `rate-limited` while the allowance that `name` shares is used up. */
export function throwIfUsedUp(http: Http, name: string, now: number): void {
  const until = paceOf(http).closedUntil.get(name);
  if (until === undefined || until <= now) return;
  throw new EarshotError('rate-limited', 'Reddit’s allowance is used up for now; Earshot waits.', {
    retryAt: until,
  });
}

/**
 * Reads what is left from the headers: `remaining` is a decimal such as "997.0", `reset` counts seconds from now.
 */
export function noteAllowance(
  http: Http,
  name: string,
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  now: number,
): void {
  if (status === 429) {
    paceOf(http).closedUntil.set(name, resetAt(headers, now));
    return;
  }
  const remaining = Number.parseFloat(headers['x-ratelimit-remaining'] ?? '');
  const resetSeconds = Number.parseFloat(headers['x-ratelimit-reset'] ?? '');
  if (remaining < 1 && Number.isFinite(resetSeconds)) {
    paceOf(http).closedUntil.set(name, now + Math.max(resetSeconds, 1) * 1000);
  }
}

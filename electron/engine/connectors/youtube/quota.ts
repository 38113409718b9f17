import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Http } from '../../ports/http.ts';

/** Google counts by project and by day, in two buckets, and never says what is left. */
const mostUnits = 10_000;
/** Listening leaves this much for answers, which cost 50 each. */
const unitsForAnswers = 2_000;
const mostSearches = 100;

const dayMs = 24 * 60 * 60_000;
const hourMs = 60 * 60_000;

export interface Cost {
  readonly bucket: 'units' | 'searches';
  readonly units: number;
  /** Answers and what belongs to them. */
  readonly isForAnswer?: boolean;
}

interface Ledger {
  endsAt: number;
  units: number;
  searches: number;
}

const ledgers = new WeakMap<Http, Map<string, Ledger>>();

function ledgerOf(http: Http, project: string, now: number): Ledger {
  let byProject = ledgers.get(http);
  if (!byProject) {
    byProject = new Map();
    ledgers.set(http, byProject);
  }
  let ledger = byProject.get(project);
  if (!ledger || ledger.endsAt <= now) {
    ledger = { endsAt: nextMidnightPacific(now), units: 0, searches: 0 };
    byProject.set(project, ledger);
  }
  return ledger;
}

/** Counts a request before it leaves. Throws `rate-limited` until the next day where it would be too many. */
export function spend(http: Http, project: string, { bucket, units, isForAnswer }: Cost, now: number): void {
  const ledger = ledgerOf(http, project, now);
  const retryAt = ledger.endsAt;
  if (bucket === 'searches') {
    if (ledger.searches + units > mostSearches) {
      throw new EarshotError(
        'rate-limited',
        'YouTube’s hundred searches of today are used up. Searching goes on at midnight in California.',
        { retryAt },
      );
    }
    ledger.searches += units;
    return;
  }
  if (ledger.units + units > (isForAnswer ? mostUnits : mostUnits - unitsForAnswers)) {
    throw new EarshotError(
      'rate-limited',
      isForAnswer
        ? 'YouTube’s quota of today is used up: about 190 answers fit into a day. It goes on at midnight in California.'
        : 'YouTube’s quota for listening is used up for today; what is left is kept for answers. Listening goes on at midnight in California.',
      { retryAt },
    );
  }
  ledger.units += units;
}

/** Google said that a bucket is empty: nothing more is asked of it until the next day. */
export function markUsedUp(http: Http, project: string, bucket: Cost['bucket'], now: number): void {
  const ledger = ledgerOf(http, project, now);
  if (bucket === 'searches') ledger.searches = mostSearches;
  else ledger.units = mostUnits;
}

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** When the quota begins anew. */
export function nextMidnightPacific(now: number): number {
  const passed = sinceMidnight(now);
  const candidate = now - passed - (now % 1000) + dayMs;
  // The day on which the clocks change is an hour longer or shorter.
  const over = sinceMidnight(candidate);
  return over === 0 ? candidate : over > 12 * hourMs ? candidate + (dayMs - over) : candidate - over;
}

function sinceMidnight(at: number): number {
  const parts = new Map(pacific.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const [hours = 0, minutes = 0, seconds = 0] = ['hour', 'minute', 'second'].map((type) =>
    parts.get(type as 'hour'),
  );
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

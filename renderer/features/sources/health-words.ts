import type { MethodOutput } from '../../../shared/contract/contract.ts';
import type { PollResult } from '../../../shared/contract/methods/sources.ts';
import type { Source, SourceState } from '../../../shared/model/source.ts';
import { type FailureSentence, failureLine, failureSentence } from '../../client/failure-sentence.ts';
import { agoWords, aheadWords } from './time-words.ts';

export type PollingState = MethodOutput<'app.info'>['polling']['state'];
export type HealthTone = 'positive' | 'plain' | 'caution' | 'negative';

/** The health of a source as a person would tell it to another. */
export interface HealthWords {
  /** One or two words for the chip. */
  readonly label: string;
  readonly tone: HealthTone;
  readonly lastSuccess: string;
  readonly nextTry: string;
  /** What is wrong now. */
  readonly problem: (FailureSentence & { readonly since: string }) | null;
  /** What was wrong before it worked again. */
  readonly pastTrouble: string | null;
}

export function healthWords(source: Source, polling: PollingState, now: number): HealthWords {
  const { health } = source;
  const isWrongNow =
    health.lastError !== null &&
    (health.state !== 'ok' || health.lastError.at >= (health.lastSuccessAt ?? Number.POSITIVE_INFINITY));
  return {
    ...stateWords(source, isWrongNow),
    lastSuccess:
      health.lastSuccessAt === null
        ? 'Has not worked yet'
        : `Last worked ${agoWords(health.lastSuccessAt, now)}`,
    nextTry: nextTryWords(health.state, health.nextPollAt, polling, now),
    problem:
      health.lastError !== null && isWrongNow
        ? { ...failureSentence(health.lastError, now), since: agoWords(health.lastError.at, now) }
        : null,
    pastTrouble:
      health.lastError !== null && !isWrongNow
        ? `Last trouble ${agoWords(health.lastError.at, now)}: ${failureSentence(health.lastError, now).happened}`
        : null,
  };
}

/** Those that need a person first, then those that mend themselves, then the rest by name. */
export function byUrgency(a: Source, b: Source): number {
  const rank: Record<SourceState, number> = { blocked: 0, gone: 0, failing: 1, new: 2, ok: 2, paused: 3 };
  return rank[a.health.state] - rank[b.health.state] || a.name.localeCompare(b.name);
}

/** A passing fault is worth no banner; from the second failed poll on it is told. */
const failuresBeforeTold = 2;

export function needsAttention({ health }: Source): boolean {
  return (
    health.state === 'blocked' ||
    health.state === 'gone' ||
    (health.state === 'failing' && health.failCount >= failuresBeforeTold)
  );
}

/** What a poll asked for by hand has brought. */
export function pollResultWords(result: PollResult, now: number): string {
  if (result.error !== undefined) return failureLine(result.error, now);
  if (result.fetched === 0) return 'Checked: nothing new since the last time.';
  const items = result.fetched === 1 ? '1 item' : `${result.fetched} items`;
  const news = result.inserted === 0 ? 'none of them new' : `${result.inserted} new`;
  const edits = result.updated === 0 ? '' : `, ${result.updated} edited`;
  return `Checked: ${items}, ${news}${edits}.`;
}

function stateWords({ health }: Source, isWrongNow: boolean): { label: string; tone: HealthTone } {
  switch (health.state) {
    case 'new':
      return { label: 'First check ahead', tone: 'plain' };
    case 'ok':
      return isWrongNow ? { label: 'Works, in part', tone: 'caution' } : { label: 'Works', tone: 'positive' };
    case 'failing':
      return health.failCount < failuresBeforeTold
        ? { label: 'Did not work once', tone: 'caution' }
        : { label: `Failed ${health.failCount} times`, tone: 'negative' };
    case 'blocked':
      return { label: 'Needs you', tone: 'negative' };
    case 'gone':
      return { label: 'Gone', tone: 'negative' };
    case 'paused':
      return { label: 'Paused', tone: 'plain' };
  }
}

function nextTryWords(
  state: SourceState,
  nextPollAt: number | null,
  polling: PollingState,
  now: number,
): string {
  if (state === 'paused') return 'Not checked until you resume it';
  if (state === 'gone') return 'Not checked any more';
  switch (polling) {
    case 'offline':
      return 'Checked again when the network is back';
    case 'asleep':
      return 'Checked again when the computer wakes';
    case 'paused':
      return 'All checks are paused';
    case 'stopped':
      return 'Checks are stopped';
    case 'running':
      return nextPollAt === null ? 'No check is planned' : `Next check ${aheadWords(nextPollAt, now)}`;
  }
}

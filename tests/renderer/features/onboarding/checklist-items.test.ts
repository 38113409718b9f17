import { expect, it } from 'vitest';
import type { OnboardingState } from '../../../../renderer/features/onboarding/checklist-items.ts';
import { checklistItems } from '../../../../renderer/features/onboarding/checklist-items.ts';

const nothing: OnboardingState = {
  trackers: [],
  sources: [],
  counts: { inbox: { total: 0, unread: 0 }, snoozed: 0, done: 0, sources: [], trackers: [] },
};
const ticked = (state: Partial<OnboardingState>) =>
  checklistItems({ ...nothing, ...state })
    .filter(({ isDone }) => isDone)
    .map(({ step }) => step);
const counts = (total: number, snoozed: number, done: number): OnboardingState['counts'] => ({
  ...nothing.counts,
  inbox: { total, unread: 0 },
  snoozed,
  done,
});
const sources = (...states: string[]) =>
  states.map((state) => ({ health: { state } })) as OnboardingState['sources'];

it('has five steps and starts with none of them done', () => {
  expect(checklistItems(nothing)).toHaveLength(5);
  expect(ticked({})).toEqual([]);
});

it.each([
  ['a tracker', { trackers: [{}] as OnboardingState['trackers'] }, ['tracker']],
  ['a source that was not asked yet', { sources: sources('new') }, ['source']],
  ['a source that works', { sources: sources('ok') }, ['source', 'health']],
  ['one that works and one that does not', { sources: sources('ok', 'failing') }, ['source']],
  ['an open mention', { counts: counts(1, 0, 0) }, ['mentions']],
  ['a mention done and nothing left', { counts: counts(0, 0, 1) }, ['mentions', 'triage']],
  ['a snoozed mention', { counts: counts(3, 1, 0) }, ['mentions', 'triage']],
])('ticks itself from %s', (_, state, steps) => {
  expect(ticked(state)).toEqual(steps);
});

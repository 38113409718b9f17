import type { MethodOutput } from '../../../shared/contract/contract.ts';

/** What the engine knows; the checklist ticks itself from it. */
export interface OnboardingState {
  readonly trackers: MethodOutput<'trackers.list'>['trackers'];
  readonly sources: MethodOutput<'sources.list'>['sources'];
  readonly counts: MethodOutput<'inbox.counts'>;
}

export type ChecklistStep = 'tracker' | 'source' | 'mentions' | 'health' | 'triage';

export interface ChecklistItem {
  readonly step: ChecklistStep;
  readonly title: string;
  readonly words: string;
  /** Null where the words alone say what to press. */
  readonly action: string | null;
  readonly isDone: boolean;
}

/** Five and no more: beyond that people stop finishing such lists. */
export function checklistItems({ trackers, sources, counts }: OnboardingState): readonly ChecklistItem[] {
  const stored = counts.inbox.total + counts.snoozed + counts.done;
  return [
    {
      step: 'tracker',
      title: 'Say what to listen for',
      words: 'Your brand, its products, the ways people misspell it.',
      action: 'Add a tracker',
      isDone: trackers.length > 0,
    },
    {
      step: 'source',
      title: 'Say where to listen',
      words: 'A feed, a forum, Hacker News. No account needed.',
      action: 'Add a source',
      isDone: sources.length > 0,
    },
    {
      step: 'mentions',
      title: 'See your first mentions',
      words:
        'They come by themselves, soon after the source. Its row under Sources says when it is asked next.',
      action: 'See the sources',
      isDone: stored > 0,
    },
    {
      step: 'triage',
      title: 'Finish one',
      words: 'Press e for done or s to snooze it; z takes it back.',
      action: null,
      isDone: counts.done + counts.snoozed > 0,
    },
    {
      step: 'health',
      title: 'Every source answers',
      words: 'Under Sources stands in words what does not work and what to do.',
      action: 'See the sources',
      isDone: sources.length > 0 && sources.every(({ health }) => health.state === 'ok'),
    },
  ];
}

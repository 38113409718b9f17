import type { Source } from '../../shared/model/source.ts';
import type { Tracker } from '../../shared/model/tracker.ts';

const fixed: Readonly<Record<string, string>> = {
  inbox: 'Inbox',
  snoozed: 'Snoozed',
  done: 'Done',
  all: 'All conversations',
};

/** What a view is called, in its heading and in the window's title. */
export function viewName(view: string, sources: readonly Source[], trackers: readonly Tracker[]): string {
  const known = fixed[view];
  if (known !== undefined) return known;
  const [kind, id] = view.split(':');
  if (kind === 'source') return sources.find(({ sourceId }) => sourceId === id)?.name ?? 'Source';
  return trackers.find(({ trackerId }) => trackerId === id)?.name ?? 'Tracker';
}

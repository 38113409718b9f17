import { useEffect } from 'react';
import { useCall } from '../client/hooks.ts';
import { useUi } from '../state/ui-store.ts';
import { viewName } from '../state/view-names.ts';
import { windowTitle } from './window-title.ts';

/** "(12) Inbox - Earshot", wherever the user is: the number is what waits in the inbox. */
export function useWindowTitle(): void {
  const route = useUi((state) => state.route);
  const waiting = useCall('inbox.counts', {}).data?.inbox.total ?? 0;
  const sources = useCall('sources.list', {}).data?.sources ?? [];
  const trackers = useCall('trackers.list', {}).data?.trackers ?? [];
  const pages = {
    accounts: 'Accounts',
    outbox: 'Outbox',
    sources: 'Sources',
    trackers: 'Trackers',
    settings: 'Settings',
  } as const;
  const page = route.page === 'inbox' ? viewName(route.view, sources, trackers) : pages[route.page];
  const title = windowTitle(page, waiting);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

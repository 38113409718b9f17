import { useEffect } from 'react';
import { useClient, useEngineEvent } from '../client/hooks.ts';
import { uiStore } from '../state/ui-store.ts';

/** Tells the engine what only the window sees, and goes to the inbox when another workspace is opened. */
export function useConditions(): void {
  const client = useClient();
  useEffect(() => {
    const tell = (): void => {
      // Not told: the engine finds out by its own failures, and the event comes again.
      client.call('app.setConditions', { online: navigator.onLine }).catch(() => undefined);
    };
    if (!navigator.onLine) tell();
    window.addEventListener('online', tell);
    window.addEventListener('offline', tell);
    return () => {
      window.removeEventListener('online', tell);
      window.removeEventListener('offline', tell);
    };
  }, [client]);
  useEngineEvent('workspace.changed', () => uiStore.getState().goTo({ page: 'inbox', view: 'inbox' }));
}

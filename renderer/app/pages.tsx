import { useCall } from '../client/hooks.ts';
import { AccountsPage } from '../features/accounts/accounts-page.tsx';
import { OutboxPage } from '../features/outbox/outbox-page.tsx';
import { InboxPage } from '../features/inbox/inbox-page.tsx';
import { Checklist } from '../features/onboarding/checklist.tsx';
import { FirstRun } from '../features/onboarding/first-run.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { HealthPage } from '../features/sources/health-page.tsx';
import { TrackersPage } from '../features/trackers/trackers-page.tsx';
import { showConversation, useConversationSlots, useHandover } from './conversation-slots.tsx';
import css from './pages.module.css';
import { useFocusRescue } from './use-focus-rescue.ts';
import { WithMenu } from './with-menu.tsx';
import { uiStore, useUi } from '../state/ui-store.ts';

/** The page of the route. Here features meet; they do not know each other. */
export function Pages() {
  const route = useUi((state) => state.route);
  const isFirstRun = useIsFirstRun();
  useFocusRescue(`${route.page === 'inbox' ? route.view : route.page} ${isFirstRun}`);
  const handover = useHandover();
  const conversationSlots = useConversationSlots(handover);
  const { goTo, openDialog } = uiStore.getState();
  const addSource = (): void => openDialog({ kind: 'add-source' });
  const addTracker = (): void => openDialog({ kind: 'add-tracker' });
  switch (route.page) {
    case 'inbox':
      if (isFirstRun) {
        return (
          <WithMenu>
            <main className={css.whole} aria-label="Welcome">
              <FirstRun
                onAddTracker={addTracker}
                onFollow={(address) => openDialog({ kind: 'add-source', address })}
              />
            </main>
          </WithMenu>
        );
      }
      return (
        <InboxPage
          key={route.view}
          view={route.view}
          slots={conversationSlots}
          aside={
            <Checklist
              onAddTracker={addTracker}
              onAddSource={addSource}
              onOpenHealth={() => goTo({ page: 'sources', sourceId: null })}
            />
          }
        />
      );
    case 'sources':
      return (
        <WithMenu>
          <HealthPage
            sourceId={route.sourceId}
            onAddSource={addSource}
            onOpenSource={({ sourceId }) => goTo({ page: 'inbox', view: `source:${sourceId}` })}
          />
        </WithMenu>
      );
    case 'trackers':
      return (
        <WithMenu>
          <TrackersPage
            onOpenTracker={({ trackerId }) => goTo({ page: 'inbox', view: `tracker:${trackerId}` })}
          />
        </WithMenu>
      );
    case 'accounts':
      return (
        <WithMenu>
          <AccountsPage
            onAddAccount={() => openDialog({ kind: 'add-account' })}
            onSignInAgain={({ accountId }) => openDialog({ kind: 'add-account', accountId })}
          />
        </WithMenu>
      );
    case 'outbox':
      return (
        <WithMenu>
          <OutboxPage handover={handover} onOpenConversation={showConversation} />
        </WithMenu>
      );
    case 'settings':
      return (
        <WithMenu>
          <SettingsPage onShowKeys={() => openDialog({ kind: 'keys' })} />
        </WithMenu>
      );
  }
}

/** Nothing to listen for and nowhere to listen, in the user's own workspace. */
function useIsFirstRun(): boolean {
  const info = useCall('app.info', {}).data;
  const sources = useCall('sources.list', {}).data;
  const trackers = useCall('trackers.list', {}).data;
  const counts = useCall('inbox.counts', {}).data;
  return (
    info?.workspace === 'own' &&
    sources?.sources.length === 0 &&
    trackers?.trackers.length === 0 &&
    counts !== undefined &&
    counts.inbox.total + counts.snoozed + counts.done === 0
  );
}

import PlugZap from 'lucide-react/icons/plug-zap';
import WifiOff from 'lucide-react/icons/wifi-off';
import { connectionWords } from '../client/connection-words.ts';
import { useCall, useClient, useConnectionState } from '../client/hooks.ts';
import { AccountTroubleBanner } from '../features/accounts/account-trouble-banner.tsx';
import { accountTrouble } from '../features/accounts/account-trouble.ts';
import { openComposer } from '../features/composer/composer-store.ts';
import { HeldBackBanner } from '../features/composer/held-back-banner.tsx';
import { SampleBanner } from '../features/onboarding/sample-banner.tsx';
import { OutboxTroubleBanner } from '../features/outbox/outbox-trouble-banner.tsx';
import { SourceTroubleBanner } from '../features/sources/source-trouble-banner.tsx';
import { showConversation } from './conversation-slots.tsx';
import { uiStore, useUi } from '../state/ui-store.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { clockTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';

/**
 * Strips above the page. Without the engine nothing else is worth saying; of what stops listening the gravest is
 * told; what was written and did not go out is told beside it.
 */
export function Banners() {
  const client = useClient();
  const connection = useConnectionState();
  const now = useNow();
  const route = useUi((state) => state.route);
  const polling = useCall('app.info', {}).data?.polling;
  const queued = useCall('replies.counts', {}).data?.queued ?? 0;
  const accounts = useCall('accounts.list', {}).data?.accounts ?? [];
  const words = connectionWords(connection);
  if (words !== null) {
    return (
      <Banner
        tone="negative"
        isStrip
        icon={<PlugZap aria-hidden="true" />}
        title={words.title}
        action={
          <Button size="small" onPress={() => client.reconnect()}>
            Reconnect now
          </Button>
        }
      >
        {words.next}
      </Banner>
    );
  }
  const { goTo, openDialog } = uiStore.getState();
  const hasAccountTrouble = accountTrouble(accounts, [], now) !== null;
  return (
    <>
      <SampleBanner />
      {polling?.state === 'offline' ? (
        <Banner tone="caution" isStrip icon={<WifiOff aria-hidden="true" />} title="Offline">
          since {clockTime(polling.since, now)}
          {queuedWords(queued)}. Everything here stays readable; Earshot goes on by itself when the network is
          back.
        </Banner>
      ) : hasAccountTrouble ? (
        route.page !== 'accounts' && (
          <AccountTroubleBanner
            onSignInAgain={({ accountId }) => openDialog({ kind: 'add-account', accountId })}
            onShowAccounts={() => goTo({ page: 'accounts' })}
          />
        )
      ) : (
        route.page === 'inbox' && (
          <SourceTroubleBanner
            view={route.view}
            onOpenHealth={(sourceId) => goTo({ page: 'sources', sourceId })}
          />
        )
      )}
      {route.page !== 'outbox' && <OutboxTroubleBanner onShowOutbox={() => goTo({ page: 'outbox' })} />}
      <HeldBackBanner
        onShow={(conversationId) => {
          showConversation(conversationId);
          openComposer(conversationId);
        }}
      />
    </>
  );
}

function queuedWords(queued: number): string {
  if (queued === 0) return '';
  return queued === 1 ? ', one reply queued' : `, ${queued} replies queued`;
}

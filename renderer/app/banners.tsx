import PlugZap from 'lucide-react/icons/plug-zap';
import WifiOff from 'lucide-react/icons/wifi-off';
import { connectionWords } from '../client/connection-words.ts';
import { useCall, useClient, useConnectionState } from '../client/hooks.ts';
import { SampleBanner } from '../features/onboarding/sample-banner.tsx';
import { SourceTroubleBanner } from '../features/sources/source-trouble-banner.tsx';
import { uiStore, useUi } from '../state/ui-store.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { clockTime } from '../ui/time-words.ts';
import { useNow } from '../ui/use-now.ts';

/** Strips above the page, the gravest only: without the engine nothing else is worth saying. */
export function Banners() {
  const client = useClient();
  const connection = useConnectionState();
  const now = useNow();
  const route = useUi((state) => state.route);
  const polling = useCall('app.info', {}).data?.polling;
  const queued = useCall('replies.counts', {}).data?.queued ?? 0;
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
  return (
    <>
      <SampleBanner />
      {polling?.state === 'offline' ? (
        <Banner tone="caution" isStrip icon={<WifiOff aria-hidden="true" />} title="Offline">
          since {clockTime(polling.since, now)}
          {queuedWords(queued)}. Everything here stays readable; Earshot goes on by itself when the network is
          back.
        </Banner>
      ) : (
        route.page === 'inbox' && (
          <SourceTroubleBanner
            view={route.view}
            onOpenHealth={(sourceId) => uiStore.getState().goTo({ page: 'sources', sourceId })}
          />
        )
      )}
    </>
  );
}

function queuedWords(queued: number): string {
  if (queued === 0) return '';
  return queued === 1 ? ', one reply queued' : `, ${queued} replies queued`;
}

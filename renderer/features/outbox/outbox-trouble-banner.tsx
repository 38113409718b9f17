import { useCall } from '../../client/hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** A strip on every page while something did not go out: whoever has walked on learns it too. */
export function OutboxTroubleBanner({ onShowOutbox }: { readonly onShowOutbox: () => void }) {
  const failed = useCall('replies.counts', {}).data?.failed ?? 0;
  if (failed === 0) return null;
  return (
    <Banner
      tone="negative"
      isStrip
      title={
        failed === 1 ? 'A reply or action did not go out.' : `${failed} replies or actions did not go out.`
      }
      action={
        <Button size="small" onPress={onShowOutbox}>
          See why
        </Button>
      }
    >
      What you wrote is kept in the outbox.
    </Banner>
  );
}

import { useCall } from '../../client/hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { healthWords, needsAttention } from './health-words.ts';
import { useNow } from '../../ui/use-now.ts';

/** A strip above the inbox once a source has failed twice or needs the user: connections do not die silently. */
export function SourceTroubleBanner({ onOpenHealth }: { readonly onOpenHealth: () => void }) {
  const list = useCall('sources.list', {});
  const info = useCall('app.info', {});
  const now = useNow();
  const polling = info.data?.polling.state ?? 'running';
  const troubled = list.data?.sources.filter(needsAttention) ?? [];
  const first = troubled[0];
  // Without a network every source fails; that is told once, elsewhere.
  if (first === undefined || polling === 'offline' || polling === 'asleep') return null;
  return (
    <Banner
      tone="caution"
      isStrip
      title={
        troubled.length === 1 ? `${first.name} does not work.` : `${troubled.length} sources do not work.`
      }
      action={
        <Button size="small" onPress={onOpenHealth}>
          Open Health
        </Button>
      }
    >
      {troubled.length === 1 && healthWords(first, polling, now).problem?.happened} What is stored stays
      {troubled.length === 1 ? '.' : '; the other sources go on.'}
    </Banner>
  );
}

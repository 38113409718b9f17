import type { SourceId } from '../../../shared/model/ids.ts';
import { useCall } from '../../client/hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { healthWords, needsAttention } from './health-words.ts';
import { useNow } from '../../ui/use-now.ts';

/** A strip above the inbox once a source has failed twice or needs the user: connections do not die silently. */
export function SourceTroubleBanner({
  view,
  onOpenHealth,
}: {
  /** As the inbox shows it: in a source's own view its own trouble comes first. */
  readonly view: string;
  readonly onOpenHealth: (sourceId: SourceId | null) => void;
}) {
  const list = useCall('sources.list', {});
  const info = useCall('app.info', {});
  const now = useNow();
  const polling = info.data?.polling.state ?? 'running';
  const troubled = list.data?.sources.filter(needsAttention) ?? [];
  const own = troubled.find(({ sourceId }) => view === `source:${sourceId}`);
  const first = own ?? troubled[0];
  const isOne = own !== undefined || troubled.length === 1;
  // Without a network every source fails; that is told once, elsewhere.
  if (first === undefined || polling === 'offline' || polling === 'asleep') return null;
  return (
    <Banner
      tone="caution"
      isStrip
      title={isOne ? `${first.name} does not work.` : `${troubled.length} sources do not work.`}
      action={
        <Button size="small" onPress={() => onOpenHealth(isOne ? first.sourceId : null)}>
          {isOne ? 'See why' : 'See which'}
        </Button>
      }
    >
      {isOne && healthWords(first, polling, now).problem?.happened} What is stored stays
      {isOne ? '.' : '; the other sources go on.'}
    </Banner>
  );
}

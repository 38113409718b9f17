import { useState } from 'react';
import Plus from 'lucide-react/icons/plus';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import type { SourceId } from '../../../shared/model/ids.ts';
import type { Source } from '../../../shared/model/source.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { useCall, useCommand } from '../../client/hooks.ts';
import { FailedCall } from '../../ui/failed-call.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AddSourceDialog } from './add-source-dialog.tsx';
import { byUrgency, needsAttention } from './health-words.ts';
import css from './health-page.module.css';
import { RemoveSourceDialog } from './remove-source-dialog.tsx';
import { SourceRow } from './source-row.tsx';
import { useNow } from '../../ui/use-now.ts';

export interface HealthPageProps {
  readonly onAddSource: () => void;
  /** Shows the inbox of one source. */
  readonly onOpenSource?: (source: Source) => void;
  /** The one that the user came for. */
  readonly sourceId?: SourceId | null;
}

type OpenDialog =
  | { readonly kind: 'edit'; readonly source: Source }
  | { readonly kind: 'remove'; readonly source: Source };

/** Every source: whether it works, since when, what is wrong in words, and what can be done. */
export function HealthPage({ onAddSource, onOpenSource, sourceId = null }: HealthPageProps) {
  const list = useCall('sources.list', {});
  const info = useCall('app.info', {});
  const trackers = useCall('trackers.list', {});
  const connectors = useCall('connectors.list', {});
  const pollAll = useCommand('sources.pollNow', { failureTitle: 'Could not check the sources' });
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const now = useNow();
  const sources = list.data?.sources.toSorted(byUrgency);

  return (
    <Page
      title="Sources"
      {...(sources === undefined || sources.length === 0 ? {} : { description: healthSentence(sources) })}
      actions={
        <>
          {sources !== undefined && sources.length > 1 && (
            <Button
              icon={<RefreshCw aria-hidden="true" />}
              onPress={() => void pollAll.run({})}
              isPending={pollAll.isRunning}
            >
              Check all now
            </Button>
          )}
          <Button variant="primary" icon={<Plus aria-hidden="true" />} onPress={onAddSource}>
            Add source
          </Button>
        </>
      }
    >
      {list.isError ? (
        <FailedCall title="The sources cannot be shown." onRetry={() => void list.refetch()}>
          {failureLine(asFailure(list.error), list.errorUpdatedAt)}
        </FailedCall>
      ) : sources === undefined ? (
        <PageSection>
          <Skeleton width="45%" />
        </PageSection>
      ) : sources.length === 0 ? (
        <EmptyState
          title="No sources yet"
          actions={
            <Button variant="primary" onPress={onAddSource}>
              Add a source
            </Button>
          }
        >
          A source is a place that Earshot listens to: a feed, a forum, Hacker News. Here you will see whether
          each of them works, when it was last asked and when it will be asked next.
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {sources.map((source) => (
            <SourceRow
              key={source.sourceId}
              source={source}
              connector={connectors.data?.connectors.find(({ id }) => id === source.connector) ?? null}
              trackers={trackers.data?.trackers ?? []}
              polling={info.data?.polling.state ?? 'running'}
              now={now}
              isSought={source.sourceId === sourceId}
              onEdit={() => setDialog({ kind: 'edit', source })}
              onRemove={() => setDialog({ kind: 'remove', source })}
              {...(onOpenSource === undefined ? {} : { onOpen: () => onOpenSource(source) })}
            />
          ))}
        </ul>
      )}
      {dialog?.kind === 'edit' && <AddSourceDialog source={dialog.source} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'remove' && (
        <RemoveSourceDialog source={dialog.source} onClose={() => setDialog(null)} />
      )}
    </Page>
  );
}

function healthSentence(sources: readonly Source[]): string {
  const count = sources.filter(needsAttention).length;
  const all = sources.length === 1 ? 'The one source works.' : `All ${sources.length} sources work.`;
  if (count === 0) {
    return sources.every(({ health }) => health.state === 'ok') ? all : 'Nothing needs you right now.';
  }
  return count === 1
    ? '1 source needs a look. The others go on meanwhile.'
    : `${count} sources need a look. The others go on meanwhile.`;
}

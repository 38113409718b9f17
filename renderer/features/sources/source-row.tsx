import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import ExternalLink from 'lucide-react/icons/external-link';
import Pause from 'lucide-react/icons/pause';
import Pencil from 'lucide-react/icons/pencil';
import Play from 'lucide-react/icons/play';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import Trash from 'lucide-react/icons/trash-2';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Source } from '../../../shared/model/source.ts';
import type { Tracker } from '../../../shared/model/tracker.ts';
import { useCommand } from '../../client/hooks.ts';
import { platformOf } from '../../state/source-platform.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { PlatformGlyph } from '../../ui/platform-glyph.tsx';
import { healthWords, type PollingState, pollResultWords } from './health-words.ts';
import { listeningWords } from './listening-words.ts';
import css from './source-row.module.css';

export interface SourceRowProps {
  readonly source: Source;
  readonly connector: ConnectorInfo | null;
  readonly trackers: readonly Tracker[];
  readonly polling: PollingState;
  readonly now: number;
  /** It takes the focus and is brought into sight: the user came for it. */
  readonly isSought: boolean;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  readonly onOpen?: () => void;
}

/** What a check has brought is news for so long. */
const outcomeShownMs = 60_000;

/** One source of the health page. */
export function SourceRow({
  source,
  connector,
  trackers,
  polling,
  now,
  isSought,
  onEdit,
  onRemove,
  onOpen,
}: SourceRowProps) {
  const poll = useCommand('sources.pollNow', { failureTitle: `Could not check ${source.name}` });
  const update = useCommand('sources.update', { failureTitle: `Could not change ${source.name}` });
  const [outcome, setOutcome] = useState<string | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), outcomeShownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSought) row.current?.focus();
  }, [isSought]);
  const words = healthWords(source, polling, now);
  const isPaused = source.health.state === 'paused';

  const pollNow = async (): Promise<void> => {
    setOutcome(null);
    const answer = await poll.run({ sourceIds: [source.sourceId] });
    const result = answer?.results.find(({ sourceId }) => sourceId === source.sourceId);
    if (result !== undefined) setOutcome(pollResultWords(result, Date.now()));
  };

  return (
    <li className={css.row} ref={row} tabIndex={-1} data-sought={isSought || undefined}>
      <div className={css.head}>
        <span className={css.glyph}>
          <PlatformGlyph platform={platformOf(source, connector === null ? [] : [connector])} />
        </span>
        <div className={css.titles}>
          <h2 className={css.name}>
            <bdi>{source.name}</bdi>
            {source.url !== null && (
              <a
                className={css.link}
                href={source.url}
                target="_blank"
                rel="noreferrer"
                aria-label={`Open the page of ${source.name}`}
              >
                <ExternalLink aria-hidden="true" />
              </a>
            )}
          </h2>
          <p className={css.kind}>
            {connector?.name ?? source.connector} · {listeningWords(source, connector, trackers)}
          </p>
        </div>
        <Chip tone={words.tone}>{words.label}</Chip>
      </div>

      {words.problem !== null && (
        <div className={css.problem} data-tone={words.tone}>
          <p>
            <strong>{words.problem.happened}</strong> <span className={css.since}>{words.problem.since}</span>
          </p>
          {words.problem.next !== null && <p className={css.next}>{words.problem.next}</p>}
        </div>
      )}

      <div className={css.foot}>
        <ul className={css.facts}>
          <li>{words.lastSuccess}</li>
          <li>{words.nextTry}</li>
          <li>
            {onOpen === undefined || source.mentionCount === 0 ? (
              mentionWords(source.mentionCount)
            ) : (
              <AriaButton
                className={css.count ?? ''}
                onPress={onOpen}
                aria-label={`${mentionWords(source.mentionCount)}: show in the inbox`}
              >
                {mentionWords(source.mentionCount)}
              </AriaButton>
            )}
          </li>
        </ul>
        <div className={css.actions}>
          <Button
            size="small"
            icon={<RefreshCw aria-hidden="true" />}
            onPress={() => void pollNow()}
            isPending={poll.isRunning}
          >
            Check now
          </Button>
          <Button
            size="small"
            icon={isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
            onPress={() => void update.run({ sourceId: source.sourceId, paused: !isPaused })}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
          <IconButton
            size="small"
            label={`Edit ${source.name}`}
            icon={<Pencil aria-hidden="true" />}
            onPress={onEdit}
          />
          <IconButton
            size="small"
            label={`Remove ${source.name}`}
            icon={<Trash aria-hidden="true" />}
            onPress={onRemove}
          />
        </div>
      </div>
      <output className={css.outcome}>{outcome ?? words.pastTrouble}</output>
    </li>
  );
}

function mentionWords(count: number): string {
  if (count === 0) return 'No mentions yet';
  return count === 1 ? '1 mention' : `${new Intl.NumberFormat('en').format(count)} mentions`;
}

import Check from 'lucide-react/icons/check';
import X from 'lucide-react/icons/x';
import { useCall, useCommand } from '../../client/hooks.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { checklistItems, type ChecklistStep } from './checklist-items.ts';
import css from './checklist.module.css';

export interface ChecklistProps {
  readonly onAddTracker: () => void;
  readonly onAddSource: () => void;
  readonly onOpenHealth: () => void;
}

/** The first steps, ticked by what really happened. Hidden for good by its cross; the settings bring it back. */
export function Checklist({ onAddTracker, onAddSource, onOpenHealth }: ChecklistProps) {
  const settings = useCall('settings.get', {});
  const info = useCall('app.info', {});
  const trackers = useCall('trackers.list', {});
  const sources = useCall('sources.list', {});
  const counts = useCall('inbox.counts', {});
  const set = useCommand('settings.set', { failureTitle: 'Could not hide the first steps' });

  if (settings.data === undefined || settings.data.isOnboardingHidden) return null;
  if (info.data === undefined || info.data.workspace === 'sample') return null;
  if (trackers.data === undefined || sources.data === undefined || counts.data === undefined) return null;

  const items = checklistItems({
    trackers: trackers.data.trackers,
    sources: sources.data.sources,
    counts: counts.data,
  });
  const doneCount = items.filter(({ isDone }) => isDone).length;
  const next = items.find(({ isDone }) => !isDone);
  const run: Partial<Record<ChecklistStep, () => void>> = {
    tracker: onAddTracker,
    source: onAddSource,
    mentions: onOpenHealth,
    health: onOpenHealth,
  };

  return (
    <section className={css.checklist} aria-label="First steps">
      <header className={css.header}>
        <div className={css.titles}>
          <h2>{next === undefined ? 'You are set up' : 'First steps'}</h2>
          <span className={css.count}>
            {doneCount} of {items.length}
          </span>
        </div>
        <IconButton
          label="Hide the first steps"
          size="small"
          icon={<X aria-hidden="true" />}
          onPress={() => void set.run({ isOnboardingHidden: true })}
        />
      </header>
      <progress className={css.progress} value={doneCount} max={items.length} aria-label="First steps done" />
      <ol className={css.items}>
        {items.map((item) => (
          <li key={item.step} className={css.item} data-done={item.isDone || undefined}>
            <span className={css.tick} aria-hidden="true">
              {item.isDone && <Check />}
            </span>
            <div className={css.words}>
              <span className={css.title}>
                {item.title}
                {item.isDone && <VisuallyHidden>, done</VisuallyHidden>}
              </span>
              {item.step === next?.step && (
                <>
                  <span className={css.explanation}>{item.words}</span>
                  {item.action !== null && (
                    <span className={css.action}>
                      <Button size="small" onPress={() => run[item.step]?.()}>
                        {item.action}
                      </Button>
                    </span>
                  )}
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
      {next === undefined && (
        <Button size="small" isWide onPress={() => void set.run({ isOnboardingHidden: true })}>
          Put this list away
        </Button>
      )}
    </section>
  );
}

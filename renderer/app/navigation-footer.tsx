import Keyboard from 'lucide-react/icons/keyboard';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import Settings from 'lucide-react/icons/settings';
import { useCall, useCommand } from '../client/hooks.ts';
import { shownKeys } from '../state/key-map.ts';
import { uiStore, useUi } from '../state/ui-store.ts';
import { IconButton } from '../ui/button.tsx';
import { checkWords } from '../ui/check-words.ts';
import { useNow } from '../ui/use-now.ts';
import { ListeningMark } from '../ui/wordmark.tsx';
import css from './navigation-footer.module.css';

/** Whether Earshot listens, and the way to what concerns the app itself. */
export function NavigationFooter() {
  const now = useNow();
  const info = useCall('app.info', {}).data;
  const hasSources = (useCall('sources.list', {}).data?.sources.length ?? 0) > 0;
  const poll = useCommand('sources.pollNow', { failureTitle: 'Could not check the sources' });
  const conditions = useCommand('app.setConditions', { failureTitle: 'Could not change listening' });
  const isOnSettings = useUi((state) => state.route.page === 'settings');
  const polling = info?.polling;
  const isPaused = polling?.state === 'paused';
  return (
    <footer className={css.footer}>
      {polling !== undefined && (
        <output className={css.status}>
          <ListeningMark isListening={polling.state === 'running' && hasSources} />
          <span>{hasSources ? checkWords(polling, now) : 'Nothing to listen to yet.'}</span>
        </output>
      )}
      <div className={css.buttons}>
        <IconButton
          label="Settings"
          shortcut={shownKeys('goToSettings')}
          size="small"
          isOn={isOnSettings}
          icon={<Settings aria-hidden="true" />}
          onPress={() => uiStore.getState().goTo({ page: 'settings' })}
        />
        <IconButton
          label="Keys"
          shortcut={shownKeys('keySheet')}
          size="small"
          icon={<Keyboard aria-hidden="true" />}
          onPress={() => uiStore.getState().openDialog({ kind: 'keys' })}
        />
        <span className={css.gap} />
        {hasSources && (
          <>
            <IconButton
              label={isPaused ? 'Listen again' : 'Pause listening'}
              size="small"
              icon={isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
              onPress={() => void conditions.run({ pollingPaused: !isPaused })}
            />
            <IconButton
              label="Check all sources now"
              size="small"
              isDisabled={poll.isRunning}
              icon={<RefreshCw aria-hidden="true" className={poll.isRunning ? css.turning : undefined} />}
              onPress={() => void poll.run({})}
            />
          </>
        )}
      </div>
    </footer>
  );
}

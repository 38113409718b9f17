import { useEffect } from 'react';
import { useCall, useConnectionState } from '../client/hooks.ts';
import { connectionWords } from '../client/connection-words.ts';
import { useDraftKeeping } from '../features/composer/use-drafts.ts';
import { useUi, uiStore } from '../state/ui-store.ts';
import { useChangeSettings, useSettings } from '../state/use-settings.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PaneSeparator } from '../ui/pane-separator.tsx';
import { usePaneWidth } from '../ui/use-pane-width.ts';
import { useAppKeys } from './app-keys.ts';
import { Banners } from './banners.tsx';
import { Dialogs } from './dialogs.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import css from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { Notices } from './notices.tsx';
import { Pages } from './pages.tsx';
import { useConditions } from './use-conditions.ts';
import { useFocusKeeping } from './use-focus-rescue.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTheme } from './use-theme.ts';
import { useWindowTitle } from './use-window-title.ts';

const designNavigationWidth = 228;
const navigationLimits = { min: 160, max: 480 };

/** The window: navigation, the sheet with the page, messages and dialogs. */
export function Frame() {
  const isSettingsKnown = useCall('settings.get', {}).data !== undefined;
  const settings = useSettings();
  const changeSettings = useChangeSettings();
  const connection = useConnectionState();
  // What broke is left behind by going elsewhere.
  const place = useUi(({ route }) => (route.page === 'inbox' ? route.view : route.page));
  const isNavigationOpen = useUi((state) => state.isNavigationOpen);
  const [width, setWidth] = usePaneWidth(settings.navigationWidth, designNavigationWidth, (navigationWidth) =>
    changeSettings({ navigationWidth }),
  );
  useTheme(settings.theme, isSettingsKnown);
  useWindowTitle();
  useConditions();
  useShortcuts(settings.areKeysOn);
  useAppKeys();
  useDraftKeeping();
  useFocusKeeping();
  useEffect(() => {
    if (isNavigationOpen)
      document.querySelector<HTMLElement>('[data-pane=navigation] [aria-current=page]')?.focus();
  }, [isNavigationOpen]);

  if (connection.kind === 'signed-out') {
    const words = connectionWords(connection);
    return <EmptyState title={words?.title ?? 'No access'}>{words?.next}</EmptyState>;
  }
  return (
    <div className={css.frame} style={{ '--navigation-width': `${width}px` } as object}>
      <div className={css.navigation} data-open={isNavigationOpen || undefined}>
        <Navigation
          edge={
            <div className={css.edge}>
              <PaneSeparator
                label="Width of the navigation"
                width={width}
                {...navigationLimits}
                onChange={setWidth}
                onReset={() => setWidth(null, true)}
              />
            </div>
          }
        />
      </div>
      {isNavigationOpen && (
        <button
          type="button"
          className={css.scrim}
          aria-label="Close the navigation"
          onClick={() => uiStore.getState().setNavigationOpen(false)}
        />
      )}
      <div className={css.sheet} inert={isNavigationOpen}>
        <Banners />
        <div className={css.page} data-pane="page">
          <ErrorBoundary key={place}>
            <Pages />
          </ErrorBoundary>
        </div>
      </div>
      <Dialogs />
      <Notices />
    </div>
  );
}

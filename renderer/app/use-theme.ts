import { useLayoutEffect } from 'react';
import type { Settings } from '../../shared/model/settings.ts';

const storageKey = 'earshot.theme';

/** The theme of last time, so that the window does not flash in another one before the engine has answered. */
export function showRememberedTheme(): void {
  try {
    document.documentElement.dataset['theme'] = localStorage.getItem(storageKey) ?? 'system';
  } catch {
    // Storage may be refused (private windows); the settings arrive a moment later anyway.
  }
}

export function useTheme(theme: Settings['theme'], isKnown: boolean): void {
  useLayoutEffect(() => {
    if (!isKnown) return;
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(storageKey, theme);
    } catch {
      // As above: only the memory of it is lost.
    }
  }, [theme, isKnown]);
}

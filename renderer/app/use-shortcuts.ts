import { useEffect, useRef } from 'react';
import { bindingOf } from '../state/key-map.ts';
import { handlerOf } from '../state/key-handlers.ts';
import { matchKey } from '../state/key-match.ts';

/** So long the second key of a sequence ("g then i") is waited for. */
const sequenceMs = 1200;

/** Hands key presses to whatever is on screen; `matchKey` holds the rules. */
export function useShortcuts(areKeysOn: boolean): void {
  /** The key that was pressed last and does its work once, until it is let go. */
  const once = useRef<string | null>(null);
  const pending = useRef<{ key: string; at: number } | null>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (event.repeat && event.key === once.current) {
        // Held a moment too long: it did what it does, and must not write itself into the text that it opened.
        event.preventDefault();
        return;
      }
      once.current = null;
      const now = performance.now();
      const waiting = pending.current;
      pending.current = null;
      const outcome = matchKey(
        {
          key: event.key,
          shiftKey: event.shiftKey,
          ctrlKey: event.ctrlKey,
          metaKey: event.metaKey,
          altKey: event.altKey,
          isAltGraph: event.getModifierState('AltGraph'),
          isComposing: event.isComposing || event.keyCode === 229,
          repeat: event.repeat,
        },
        {
          ...focusOf(event.target),
          areKeysOn,
          onMac: /Mac|iP(hone|ad)/.test(navigator.platform),
          pending: waiting !== null && now - waiting.at < sequenceMs ? waiting.key : null,
        },
      );
      if (outcome.kind === 'pending') {
        pending.current = { key: outcome.key, at: now };
      } else if (outcome.kind === 'action') {
        const handler = handlerOf(outcome.action);
        if (handler === undefined) return;
        event.preventDefault();
        once.current = bindingOf(outcome.action).isRepeatable === true ? null : event.key;
        handler();
      }
    };
    const letGo = (): void => {
      once.current = null;
    };
    window.addEventListener('keydown', press);
    window.addEventListener('keyup', letGo);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', letGo);
    };
  }, [areKeysOn]);
}

function focusOf(target: EventTarget | null): {
  isEditable: boolean;
  isOverlay: boolean;
  isPressable: boolean;
  isInList: boolean;
} {
  const element = target instanceof Element ? target : document.body;
  return {
    isEditable:
      element.matches('input:not([type=checkbox], [type=radio]), textarea, select') ||
      (element instanceof HTMLElement && element.isContentEditable),
    isOverlay: element.closest('[role=dialog], [role=alertdialog], [role=menu], [data-trigger]') !== null,
    isPressable: element.closest('button, a, summary, input, [role=button], [role=radio]') !== null,
    isInList: element === document.body || element.closest('[data-pane=list]') !== null,
  };
}

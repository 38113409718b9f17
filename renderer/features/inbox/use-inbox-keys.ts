import type { RefObject } from 'react';
import { type KeyHandlers, useKeyHandlers } from '../../state/key-handlers.ts';
import { advanceInto } from './scroll-page.ts';

export interface InboxKeys {
  readonly hasTarget: boolean;
  readonly hasSelection: boolean;
  readonly bodyRef: RefObject<HTMLElement | null>;
  readonly step: (by: 1 | -1) => void;
  readonly jump: (to: 'first' | 'last') => void;
  readonly done: () => void;
  readonly reopen: () => void;
  readonly openSnooze: () => void;
  readonly open: () => void;
  readonly toggleUnread: () => void;
  readonly openOriginal: (() => void) | undefined;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly toggleSelect: () => void;
  readonly extend: (by: 1 | -1) => void;
  readonly selectAll: () => void;
  readonly focusSearch: () => void;
  readonly showNew: (() => void) | undefined;
  readonly up: () => void;
}

/** The inbox's keys; one that makes no sense now is left out, so that the command box does not offer it. */
export function useInboxKeys(keys: InboxKeys): void {
  const onTarget = (run: () => void): (() => void) | undefined =>
    keys.hasTarget || keys.hasSelection ? run : undefined;
  const handlers: KeyHandlers = {
    next: () => keys.step(1),
    previous: () => keys.step(-1),
    first: () => keys.jump('first'),
    last: () => keys.jump('last'),
    open: keys.hasTarget ? keys.open : undefined,
    page: () => {
      if (!advanceInto(keys.bodyRef.current)) keys.step(1);
    },
    nextMessage: keys.hasTarget ? () => stepMention(keys.bodyRef.current, 1) : undefined,
    previousMessage: keys.hasTarget ? () => stepMention(keys.bodyRef.current, -1) : undefined,
    done: onTarget(keys.done),
    reopen: onTarget(keys.reopen),
    snooze: onTarget(keys.openSnooze),
    toggleUnread: onTarget(keys.toggleUnread),
    openOriginal: keys.openOriginal,
    undo: keys.undo,
    redo: keys.redo,
    select: keys.hasTarget ? keys.toggleSelect : undefined,
    extendDown: () => keys.extend(1),
    extendUp: () => keys.extend(-1),
    selectAll: keys.selectAll,
    search: keys.focusSearch,
    showNew: keys.showNew,
    up: keys.up,
  };
  useKeyHandlers(handlers);
}

/** Moves the focus to the next or previous mention, or reply of ours, of the conversation. */
function stepMention(body: HTMLElement | null, by: 1 | -1): void {
  const mentions = [...(body?.querySelectorAll<HTMLElement>('[data-mention], [data-reply]') ?? [])];
  const at = mentions.findIndex((mention) => mention.contains(document.activeElement));
  const from = at < 0 ? (by === 1 ? -1 : mentions.length) : at;
  const next = mentions[from + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'start', behavior: 'smooth' });
}

/** Where a key counts. `list`: only while the list (or nothing) has the focus, since elsewhere it scrolls or types. */
type KeyScope = 'everywhere' | 'list';

export interface KeyBinding {
  /** As people read it and as `parseKeys` reads it: "j", "Shift z", "Mod k", "g then i". Several: the first is shown. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly group: 'Move' | 'Answer' | 'Decide' | 'Select' | 'Find' | 'Go to' | 'Window';
  /** A held key repeats. Only for moving: nothing that changes something may run away. */
  readonly isRepeatable?: boolean;
  readonly scope?: KeyScope;
  /** Obeyed by the text of a reply alone, and listed with the others. */
  readonly isForReply?: boolean;
  /** Left out of the command box: it makes no sense there. */
  readonly isKeyOnly?: boolean;
}

/** The default map. The key sheet and the command box are drawn from it, so they cannot tell anything else. */
export const keyMap = {
  next: { keys: ['j', 'ArrowDown'], label: 'Next conversation', group: 'Move', isRepeatable: true },
  previous: { keys: ['k', 'ArrowUp'], label: 'Previous conversation', group: 'Move', isRepeatable: true },
  first: { keys: ['Home'], label: 'First conversation', group: 'Move', scope: 'list' },
  last: { keys: ['End'], label: 'Last loaded conversation', group: 'Move', scope: 'list' },
  open: {
    keys: ['Enter'],
    label: 'To the conversation, then to the reply',
    group: 'Move',
    isKeyOnly: true,
  },
  page: { keys: ['Space'], label: 'Scroll, then next conversation', group: 'Move', isKeyOnly: true },
  nextMessage: { keys: ['n'], label: 'Next mention of the conversation', group: 'Move', isRepeatable: true },
  previousMessage: {
    keys: ['p'],
    label: 'Previous mention of the conversation',
    group: 'Move',
    isRepeatable: true,
  },
  nextPane: { keys: [']', 'F6'], label: 'Next pane', group: 'Move', isKeyOnly: true },
  previousPane: { keys: ['[', 'Shift F6'], label: 'Previous pane', group: 'Move', isKeyOnly: true },
  up: { keys: ['Esc'], label: 'One level up', group: 'Move', isKeyOnly: true },

  reply: { keys: ['r'], label: 'Reply', group: 'Answer' },
  insertSavedReply: { keys: [';'], label: 'Insert a saved reply…', group: 'Answer' },
  send: { keys: ['Mod Enter'], label: 'Send the reply', group: 'Answer', isForReply: true, isKeyOnly: true },
  sendAndDone: {
    keys: ['Mod Shift Enter'],
    label: 'Send the reply, and done',
    group: 'Answer',
    isForReply: true,
    isKeyOnly: true,
  },
  like: { keys: ['a'], label: 'Like on the platform', group: 'Answer' },
  hide: { keys: ['h'], label: 'Hide on the platform…', group: 'Answer' },

  done: { keys: ['e'], label: 'Done', group: 'Decide' },
  reopen: { keys: ['Shift e'], label: 'Back to the inbox', group: 'Decide' },
  snooze: { keys: ['s'], label: 'Snooze…', group: 'Decide' },
  toggleUnread: { keys: ['u'], label: 'Read or unread', group: 'Decide' },
  openOriginal: { keys: ['o', 'b'], label: 'Open the original', group: 'Decide' },
  undo: { keys: ['z', 'Mod z'], label: 'Undo', group: 'Decide' },
  redo: { keys: ['Shift z', 'Mod Shift z'], label: 'Redo', group: 'Decide' },

  select: { keys: ['x'], label: 'Select', group: 'Select' },
  extendDown: {
    keys: ['Shift j', 'Shift ArrowDown'],
    label: 'Extend the selection down',
    group: 'Select',
    isRepeatable: true,
    isKeyOnly: true,
  },
  extendUp: {
    keys: ['Shift k', 'Shift ArrowUp'],
    label: 'Extend the selection up',
    group: 'Select',
    isRepeatable: true,
    isKeyOnly: true,
  },
  selectAll: { keys: ['Mod a'], label: 'Select all in view', group: 'Select', scope: 'list' },

  search: { keys: ['/'], label: 'Search this view', group: 'Find' },
  showNew: { keys: ['.'], label: 'Show what is new', group: 'Find' },
  commandBox: { keys: ['Mod k'], label: 'Command box', group: 'Find', isKeyOnly: true },

  goToInbox: { keys: ['g then i'], label: 'Inbox', group: 'Go to' },
  goToSnoozed: { keys: ['g then s'], label: 'Snoozed', group: 'Go to' },
  goToDone: { keys: ['g then d'], label: 'Done', group: 'Go to' },
  goToAll: { keys: ['g then a'], label: 'All conversations', group: 'Go to' },
  goToOutbox: { keys: ['g then o'], label: 'Outbox', group: 'Go to' },
  goToSources: { keys: ['g then h'], label: 'Sources and their health', group: 'Go to' },
  goToTrackers: { keys: ['g then t'], label: 'Trackers', group: 'Go to' },
  goToAccounts: { keys: ['g then c'], label: 'Accounts', group: 'Go to' },
  goToSettings: { keys: ['g then ,'], label: 'Settings', group: 'Go to' },

  addTracker: { keys: ['c then t'], label: 'New tracker…', group: 'Window' },
  addSource: { keys: ['c then s'], label: 'New source…', group: 'Window' },
  addAccount: { keys: ['c then a'], label: 'Connect an account…', group: 'Window' },
  nextDensity: { keys: ['Mod Shift d'], label: 'Next density', group: 'Window' },
  keySheet: { keys: ['?'], label: 'Keys', group: 'Window' },
} as const satisfies Readonly<Record<string, KeyBinding>>;

export type KeyAction = keyof typeof keyMap;

export const keyActions = Object.keys(keyMap) as KeyAction[];

export function bindingOf(action: KeyAction): KeyBinding {
  return keyMap[action];
}

const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.platform);

/** The first key of an action as this computer writes it: "Ctrl K", "⌘ K", "g then i". */
export function shownKeys(action: KeyAction, onMac: boolean = isMac): string {
  return writtenKeys(bindingOf(action).keys[0] ?? '', onMac);
}

export function writtenKeys(keys: string, onMac: boolean = isMac): string {
  return keys
    .split(' ')
    .map((key) => {
      if (key === 'Mod') return onMac ? '⌘' : 'Ctrl';
      if (key === 'ArrowDown') return '↓';
      if (key === 'ArrowUp') return '↑';
      return key.length === 1 && keys.includes('Mod') ? key.toUpperCase() : key;
    })
    .join(' ');
}

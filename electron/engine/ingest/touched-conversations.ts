import { appendActivity } from '../store/queries/activity.ts';
import {
  addToConversation,
  type ConversationKey,
  findConversationByKey,
  insertConversation,
} from '../store/queries/conversations.ts';
import {
  createStandingWriter,
  readMembership,
  readStanding,
  type Standing,
} from '../store/queries/standings.ts';
import type { WritableStore } from '../store/store.ts';

/** The conversations that one page changes: looked up once, written once, when the page's mentions are in. */
export interface TouchedConversations {
  /** The conversation of a mention that is about to be stored; made when it is not there. */
  find(key: ConversationKey, title: string | null): number;
  /** Call before anything that changes who brought or matched what is in it. */
  touch(conversation: number): void;
  arrived(
    conversation: number,
    mention: number,
    source: number,
    trackers: readonly number[],
    title: string | null,
  ): void;
  flush(): void;
  rows(): number[];
}

interface Touched {
  readonly before: Standing | null;
  readonly isNew: boolean;
  readonly sources: Set<number>;
  readonly trackers: Set<number>;
  newest: number;
  arrivedCount: number;
  firstArrived: number | null;
  title: string | null;
}

export function createTouchedConversations(store: WritableStore, now: number): TouchedConversations {
  const touched = new Map<number, Touched>();

  function add(conversation: number, isNew: boolean): Touched {
    const before = isNew ? null : readStanding(store, conversation);
    const entry: Touched = {
      before,
      isNew,
      sources: new Set(before?.sources),
      trackers: new Set(before?.trackers),
      newest: before?.newestMention ?? Number.MIN_SAFE_INTEGER,
      arrivedCount: 0,
      firstArrived: null,
      title: null,
    };
    touched.set(conversation, entry);
    return entry;
  }

  function get(conversation: number): Touched {
    return touched.get(conversation) ?? add(conversation, false);
  }

  return {
    find(key, title) {
      const known = findConversationByKey(store, key);
      if (known !== null) {
        get(known);
        return known;
      }
      const made = insertConversation(store, key, title, now);
      add(made, true);
      return made;
    },
    touch: (conversation) => void get(conversation),
    arrived(conversation, mention, source, trackers, title) {
      const entry = get(conversation);
      entry.sources.add(source);
      for (const tracker of trackers) entry.trackers.add(tracker);
      entry.newest = Math.max(entry.newest, mention);
      entry.arrivedCount++;
      entry.firstArrived ??= mention;
      entry.title ??= title;
    },
    flush() {
      const writer = createStandingWriter(store);
      for (const [conversation, entry] of touched) {
        const { before, isNew, arrivedCount } = entry;
        const counted = isNew ? arrivedCount - 1 : arrivedCount;
        if (counted > 0) addToConversation(store, conversation, counted, entry.title);
        // A new one has what was just put into it; elsewhere an edit or a second source may have taken or given.
        const membership = isNew
          ? { sources: [...entry.sources], trackers: [...entry.trackers] }
          : readMembership(store, conversation);
        const state =
          arrivedCount > 0 || before === null
            ? ({ status: 'open', snoozedUntil: null, unread: true } as const)
            : before;
        writer.replace(conversation, before, {
          status: state.status,
          snoozedUntil: state.snoozedUntil,
          unread: state.unread,
          newestMention: entry.newest,
          ...membership,
        });
        if (before !== null && before.status !== 'open' && arrivedCount > 0) {
          appendActivity(store, {
            conversationRow: conversation,
            at: now,
            kind: 'reopened',
            detail: { from: before.status, mentionId: String(entry.firstArrived) },
          });
        }
      }
      writer.flush();
    },
    rows: () => [...touched.keys()],
  };
}

import type { InboxItem } from '../../shared/model/mention.ts';

/**
 * What the user has been shown of one list. New arrivals never move what is being read: they wait until they
 * are asked for, and a conversation that got another mention keeps its place and shows the new text there.
 */
export interface InboxMemory {
  /** Place of each conversation shown so far: the mention id by which it was first shown. */
  readonly places: ReadonlyMap<string, bigint>;
  /** Nothing newer than this is shown unless its conversation has a place. Null: nothing was shown yet. */
  readonly newest: bigint | null;
}

export const emptyInboxMemory: InboxMemory = { places: new Map(), newest: null };

export interface InboxArrangement {
  readonly shown: readonly InboxItem[];
  /** Conversations that wait behind the "n new" bar. */
  readonly waiting: number;
  readonly memory: InboxMemory;
}

/** `items` newest first, as the engine gave them. Pure: the same memory and items arrange the same way. */
export function arrangeInbox(items: readonly InboxItem[], memory: InboxMemory): InboxArrangement {
  // An empty list is being read by nobody: whatever arrives there is shown.
  const newest = memory.newest ?? newestOf(items);
  // Places are kept when a row leaves: taken back with undo, it returns to where it was.
  const places = new Map(memory.places);
  const seen = new Set<string>();
  const placed: { item: InboxItem; place: bigint }[] = [];
  let waiting = 0;
  for (const item of items) {
    const id = BigInt(item.mentionId);
    const place = places.get(item.conversationId) ?? id;
    if (newest !== null && place > newest) {
      waiting += 1;
      continue;
    }
    if (seen.has(item.conversationId)) continue;
    seen.add(item.conversationId);
    places.set(item.conversationId, place);
    placed.push({ item, place });
  }
  placed.sort((a, b) => (a.place === b.place ? 0 : a.place < b.place ? 1 : -1));
  return {
    shown: placed.map(({ item }) => item),
    waiting,
    memory: { places, newest: placed.length === 0 ? null : newest },
  };
}

function newestOf(items: readonly InboxItem[]): bigint | null {
  const first = items[0];
  return first === undefined ? null : BigInt(first.mentionId);
}

import type { ConversationId } from '../../../shared/model/ids.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { createMatcher } from '../../../shared/query/matcher.ts';
import type { QueryNode } from '../../../shared/query/query.ts';
import { findMentionText, insertMatch } from '../store/queries/mentions.ts';
import { findMentions } from '../store/queries/search.ts';
import { createStandingWriter, readStanding, type Standing } from '../store/queries/standings.ts';
import { nextPendingRematch, type PendingRematch, saveRematchProgress } from '../store/queries/trackers.ts';
import { toConversationId, toRow } from '../store/row-ids.ts';
import type { WritableStore } from '../store/store.ts';

/** So that a slice takes some ten milliseconds and nobody waits for the engine. */
const sliceSize = 100;

export interface RematchSlice {
  readonly isDone: boolean;
  readonly conversationIds: readonly ConversationId[];
}

/**
 * Holds a tracker that was made, changed or removed against what is stored already, one slice of mentions from the
 * newest down. How far it came is stored with the slice, so a restart goes on where it stopped. Null: nothing to do.
 */
export function rematchSlice(store: WritableStore): RematchSlice | null {
  const pending = nextPendingRematch(store);
  if (!pending) return null;
  return store.transaction(() => {
    const root = readQuery(pending);
    const found = root === null ? [] : findMentions(store, root, pending.belowMention, sliceSize);
    const foundEnd = found.length === sliceSize ? found.at(-1) : undefined;
    // Old matches of this stretch that no longer hold. They too come in slices, and end the stretch early.
    const old = listOldMatches(store, pending, foundEnd ?? Number.MIN_SAFE_INTEGER);
    const oldEnd = old.length === sliceSize ? old.at(-1) : undefined;
    const end =
      foundEnd === undefined && oldEnd === undefined
        ? null
        : Math.max(foundEnd ?? Number.MIN_SAFE_INTEGER, oldEnd ?? Number.MIN_SAFE_INTEGER);
    const isInStretch = (mention: number): boolean => end === null || mention >= end;
    const conversations = changeMatches(
      store,
      pending,
      root,
      found.filter(isInStretch),
      old.filter(isInStretch),
    );
    saveRematchProgress(store, pending.trackerId, end);
    return { isDone: end === null, conversationIds: conversations.map(toConversationId) };
  });
}

function readQuery({ query, isRemoved }: PendingRematch): QueryNode | null {
  if (isRemoved) return null;
  const parsed = parseQuery(query);
  return parsed.isValid ? parsed.root : null;
}

function listOldMatches(store: WritableStore, pending: PendingRematch, from: number): number[] {
  return store
    .all<{ id: number }>(
      `SELECT mention_id AS id FROM mention_matches WHERE tracker_id = ? AND mention_id < ? AND mention_id >= ?
       ORDER BY mention_id DESC LIMIT ?`,
      toRow(pending.trackerId),
      pending.belowMention,
      from,
      sliceSize,
    )
    .map(({ id }) => id);
}

/** Gives the conversations of the mentions that are matched or no longer matched. */
function changeMatches(
  store: WritableStore,
  { trackerId, isRemoved }: PendingRematch,
  root: QueryNode | null,
  found: readonly number[],
  old: readonly number[],
): number[] {
  const tracker = toRow(trackerId);
  const matcher = root === null ? null : createMatcher([{ id: tracker, root }]);
  const before = new Map<number, Standing | null>();
  const touch = (mention: number): void => {
    const conversation = conversationOf(store, mention);
    // A removed tracker left all lists and badges when it was removed; only its matches are still to go.
    if (conversation !== null && !isRemoved && !before.has(conversation)) {
      before.set(conversation, readStanding(store, conversation));
    }
  };
  const stale = new Set(old);
  const writes: (() => void)[] = [];
  for (const mention of found) {
    const target = findMentionText(store, mention);
    const [match] = target === null ? [] : (matcher?.match(target) ?? []);
    if (!match) continue;
    stale.delete(mention);
    touch(mention);
    writes.push(() => insertMatch(store, mention, tracker, match.spans));
  }
  for (const mention of stale) {
    touch(mention);
    writes.push(() =>
      store.run('DELETE FROM mention_matches WHERE mention_id = ? AND tracker_id = ?', mention, tracker),
    );
  }
  for (const write of writes) write();
  const writer = createStandingWriter(store);
  for (const [conversation, standing] of before) {
    const after = readStanding(store, conversation);
    if (standing && after) writer.replace(conversation, standing, after);
  }
  writer.flush();
  return [...before.keys()];
}

function conversationOf(store: WritableStore, mention: number): number | null {
  return (
    store.get<{ id: number }>('SELECT conversation_id AS id FROM mentions WHERE id = ?', mention)?.id ?? null
  );
}

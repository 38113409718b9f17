import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { TriageStep } from '../../../../shared/contract/methods/conversations.ts';
import type { ConversationId } from '../../../../shared/model/ids.ts';
import type { ConversationStatus } from '../../../../shared/model/mention.ts';
import { toConversationId, toRow } from '../row-ids.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { type ActivityKind, appendActivity } from './activity.ts';
import { createStandingWriter, readStanding, type Standing } from './standings.ts';

/** What a person decides about a conversation. */
export interface TriageState {
  readonly status: ConversationStatus;
  readonly snoozedUntil: number | null;
  readonly unread: boolean;
}

const keptSteps = 50;

const activityOf: Readonly<Record<TriageStep['kind'], ActivityKind>> = {
  open: 'opened',
  snooze: 'snoozed',
  done: 'done',
  read: 'read',
  unread: 'unread',
};

/**
 * Changes conversations in one step that can be taken back. Null when nothing changed. A new step ends what could
 * be redone. Throws `not-found` when one of them does not exist; nothing is changed then.
 */
export function takeStep(
  store: WritableStore,
  kind: TriageStep['kind'],
  conversationIds: readonly ConversationId[],
  change: (state: TriageState) => TriageState,
  at: number,
): TriageStep | null {
  return store.transaction(() => {
    const changes = changeAll(store, conversationIds, change);
    if (changes.length === 0) return null;
    store.run('DELETE FROM undo_steps WHERE is_undone = 1');
    const step = store.run('INSERT INTO undo_steps (kind, at) VALUES (?, ?)', kind, at).lastInsertRowid;
    for (const { conversation, before, after } of changes) {
      store.run(
        'INSERT INTO undo_changes (step_id, conversation_id, before, after) VALUES (?, ?, ?, ?)',
        step,
        conversation,
        JSON.stringify(triageOf(before)),
        JSON.stringify(triageOf(after)),
      );
      appendActivity(store, {
        conversationRow: conversation,
        at,
        kind: activityOf[kind],
        step,
        detail: detailOf(before, after),
      });
    }
    store.run(
      'DELETE FROM undo_steps WHERE id <= (SELECT id FROM undo_steps ORDER BY id DESC LIMIT 1 OFFSET ?)',
      keptSteps,
    );
    return toStep(step, kind, changes);
  });
}

/** Marks as read or unread without a step or a trace: for what happens by looking. Gives what changed. */
export function setUnreadQuietly(
  store: WritableStore,
  conversationIds: readonly ConversationId[],
  unread: boolean,
): ConversationId[] {
  return store.transaction(() =>
    changeAll(store, conversationIds, (state) => ({ ...state, unread })).map(({ conversation }) =>
      toConversationId(conversation),
    ),
  );
}

/** Takes back the newest step that stands and still has something to take back. */
export function undoStep(store: WritableStore, at: number): TriageStep | null {
  return moveThroughSteps(store, 'undo', at);
}

/** Does again what was taken back last. */
export function redoStep(store: WritableStore, at: number): TriageStep | null {
  return moveThroughSteps(store, 'redo', at);
}

/** Opens what was snoozed until now or earlier, at most `limit`. Gives the conversations that woke. */
export function wakeSnoozed(store: WritableStore, now: number, limit: number): ConversationId[] {
  return store.transaction(() => {
    const due = store
      .all<{ id: number }>(
        `SELECT conversation_id AS id FROM conversation_states
         WHERE status = 'snoozed' AND snoozed_until <= ? ORDER BY snoozed_until LIMIT ?`,
        now,
        limit,
      )
      .map(({ id }) => toConversationId(id));
    const woken = changeAll(store, due, () => ({ status: 'open', snoozedUntil: null, unread: true }));
    for (const { conversation, before } of woken) {
      appendActivity(store, {
        conversationRow: conversation,
        at: now,
        kind: 'woke',
        detail: { until: before.snoozedUntil },
      });
    }
    return woken.map(({ conversation }) => toConversationId(conversation));
  });
}

/** When the next snooze runs out. */
export function nextWakeAt(store: ReadableStore): number | null {
  return (
    store.get<{ at: number | null }>(
      `SELECT min(snoozed_until) AS at FROM conversation_states WHERE status = 'snoozed'`,
    )?.at ?? null
  );
}

interface Change {
  readonly conversation: number;
  readonly before: Standing;
  readonly after: Standing;
}

function changeAll(
  store: WritableStore,
  conversationIds: readonly ConversationId[],
  change: (state: TriageState) => TriageState,
): Change[] {
  const writer = createStandingWriter(store);
  const changes: Change[] = [];
  for (const conversationId of new Set(conversationIds)) {
    const conversation = toRow(conversationId);
    const before = readStanding(store, conversation);
    if (!before) throw new EarshotError('not-found', 'There is no such conversation.', { conversationId });
    const state = change(triageOf(before));
    if (isSame(state, before)) continue;
    const after = { ...before, ...state };
    writer.replace(conversation, before, after);
    changes.push({ conversation, before, after });
  }
  writer.flush();
  return changes;
}

function moveThroughSteps(store: WritableStore, direction: 'undo' | 'redo', at: number): TriageStep | null {
  return store.transaction(() => {
    for (;;) {
      const step = store.get<{ id: number; kind: TriageStep['kind'] }>(
        direction === 'undo'
          ? 'SELECT id, kind FROM undo_steps WHERE is_undone = 0 ORDER BY id DESC LIMIT 1'
          : 'SELECT id, kind FROM undo_steps WHERE is_undone = 1 ORDER BY id LIMIT 1',
      );
      if (!step) return null;
      store.run('UPDATE undo_steps SET is_undone = ? WHERE id = ?', direction === 'undo' ? 1 : 0, step.id);
      const changes = moveStep(store, step.id, direction, at);
      // All of it has been overtaken, by something newer that arrived: there is nothing to see, go on to the next.
      if (changes.length > 0) return toStep(step.id, step.kind, changes);
    }
  });
}

function moveStep(store: WritableStore, step: number, direction: 'undo' | 'redo', at: number): Change[] {
  const moves = new Map(
    store
      .all<{ conversation_id: number; before: string; after: string }>(
        'SELECT conversation_id, before, after FROM undo_changes WHERE step_id = ?',
        step,
      )
      .map((row) => {
        const before = JSON.parse(row.before) as TriageState;
        const after = JSON.parse(row.after) as TriageState;
        return [row.conversation_id, direction === 'undo' ? [after, before] : [before, after]] as const;
      }),
  );
  const changes: Change[] = [];
  for (const [conversation, [from, to]] of moves) {
    const [moved] = changeAll(store, [toConversationId(conversation)], (state) =>
      moveState(state, from as TriageState, to as TriageState),
    );
    if (!moved) continue;
    changes.push(moved);
    appendActivity(store, {
      conversationRow: conversation,
      at,
      kind: direction === 'undo' ? 'undone' : 'redone',
      step,
      detail: detailOf(moved.before, moved.after),
    });
  }
  return changes;
}

/**
 * Moves only what the step had changed and what nobody has changed since: a conversation that was done and came
 * back with a new mention stays open and unread when “done” is taken back.
 */
function moveState(state: TriageState, from: TriageState, to: TriageState): TriageState {
  const isStatusUntouched = state.status === from.status && state.snoozedUntil === from.snoozedUntil;
  const changesStatus = from.status !== to.status || from.snoozedUntil !== to.snoozedUntil;
  if (changesStatus && !isStatusUntouched) return state;
  return {
    status: changesStatus ? to.status : state.status,
    snoozedUntil: changesStatus ? to.snoozedUntil : state.snoozedUntil,
    unread: from.unread !== to.unread && state.unread === from.unread ? to.unread : state.unread,
  };
}

function triageOf({ status, snoozedUntil, unread }: TriageState): TriageState {
  return { status, snoozedUntil, unread };
}

function isSame(a: TriageState, b: TriageState): boolean {
  return a.status === b.status && a.snoozedUntil === b.snoozedUntil && a.unread === b.unread;
}

function detailOf(before: TriageState, after: TriageState): Record<string, unknown> {
  if (before.status === after.status && before.snoozedUntil === after.snoozedUntil) {
    return { unread: after.unread };
  }
  return {
    from: before.status,
    to: after.status,
    ...(after.snoozedUntil !== null && { until: after.snoozedUntil }),
  };
}

function toStep(step: number, kind: TriageStep['kind'], changes: readonly Change[]): TriageStep {
  return {
    stepId: String(step),
    kind,
    conversationIds: changes.map(({ conversation }) => toConversationId(conversation)),
  };
}

import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { conversationsMethods, TriageStep } from '../../../shared/contract/methods/conversations.ts';
import type { inboxMethods } from '../../../shared/contract/methods/inbox.ts';
import type { ConversationId, SourceId, TrackerId } from '../../../shared/model/ids.ts';
import type { ConversationStatus } from '../../../shared/model/mention.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { QueryNode } from '../../../shared/query/query.ts';
import type { Clock } from '../ports/clock.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';
import { type AnsweringFacts, readConversation } from '../store/queries/conversation-details.ts';
import { countView, type InboxView, listCounts, listPlaces } from '../store/queries/inbox.ts';
import { readInboxItems } from '../store/queries/inbox-items.ts';
import { searchPage } from '../store/queries/search.ts';
import { redoStep, setUnreadQuietly, takeStep, type TriageState, undoStep } from '../store/queries/triage.ts';
import { toRow, toSourceId, toTrackerId } from '../store/row-ids.ts';
import type { ReadableStore, WritableStore } from '../store/store.ts';
import { conversationsChanged } from './conversations-changed.ts';

const top = Number.MAX_SAFE_INTEGER;

export function createInboxHandlers({
  store,
}: {
  readonly store: ReadableStore;
}): FeatureHandlers<typeof inboxMethods> {
  return {
    'inbox.list': ({ view: viewName, search, cursor, limit }) => {
      const view = readView(viewName);
      const root = search === undefined || search.trim() === '' ? null : readSearch(search);
      const from = cursor === undefined ? null : readCursor(cursor);
      // One more than asked for tells whether there is a next page.
      const { places: found, total } =
        root === null
          ? { places: listPlaces(store, view, from?.below ?? top, limit + 1), total: countView(store, view) }
          : searchPage(store, { root, view, below: from?.below ?? null, limit: limit + 1 });
      const places = found.slice(0, limit);
      // What a search found is counted on its first page and travels on in the cursor.
      const known = total ?? from?.total ?? 0;
      const last = places.at(-1);
      return {
        items: readInboxItems(store, places, root),
        nextCursor: last && found.length > limit ? `${last.mention}.${known}` : null,
        total: known,
      };
    },
    'inbox.counts': () => {
      const counts = listCounts(store);
      const of = (ref: number) =>
        counts.find((count) => count.scope === 'status' && count.ref === ref) ?? { total: 0, unread: 0 };
      const open = of(0);
      return {
        inbox: { total: open.total, unread: open.unread },
        snoozed: of(1).total,
        done: of(2).total,
        sources: counts
          .filter(({ scope }) => scope === 'source')
          .map(({ ref, total, unread }) => ({ sourceId: toSourceId(ref), total, unread })),
        trackers: counts
          .filter(({ scope }) => scope === 'tracker')
          .map(({ ref, total, unread }) => ({ trackerId: toTrackerId(ref), total, unread })),
      };
    },
  };
}

function readView(name: string): InboxView {
  if (name === 'inbox') return { kind: 'status', status: 'open' };
  if (name === 'snoozed' || name === 'done') return { kind: 'status', status: name };
  if (name === 'all') return { kind: 'all' };
  const [kind, id] = name.split(':') as ['source' | 'tracker', SourceId & TrackerId];
  return { kind, ref: toRow(id) };
}

/** A cursor is ours: the mention where the page ended, and for a search how many it found. */
function readCursor(cursor: string): { readonly below: number; readonly total: number } {
  const [, below, total] = /^(-?\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (below === undefined || total === undefined) {
    throw new EarshotError(
      'invalid-input',
      'This cursor does not come from Earshot. Start again without one.',
      {
        issues: [{ path: 'cursor', message: 'not a cursor' }],
      },
    );
  }
  return { below: Number(below), total: Number(total) };
}

function readSearch(search: string): QueryNode {
  const parsed = parseQuery(search);
  if (parsed.isValid) return parsed.root;
  const { message, start, end } = parsed.mistake;
  throw new EarshotError('invalid-query', message, { position: start, length: end - start });
}

export interface ConversationsDeps {
  readonly store: WritableStore;
  readonly clock: Clock;
  readonly emit: (event: EngineEvent) => void;
  /** Something was snoozed: the waker may have to wake earlier than it planned. */
  readonly onSnoozed?: () => void;
  /** Who could answer there, and what its replies wait for. */
  readonly answering?: (conversationId: ConversationId) => AnsweringFacts;
}

const kinds: Readonly<Record<ConversationStatus, TriageStep['kind']>> = {
  open: 'open',
  snoozed: 'snooze',
  done: 'done',
};

export function createConversationsHandlers(
  deps: ConversationsDeps,
): FeatureHandlers<typeof conversationsMethods> {
  const { store, clock } = deps;

  function announce(step: TriageStep | null): void {
    if (step === null) return;
    deps.emit(conversationsChanged(step.conversationIds));
    deps.onSnoozed?.();
  }

  return {
    'conversations.get': ({ conversationId }) =>
      readConversation(store, conversationId, deps.answering?.(conversationId)),
    'conversations.setStatus': ({ conversationIds, status, snoozedUntil }) => {
      const now = clock.now();
      const change = statusChange(status, snoozedUntil, now);
      const step = takeStep(store, kinds[status], conversationIds, change, now);
      announce(step);
      return { changed: step?.conversationIds.length ?? 0, step };
    },
    'conversations.setUnread': ({ conversationIds, unread, isUndoable }) => {
      if (!isUndoable) {
        const changed = setUnreadQuietly(store, conversationIds, unread);
        if (changed.length > 0) deps.emit(conversationsChanged(changed));
        return { changed: changed.length, step: null };
      }
      const step = takeStep(
        store,
        unread ? 'unread' : 'read',
        conversationIds,
        (state) => ({ ...state, unread }),
        clock.now(),
      );
      announce(step);
      return { changed: step?.conversationIds.length ?? 0, step };
    },
    'triage.undo': () => {
      const step = undoStep(store, clock.now());
      announce(step);
      return { step };
    },
    'triage.redo': () => {
      const step = redoStep(store, clock.now());
      announce(step);
      return { step };
    },
  };
}

function statusChange(
  status: ConversationStatus,
  snoozedUntil: number | undefined,
  now: number,
): (state: TriageState) => TriageState {
  if (status === 'snoozed') {
    const until = snoozedUntil ?? tomorrowMorning(now);
    if (until <= now) {
      throw new EarshotError('invalid-input', 'Snoozing needs a time that lies ahead.', {
        issues: [{ path: 'snoozedUntil', message: 'must lie ahead' }],
      });
    }
    return ({ unread }) => ({ status, snoozedUntil: until, unread });
  }
  if (snoozedUntil !== undefined) {
    throw new EarshotError('invalid-input', 'Only a snoozed conversation has a time to come back.', {
      issues: [{ path: 'snoozedUntil', message: `does not go with ${status}` }],
    });
  }
  // What is done has been dealt with, whether or not it was opened first.
  return ({ unread }) => ({ status, snoozedUntil: null, unread: status === 'done' ? false : unread });
}

/** Tomorrow at nine by the clock of this computer, summer time or not. */
function tomorrowMorning(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, 9).getTime();
}

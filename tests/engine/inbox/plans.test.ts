import { describe, expect, it } from 'vitest';
import type { SqlValue, Store } from '../../../electron/engine/store/store.ts';
import { rematchSlice } from '../../../electron/engine/ingest/rematch.ts';
import { listDueSources } from '../../../electron/engine/store/queries/sources.ts';
import { deleteUnusedAttachments } from '../../../electron/engine/store/queries/attachments.ts';
import { findDraft, listDrafts } from '../../../electron/engine/store/queries/drafts.ts';
import { findReplyByKey, listKeylessReplies } from '../../../electron/engine/store/queries/replies.ts';
import {
  countReplies,
  hasElsewhereReplySince,
  lastAnsweringAccount,
  listLaterParts,
  listMarks,
  listPending,
  listReplies,
  listRepliesOfConversation,
  listRowsInState,
} from '../../../electron/engine/store/queries/reply-lists.ts';
import { nextWakeAt, wakeSnoozed } from '../../../electron/engine/store/queries/triage.ts';
import type { ConversationId, SourceId } from '../../../shared/model/ids.ts';
import { anItem, aSource, aTracker, ingest, minuteMs, noon } from '../ingest/fixtures.ts';
import { aStore } from '../store/a-store.ts';
import { anInbox, type Inbox } from './an-inbox.ts';

/** Tables that grow with what arrives, and with what is sent but for what is on its way. A walk over one of them is what makes an inbox slow after a year. */
const growing =
  /SCAN (mentions|m|authors|a|conversations|c|conversation_states|t|open_conversations|activity|mention_\w+|x|undo_changes|replies|r)\b(?! USING (?:COVERING )?INDEX replies_(?:pending|waiting))(?! VIRTUAL TABLE INDEX \d+:\S*[M=])/;

/** Notes every statement that is run, with the plan that SQLite has for it. */
function explaining(store: Store): { store: Store; plans: Map<string, string> } {
  const plans = new Map<string, string>();
  const explain = (sql: string, params: readonly SqlValue[]): void => {
    if (plans.has(sql)) return;
    const rows = store.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...params);
    plans.set(sql, rows.map(({ detail }) => detail).join('\n'));
  };
  return {
    plans,
    store: {
      ...store,
      get: (sql, ...params) => (explain(sql, params), store.get(sql, ...params)),
      all: (sql, ...params) => (explain(sql, params), store.all(sql, ...params)),
      run: (sql, ...params) => (explain(sql, params), store.run(sql, ...params)),
      iterate: (sql, ...params) => (explain(sql, params), store.iterate(sql, ...params)),
    },
  };
}

interface Daily {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly source: SourceId;
  readonly other: SourceId;
}

const views = ['inbox', 'snoozed', 'done', 'all', 'source:1', 'tracker:1'];
const far = '9000000000.1';
const one = ['1' as ConversationId];

const dailyWork: Readonly<Record<string, (daily: Daily) => void>> = {
  'a page of every list': ({ inbox }) => {
    for (const view of views) inbox.call('inbox.list', { view, cursor: far });
  },
  'a search in every list': ({ inbox }) => {
    for (const view of views) {
      inbox.call('inbox.list', { view, search: 'acme -jobs from:ana' });
      inbox.call('inbox.list', { view, search: 'acme', cursor: far });
    }
  },
  'the badges': ({ inbox }) => void inbox.call('inbox.counts', {}),
  'a conversation': ({ inbox }) => void inbox.call('conversations.get', { conversationId: '1' }),
  'triage, undo, redo and waking': ({ store, inbox }) => {
    const snooze = { status: 'snoozed', snoozedUntil: noon + minuteMs } as const;
    inbox.call('conversations.setStatus', { conversationIds: one, ...snooze });
    inbox.call('conversations.setUnread', { conversationIds: one, unread: false });
    inbox.call('triage.undo', {});
    inbox.call('triage.redo', {});
    nextWakeAt(store);
    wakeSnoozed(store, noon + minuteMs, 10);
  },
  'a poll with new, known and changed mentions': ({ store, source, other }) => {
    ingest(store, source, [anItem('a', { text: 'changed' }), anItem('z', { rootKey: 'a' }), anItem('b')]);
    ingest(store, other, [anItem('b')]);
    listDueSources(store, noon, 10);
  },
  'what goes out': ({ store }) => {
    listPending(store);
    countReplies(store);
    listRowsInState(store, 'sending');
    listReplies(store, 'waiting', 9, 10);
    listRepliesOfConversation(store, 1, 10);
    listLaterParts(store, 1);
    lastAnsweringAccount(store, 1);
    listMarks(store, 1);
    hasElsewhereReplySince(store, 1, 1);
    findReplyByKey(store, 'widget', 'k');
    listKeylessReplies(store, 1);
    findDraft(store, 1);
    listDrafts(store);
    deleteUnusedAttachments(store, noon);
  },
  'a tracker held against what is stored': ({ store }) => {
    aTracker(store, 'words');
    while (rematchSlice(store) !== null);
  },
};

describe('no statement of daily work walks a table that grows', () => {
  it.each(Object.entries(dailyWork))('%s', (_name, work) => {
    const { daily, plans } = aDay();
    work(daily);
    expect(plans.size).toBeGreaterThan(0);
    expect([...plans].filter(([, plan]) => growing.test(plan))).toEqual([]);
  });

  it('and a walk would be noticed', () => {
    const { daily, plans } = aDay();
    daily.store.all('SELECT m.id FROM mentions AS m WHERE m.text = ?', 'x');
    expect([...plans.values()]).toEqual([expect.stringMatching(growing)]);
  });

  it('and no list is sorted but the three pages that make up “all”', () => {
    const { daily, plans } = aDay();
    dailyWork['a page of every list']?.(daily);
    const sorted = [...plans].filter(([, plan]) => plan.includes('TEMP B-TREE'));
    expect(sorted.map(([sql]) => sql.includes('UNION ALL'))).toEqual([true]);
  });

  it('and the due sources come from their own index', () => {
    const { daily, plans } = aDay();
    listDueSources(daily.store, noon, 10);
    expect([...plans.values()].join()).toContain('sources_due');
  });
});

function aDay(): { readonly daily: Daily; readonly plans: Map<string, string> } {
  const filled = aFilledStore();
  const { store, plans } = explaining(filled.store);
  return { daily: { ...filled, store, inbox: anInbox(store) }, plans };
}

function aFilledStore() {
  const store = aStore();
  aTracker(store, 'acme');
  const source = aSource(store, { nextPollAt: noon });
  const other = aSource(store);
  ingest(store, source, [anItem('a', { text: 'acme' }), anItem('b', { text: 'acme' })]);
  return { store, source, other };
}

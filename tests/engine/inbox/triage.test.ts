import { describe, expect, it } from 'vitest';
import { createSnoozeWaker } from '../../../electron/engine/inbox/snooze-waker.ts';
import { wakeSnoozed } from '../../../electron/engine/store/queries/triage.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { anItem, aSource, ingest, minuteMs, noon } from '../ingest/fixtures.ts';
import { aStore } from '../store/a-store.ts';
import { expectConsistent } from '../store/consistency.ts';
import { anInbox } from './an-inbox.ts';

const ids = (...numbers: number[]) => numbers.map((number) => String(number) as ConversationId);

/** Conversations 1, 2, 3 of mentions a, b, c. */
function threeConversations(directory = temporaryDirectory()) {
  const store = aStore(directory);
  const source = aSource(store);
  ingest(store, source, [
    anItem('a', { publishedAt: noon - 3000 }),
    anItem('b', { publishedAt: noon - 2000 }),
    anItem('c', { publishedAt: noon - 1000 }),
  ]);
  return { store, source, inbox: anInbox(store) };
}

describe('a status', () => {
  it('moves a conversation between the lists and is announced after it is stored', () => {
    const { store, inbox } = threeConversations();
    const until = noon + minuteMs;
    expect(inbox.call('conversations.setStatus', { conversationIds: ids(1, 2), status: 'done' })).toEqual({
      changed: 2,
      step: { stepId: '1', kind: 'done', conversationIds: ['1', '2'] },
    });
    inbox.call('conversations.setStatus', {
      conversationIds: ids(3),
      status: 'snoozed',
      snoozedUntil: until,
    });
    expect([inbox.list(), inbox.list({ view: 'done' }), inbox.list({ view: 'snoozed' })]).toEqual([
      [],
      ['b', 'a'],
      ['c'],
    ]);
    expect(inbox.call('inbox.list', { view: 'snoozed' }).items[0]).toMatchObject({
      status: 'snoozed',
      snoozedUntil: until,
      unread: true,
    });
    expect(inbox.call('inbox.list', { view: 'done' }).items).toMatchObject([
      { unread: false },
      { unread: false },
    ]);
    expect(inbox.events).toEqual([
      { name: 'conversations.changed', conversationIds: ['1', '2'], inserted: 0 },
      { name: 'conversations.changed', conversationIds: ['3'], inserted: 0 },
    ]);
    expectConsistent(store);
  });

  it('snoozed without a time comes back tomorrow at nine', () => {
    const { inbox } = threeConversations();
    inbox.call('conversations.setStatus', { conversationIds: ids(1), status: 'snoozed' });
    const { snoozedUntil } = inbox.call('inbox.list', { view: 'snoozed' }).items[0]!;
    const back = new Date(snoozedUntil!);
    expect([back.getHours(), back.getMinutes(), back.getSeconds()]).toEqual([9, 0, 0]);
    const tomorrow = new Date(noon);
    tomorrow.setDate(tomorrow.getDate() + 1);
    expect(back.toDateString()).toBe(tomorrow.toDateString());
  });

  it('that a conversation has already changes nothing and makes no step', () => {
    const { inbox } = threeConversations();
    const input = { conversationIds: ids(1), status: 'open' } as const;
    expect(inbox.call('conversations.setStatus', input)).toEqual({ changed: 0, step: null });
    expect(inbox.call('triage.undo', {})).toEqual({ step: null });
    expect(inbox.events).toEqual([]);
  });

  it.each([
    ['snoozed until now', { status: 'snoozed', snoozedUntil: noon }],
    ['done until later', { status: 'done', snoozedUntil: noon + minuteMs }],
  ] as const)('is refused when it is %s', (_name, input) => {
    const { inbox } = threeConversations();
    expect(() => inbox.call('conversations.setStatus', { conversationIds: ids(1), ...input })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });

  it('is set for all of them or, when one does not exist, for none', () => {
    const { store, inbox } = threeConversations();
    expect(() =>
      inbox.call('conversations.setStatus', { conversationIds: ids(1, 99), status: 'done' }),
    ).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(inbox.list()).toEqual(['c', 'b', 'a']);
    expectConsistent(store);
  });
});

describe('undo', () => {
  it('takes back the newest step, a bulk as one, and redo does it again', () => {
    const { store, inbox } = threeConversations();
    inbox.call('conversations.setUnread', { conversationIds: ids(1), unread: false });
    inbox.call('conversations.setStatus', { conversationIds: ids(1, 2, 3), status: 'done' });

    expect(inbox.call('triage.undo', {})).toEqual({
      step: { stepId: '2', kind: 'done', conversationIds: ['1', '2', '3'] },
    });
    const unread = () =>
      inbox.call('inbox.list', {}).items.map(({ externalId, unread: isUnread }) => [externalId, isUnread]);
    expect(unread()).toEqual([
      ['c', true],
      ['b', true],
      ['a', false],
    ]);
    expect(inbox.call('triage.undo', {}).step?.kind).toBe('read');
    expect(unread().every(([, isUnread]) => isUnread)).toBe(true);
    expect(inbox.call('triage.undo', {}).step).toBeNull();

    expect(inbox.call('triage.redo', {}).step?.kind).toBe('read');
    expect(inbox.call('triage.redo', {}).step?.kind).toBe('done');
    expect(inbox.call('triage.redo', {}).step).toBeNull();
    expect(inbox.list()).toEqual([]);
    expect(inbox.call('triage.undo', {}).step?.kind).toBe('done');
    expect(inbox.list()).toEqual(['c', 'b', 'a']);
    expectConsistent(store);
  });

  it('survives a restart', () => {
    const directory = temporaryDirectory();
    const { store, inbox } = threeConversations(directory);
    inbox.call('conversations.setStatus', { conversationIds: ids(1), status: 'done' });
    inbox.call('conversations.setStatus', { conversationIds: ids(2), status: 'done' });
    inbox.call('triage.undo', {});
    store.close();

    const later = anInbox(aStore(directory));
    expect(later.call('triage.redo', {}).step?.conversationIds).toEqual(['2']);
    expect(later.call('triage.undo', {}).step?.conversationIds).toEqual(['2']);
    expect(later.call('triage.undo', {}).step?.conversationIds).toEqual(['1']);
    expect(later.list()).toEqual(['c', 'b', 'a']);
  });

  it('ends what could be redone with a new action, but not with reading by looking', () => {
    const { inbox } = threeConversations();
    inbox.call('conversations.setStatus', { conversationIds: ids(1), status: 'done' });
    inbox.call('triage.undo', {});
    const looked = { conversationIds: ids(2), unread: false, isUndoable: false } as const;
    expect(inbox.call('conversations.setUnread', looked)).toEqual({ changed: 1, step: null });
    expect(inbox.call('triage.redo', {}).step?.kind).toBe('done');
    inbox.call('triage.undo', {});
    inbox.call('conversations.setStatus', { conversationIds: ids(3), status: 'done' });
    expect(inbox.call('triage.redo', {}).step).toBeNull();
  });

  it('reaches fifty steps back', () => {
    const { store, inbox } = threeConversations();
    for (let step = 0; step < 60; step++) {
      inbox.call('conversations.setUnread', { conversationIds: ids(1), unread: step % 2 === 1 });
    }
    let count = 0;
    while (inbox.call('triage.undo', {}).step !== null) count++;
    expect(count).toBe(50);
    expect(store.get('SELECT count(*) AS n FROM undo_changes')).toEqual({ n: 50 });
  });

  it('does not close or mark as read what came back with something new meanwhile', () => {
    const { store, source, inbox } = threeConversations();
    inbox.call('conversations.setStatus', { conversationIds: ids(1), status: 'done' });
    inbox.call('conversations.setStatus', { conversationIds: ids(2), status: 'done' });
    ingest(store, source, [anItem('a2', { rootKey: 'a' })]);
    expect(inbox.call('triage.undo', {}).step?.conversationIds).toEqual(['2']);
    expect(inbox.call('triage.undo', {}).step).toBeNull();
    expect(inbox.call('inbox.list', {}).items.map(({ externalId, unread }) => [externalId, unread])).toEqual([
      ['a2', true],
      ['c', true],
      ['b', true],
    ]);
    expectConsistent(store);
  });
});

describe('undo of a snooze that has run out', () => {
  it('leaves the conversation where it woke', () => {
    const { store, inbox } = threeConversations();
    const until = noon + minuteMs;
    inbox.call('conversations.setStatus', { conversationIds: ids(1), status: 'done' });
    inbox.call('conversations.setStatus', {
      conversationIds: ids(1),
      status: 'snoozed',
      snoozedUntil: until,
    });
    expect(wakeSnoozed(store, until, 10)).toEqual(['1']);
    expect(inbox.call('triage.undo', {}).step).toBeNull();
    expect(inbox.list()).toEqual(['c', 'b', 'a']);
  });
});

describe('the activity of a conversation', () => {
  it('tells everything that was done, in order, with the step it belongs to', () => {
    const { store, inbox } = threeConversations();
    inbox.call('conversations.setStatus', {
      conversationIds: ids(1),
      status: 'snoozed',
      snoozedUntil: noon + minuteMs,
    });
    inbox.call('triage.undo', {});
    inbox.call('triage.redo', {});
    inbox.call('conversations.setStatus', { conversationIds: ids(1), status: 'open' });
    inbox.call('conversations.setUnread', { conversationIds: ids(1), unread: false });
    expect(store.all('SELECT kind, step_id FROM activity ORDER BY id')).toEqual([
      { kind: 'snoozed', step_id: 1 },
      { kind: 'undone', step_id: 1 },
      { kind: 'redone', step_id: 1 },
      { kind: 'opened', step_id: 2 },
      { kind: 'read', step_id: 3 },
    ]);
  });
});

describe('a snooze', () => {
  it('ends at its time: the conversation is open and unread again', async () => {
    const { store, inbox } = threeConversations();
    const { clock } = inbox;
    inbox.call('conversations.setStatus', {
      conversationIds: ids(1),
      status: 'snoozed',
      snoozedUntil: noon + 10 * minuteMs,
    });
    inbox.call('conversations.setUnread', { conversationIds: ids(1), unread: false });
    const events: EngineEvent[] = [];
    const naps: { ms: number; end: () => void }[] = [];
    const waker = createSnoozeWaker({
      store,
      clock: {
        now: () => clock.now,
        random: () => 0,
        sleep: (ms, signal) =>
          new Promise((resolve) => {
            naps.push({ ms, end: resolve });
            signal?.addEventListener('abort', () => resolve());
          }),
      },
      emit: (event) => events.push(event),
      onError: (error) => {
        throw error;
      },
    });
    const nextNap = async (count: number) => {
      while (naps.length < count) await Promise.resolve();
      return naps[count - 1] as (typeof naps)[number];
    };

    waker.start();
    expect((await nextNap(1)).ms).toBe(30_000);
    clock.advance(10 * minuteMs - 5000);
    naps[0]?.end();
    const last = await nextNap(2);
    expect(last.ms).toBe(5000);
    expect(events).toEqual([]);

    clock.advance(5000);
    last.end();
    await nextNap(3);
    expect(events).toEqual([{ name: 'conversations.changed', conversationIds: ['1'], inserted: 0 }]);
    expect(inbox.call('inbox.list', {}).items.at(-1)).toMatchObject({
      externalId: 'a',
      status: 'open',
      snoozedUntil: null,
      unread: true,
    });
    expectConsistent(store);

    // A shorter snooze than the nap that is under way.
    inbox.call('conversations.setStatus', {
      conversationIds: ids(2),
      status: 'snoozed',
      snoozedUntil: clock.now + 1000,
    });
    waker.poke();
    expect((await nextNap(4)).ms).toBe(1000);
    await waker.stop();
  });
});

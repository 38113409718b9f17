import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createDraftKeeper,
  emptyDraft,
  type LocalDraft,
  saveAfterMs,
} from '../../../../renderer/features/composer/draft-keeper.ts';
import type { ConversationId } from '../../../../shared/model/ids.ts';
import type { Draft } from '../../../../shared/model/reply.ts';

const one = '1' as ConversationId;
const two = '2' as ConversationId;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An engine that keeps drafts, answers when told, and can be broken. */
function anEngine() {
  const stored = new Map<string, LocalDraft>();
  const saves: [string, string][] = [];
  const waiting: (() => void)[] = [];
  const engine = {
    stored,
    saves,
    isSlow: false,
    isBroken: false,
    answer: () => waiting.shift()?.(),
    save: async (conversationId: ConversationId, draft: LocalDraft): Promise<Draft | null> => {
      saves.push([conversationId, draft.text]);
      if (engine.isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
      if (engine.isBroken) throw new Error('no engine');
      stored.set(conversationId, draft);
      return draft.text === '' ? null : { ...draft, attachments: [], conversationId, updatedAt: Date.now() };
    },
  };
  return engine;
}

const written = (text: string): Draft => ({
  ...emptyDraft,
  attachments: [],
  conversationId: one,
  text,
  selectionStart: text.length,
  updatedAt: Date.now() + 1,
});

describe('what is typed', () => {
  it('is saved so long after the last key, once', async () => {
    const engine = anEngine();
    const keeper = createDraftKeeper(engine.save);
    keeper.change(one, { text: 'H' });
    await vi.advanceTimersByTimeAsync(saveAfterMs - 1);
    keeper.change(one, { text: 'Hi' });
    await vi.advanceTimersByTimeAsync(saveAfterMs - 1);
    expect(engine.saves).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(engine.saves).toEqual([['1', 'Hi']]);
    expect(keeper.saveState(one)).toBe('saved');
  });

  it('never reaches another conversation, however fast one moves', async () => {
    const engine = anEngine();
    engine.isSlow = true;
    const keeper = createDraftKeeper(engine.save);
    keeper.change(one, { text: 'for one' });
    keeper.leave(one);
    keeper.change(two, { text: 'for two' });
    keeper.leave(two);
    keeper.change(one, { text: 'for one, more' });
    keeper.leave(one);
    for (let turn = 0; turn < 6; turn += 1) {
      engine.answer();
      await vi.advanceTimersByTimeAsync(saveAfterMs);
    }
    expect(Object.fromEntries([...engine.stored].map(([id, { text }]) => [id, text]))).toEqual({
      1: 'for one, more',
      2: 'for two',
    });
    expect(engine.saves.every(([id, text]) => text.startsWith(id === '1' ? 'for one' : 'for two'))).toBe(
      true,
    );
  });

  it('is saved one at a time, the newest last', async () => {
    const engine = anEngine();
    engine.isSlow = true;
    const keeper = createDraftKeeper(engine.save);
    keeper.change(one, { text: 'a' });
    const first = keeper.flush(one);
    keeper.change(one, { text: 'ab' });
    keeper.change(one, { text: 'abc' });
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(engine.saves).toEqual([['1', 'a']]);
    engine.answer();
    await vi.advanceTimersByTimeAsync(0);
    engine.answer();
    expect(await first).toBe(true);
    expect(engine.saves).toEqual([
      ['1', 'a'],
      ['1', 'abc'],
    ]);
  });

  it('stays here and is tried again while the engine does not take it', async () => {
    const engine = anEngine();
    engine.isBroken = true;
    const keeper = createDraftKeeper(engine.save);
    keeper.change(one, { text: 'kept' });
    expect(await keeper.flush(one)).toBe(false);
    keeper.leave(one);
    await vi.advanceTimersByTimeAsync(0);
    expect([keeper.saveState(one), keeper.get(one)?.text]).toEqual(['failed', 'kept']);
    engine.isBroken = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(engine.stored.get('1')?.text).toBe('kept');
  });

  it('goes nowhere when another workspace is opened: its conversations have the same ids', async () => {
    const engine = anEngine();
    const keeper = createDraftKeeper(engine.save);
    keeper.change(one, { text: 'of the former workspace' });
    keeper.forgetAll();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.saves).toEqual([]);
    expect(keeper.get(one)).toBeUndefined();
  });

  it('is not saved anew after it was sent', async () => {
    const engine = anEngine();
    const keeper = createDraftKeeper(engine.save);
    keeper.change(one, { text: 'sent' });
    await keeper.flush(one);
    keeper.forget(one);
    keeper.leave(one);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.saves).toHaveLength(1);
  });
});

describe('what was sent', () => {
  it('is not brought back by late news of its draft, but a newer draft is', async () => {
    const keeper = createDraftKeeper(anEngine().save);
    keeper.change(one, { text: 'sent' });
    await keeper.flush(one);
    const late = { ...written('sent'), updatedAt: Date.now() };
    keeper.forget(one);
    keeper.adopt(one, late);
    expect([keeper.get(one), keeper.isForgotten(late)]).toEqual([undefined, true]);
    keeper.adopt(one, { ...late, text: 'another', updatedAt: Date.now() + 1 });
    expect(keeper.get(one)?.text).toBe('another');
  });
});

describe('what the engine has', () => {
  it('is shown, cursor and all', () => {
    const keeper = createDraftKeeper(anEngine().save);
    keeper.adopt(one, written('from yesterday'));
    expect(keeper.get(one)).toMatchObject({ text: 'from yesterday', selectionStart: 14 });
  });

  it('never replaces what is being typed', () => {
    const keeper = createDraftKeeper(anEngine().save);
    keeper.change(one, { text: 'typed' });
    keeper.adopt(one, written('older'));
    expect(keeper.get(one)?.text).toBe('typed');
  });

  it('does not bring back an older text when its answer comes late', async () => {
    const keeper = createDraftKeeper(anEngine().save);
    const older = { ...written('older'), updatedAt: Date.now() - 1000 };
    keeper.change(one, { text: 'newer' });
    await keeper.flush(one);
    keeper.adopt(one, older);
    expect(keeper.get(one)?.text).toBe('newer');
  });
});

describe('what is taken back from the outbox', () => {
  const sent: LocalDraft = { ...emptyDraft, text: 'Hello there', selectionStart: 5 };

  it('is there as it was, with its cursor, and saved', async () => {
    const engine = anEngine();
    const keeper = createDraftKeeper(engine.save);
    keeper.restore(one, sent);
    expect(keeper.get(one)).toEqual(sent);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(engine.stored.get('1')).toEqual(sent);
  });

  it('stands in front of what has been begun since', () => {
    const keeper = createDraftKeeper(anEngine().save);
    keeper.change(one, { text: 'Another thought' });
    keeper.restore(one, sent);
    expect(keeper.get(one)).toEqual({ ...sent, text: 'Hello there\n\nAnother thought' });
  });
});

describe('what is typed before the stored draft is known', () => {
  it('is shown, and saved only once it has been joined with what is stored', async () => {
    const engine = anEngine();
    const keeper = createDraftKeeper(engine.save);
    keeper.begin(one, { text: ' and more' });
    expect(keeper.get(one)?.text).toBe(' and more');
    keeper.leave(one);
    await vi.advanceTimersByTimeAsync(saveAfterMs * 2);
    expect(engine.saves).toEqual([]);
    keeper.adopt(one, written('Stored'));
    expect(keeper.get(one)).toMatchObject({ text: 'Stored and more', selectionStart: 15 });
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(engine.saves).toEqual([['1', 'Stored and more']]);
  });

  it('stands alone where nothing was stored', async () => {
    const engine = anEngine();
    const keeper = createDraftKeeper(engine.save);
    keeper.begin(one, { text: 'Hi' });
    keeper.adopt(one, null);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(engine.saves).toEqual([['1', 'Hi']]);
  });

  it('goes on what is already kept here', async () => {
    const engine = anEngine();
    const keeper = createDraftKeeper(engine.save);
    keeper.change(one, { text: 'Kept' });
    keeper.begin(one, { text: 'Kept, changed' });
    keeper.adopt(one, null);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(engine.saves).toEqual([['1', 'Kept, changed']]);
  });
});

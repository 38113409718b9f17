import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  offerSendUndo,
  passSendUndo,
  undoHeldSend,
  undoHeldSendOf,
} from '../../../renderer/state/held-send.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
});

it('takes back what was sent last, once', () => {
  const run = vi.fn();
  offerSendUndo({ replyIds: ['1'], until: Date.now() + 10_000, run });
  expect([undoHeldSend(), undoHeldSend()]).toEqual([true, false]);
  expect(run).toHaveBeenCalledExactlyOnceWith(true);
});

it('leaves the key to what was decided since, and the reply to its own button', () => {
  const run = vi.fn();
  offerSendUndo({ replyIds: ['1'], until: Date.now() + 10_000, run });
  passSendUndo();
  expect(undoHeldSend()).toBe(false);
  expect(undoHeldSendOf('1')).toBe(true);
  // What was decided with it is not the newest step any more.
  expect(run).toHaveBeenCalledExactlyOnceWith(false);
});

it('takes nothing back that has left', () => {
  const run = vi.fn();
  offerSendUndo({ replyIds: ['1'], until: Date.now() + 10_000, run });
  vi.advanceTimersByTime(10_000);
  expect([undoHeldSendOf('1'), undoHeldSend()]).toEqual([false, false]);
  expect(run).not.toHaveBeenCalled();
});

it('knows each of several that are held', () => {
  const first = vi.fn();
  const second = vi.fn();
  offerSendUndo({ replyIds: ['1', '2'], until: Date.now() + 10_000, run: first });
  offerSendUndo({ replyIds: ['3'], until: Date.now() + 10_000, run: second });
  expect(undoHeldSendOf('2')).toBe(true);
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
});

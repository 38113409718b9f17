import { describe, expect, it } from 'vitest';
import { emptyDraft, type LocalDraft } from '../../../../renderer/features/composer/draft-keeper.ts';
import {
  blockerOf,
  blockerWords,
  counterOf,
  counterWords,
  holdSecondsOf,
} from '../../../../renderer/features/composer/sendable.ts';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import type { TextLimit } from '../../../../shared/model/text-limit.ts';

const limit: TextLimit = {
  unit: 'graphemes',
  most: 50,
  mostBytes: null,
  addressCounts: 23,
  isServerOfMentionFree: false,
};
const draft = (text: string): LocalDraft => ({ ...emptyDraft, text });

describe('the counter', () => {
  it.each([
    [29, 'plain', '21 left'],
    [30, 'caution', '20 left'],
    [50, 'caution', '0 left'],
    [51, 'negative', '1 over'],
  ])('says of %i characters: %s, %s', (length, tone, words) => {
    const counter = counterOf('a'.repeat(length), limit);
    expect(counter === null ? null : [counter.tone, counterWords(counter)]).toEqual([tone, words]);
  });

  it('counts as the platform does: a family is one, an address has its own length', () => {
    expect(counterOf('👩‍👩‍👧', limit)?.measure.count).toBe(1);
    expect(counterOf(`https://example.org/${'a'.repeat(200)}`, limit)?.measure.count).toBe(23);
  });

  it('names bytes where bytes are what is over', () => {
    const counter = counterOf('ü'.repeat(20), { ...limit, mostBytes: 30 });
    expect(counter && counterWords(counter)).toBe('10 bytes over');
  });

  it('is not there without a limit', () => {
    expect(counterOf('any', null)).toBeNull();
  });
});

describe('sending', () => {
  const check = (text: string, changes: { isThread?: boolean; hasAccount?: boolean } = {}) =>
    blockerOf(draft(text), {
      counter: counterOf(text, limit),
      isThread: false,
      hasAccount: true,
      ...changes,
    });

  it('is blocked by a prompt that is not filled in, and names it', () => {
    const blocker = check('Your order {?order number} is on its way');
    expect(blocker).toMatchObject({ kind: 'prompt', prompt: { start: 11, end: 26 } });
    expect(blocker && blockerWords(blocker)).toBe('Fill in “order number” first.');
    expect(check('Your order 17 is on its way')).toBeNull();
  });

  it('is blocked by an empty text, an account that is missing and a length that is not split', () => {
    expect(check('  \n ')?.kind).toBe('empty');
    expect(check('Hello', { hasAccount: false })?.kind).toBe('no-account');
    expect(check('a'.repeat(51))?.kind).toBe('too-long');
    expect(check('a'.repeat(51), { isThread: true })).toBeNull();
  });
});

it('holds five seconds at most where people wait', () => {
  const chat = { capabilities: { isChat: true } } as ConnectorInfo;
  const other = { capabilities: { isChat: false } } as ConnectorInfo;
  expect([holdSecondsOf(30, chat), holdSecondsOf(0, chat), holdSecondsOf(30, other)]).toEqual([5, 0, 30]);
});

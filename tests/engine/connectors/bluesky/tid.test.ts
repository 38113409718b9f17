import { describe, expect, it } from 'vitest';
import { tidOfReply, tidOfSubject } from '../../../../electron/engine/connectors/bluesky/tid.ts';

const tid = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;
const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
const at = Date.UTC(2026, 10, 21, 12);
const keys = Array.from({ length: 500 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

/** Epoch milliseconds that a TID says. */
function timeOf(text: string): number {
  const bits = text.split('').reduce((sum, letter) => (sum << 5n) | BigInt(alphabet.indexOf(letter)), 0n);
  return Number(bits >> 10n) / 1000;
}

describe('keys of records', () => {
  it('are TIDs of their moment, the same for the same reply and others for others', () => {
    const made = keys.map((key) => tidOfReply(at, key));
    for (const key of made) {
      expect(key).toMatch(tid);
      // Within the minute before, and never in the future.
      expect(at - timeOf(key)).toBeGreaterThanOrEqual(0);
      expect(at - timeOf(key)).toBeLessThan(68_000);
    }
    expect(keys.map((key) => tidOfReply(at, key))).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(tidOfReply(at + 1, keys[0]!)).not.toBe(made[0]);
  });

  it('are one for each subject, of a time when there was no network', () => {
    const subjects = keys.map((key) => `at://did:plc:a/app.bsky.feed.post/${key}`);
    const made = subjects.map(tidOfSubject);
    for (const key of made) {
      expect(key).toMatch(tid);
      expect(timeOf(key)).toBeLessThan(Date.UTC(2006, 0));
    }
    expect(subjects.map(tidOfSubject)).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('are TIDs at the ends of time', () => {
    for (const time of [-1, 0, 1, Date.UTC(2200, 0)]) expect(tidOfReply(time, 'key')).toMatch(tid);
  });
});

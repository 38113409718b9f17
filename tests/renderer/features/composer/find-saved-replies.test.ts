import { expect, it } from 'vitest';
import { findSavedReplies } from '../../../../renderer/features/composer/find-saved-replies.ts';
import type { SavedReply } from '../../../../shared/model/reply.ts';

const saved = (name: string, folder = '', text = '', usedAt: number | null = null): SavedReply => ({
  savedReplyId: name,
  name,
  folder,
  text,
  updatedAt: 0,
  usedAt,
});
const all = [
  saved('Thank you', '', 'Thanks a lot', 5),
  saved('Refund', 'Money', 'It comes back within 30 days'),
  saved('Late parcel', 'Shipping', 'Sorry', 9),
  saved('Parcel lost', 'Shipping', 'Sorry', 20),
  saved('Café hours', 'Shop', ''),
];
const found = (words: string): string[] => findSavedReplies(all, words).map(({ name }) => name);

it('lists all by folder, the one used last first', () => {
  expect(found('')).toEqual(['Thank you', 'Refund', 'Parcel lost', 'Late parcel', 'Café hours']);
});

it('finds by the beginning of a name, then of a word, then anywhere, then by folder and text', () => {
  expect(found('parcel')).toEqual(['Parcel lost', 'Late parcel']);
  expect(found('shipping')).toEqual(['Parcel lost', 'Late parcel']);
  expect(found('30 days')).toEqual(['Refund']);
});

it('finds without accents, and by letters in order', () => {
  expect(found('cafe')).toEqual(['Café hours']);
  expect(found('rfd')).toEqual(['Refund']);
  expect(found('xyz')).toEqual([]);
});

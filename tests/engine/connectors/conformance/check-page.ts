import { expect } from 'vitest';
import type { IncomingMention, PollPage } from '../../../../electron/engine/connectors/connector.ts';
import { documentSchema } from '../../../../shared/model/document.ts';
import { mentionKindSchema } from '../../../../shared/model/mention.ts';
import type { Play } from './play.ts';

/** What holds for every page of every platform. */
export function checkPage(play: Play, page: PollPage<unknown, unknown>): void {
  for (const item of page.items) checkMention(play, item);
  const stored = JSON.stringify(page);
  for (const secret of play.secrets()) {
    expect(stored.includes(secret), 'a secret stands in what a poll gives').toBe(false);
  }
}

export function checkMention(play: Play, item: IncomingMention): void {
  const platforms = play.platform.connector.info.platforms.map(({ id }) => id);
  expect(platforms, `the platform of ${item.key}`).toContain(item.platform);
  for (const key of [item.key, item.rootKey, ...(item.parentKey === null ? [] : [item.parentKey])]) {
    expect(key.length, `the length of the key ${key}`).toBeGreaterThan(0);
    expect(key.length, `the length of the key ${key}`).toBeLessThan(4_000);
  }
  expect(typeof item.externalId).toBe('string');
  expect(mentionKindSchema.safeParse(item.kind).success, `the kind ${item.kind}`).toBe(true);
  expect(documentSchema.safeParse(item.document).error).toBeUndefined();
  for (const url of [item.url, item.author.url]) {
    if (url !== null) expect(url).toMatch(/^https?:\/\/[^/]+/);
  }
  if (item.publishedAt !== null) expect(Number.isInteger(item.publishedAt)).toBe(true);
  if (item.language !== null) expect(item.language).toMatch(/^[a-z]{2,3}$/);
  if (item.author.key !== null) expect(item.author.key).not.toBe('');
  expect(item.author.name).not.toBe('');
  expect(item.context, 'the context is plain JSON').toEqual(
    item.context === undefined ? undefined : JSON.parse(JSON.stringify(item.context)),
  );
}

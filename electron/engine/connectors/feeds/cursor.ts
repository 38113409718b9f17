import { createHash } from 'node:crypto';
import { z } from 'zod';
import { normalizeUrl } from '../text/normalize-url.ts';

/**
 * Counts changes of what the parser makes of a feed. A feed that did not change is not sent again, so without
 * it a mended parser would never see the items that it used to read wrongly.
 */
const parserVersion = 1;

/** Some servers answer 304 for ever; asking without validators once in a while finds out. */
const validatorsLastMs = 8 * 24 * 3_600_000;

const nullable = z.string().nullable();

export const feedsCursorSchema = z.object({
  /** The address that the rest was learnt from. */
  url: z.string(),
  /** The first address of this feed, a part of every item's key: it stays when the feed moves. */
  feedId: z.string(),
  /** Verbatim, with quotes and W/. */
  etag: nullable,
  lastModified: nullable,
  validatorsAt: z.number().nullable(),
  bodyHash: nullable,
  parserVersion: z.number(),
  redirectCandidate: z.object({ url: z.string(), count: z.number(), firstAt: z.number() }).nullable(),
  /** It gave items once: none at all is then a sign of trouble. */
  hadItems: z.boolean(),
  /** Older pages that are still to be read, of the few that are. */
  archive: z.object({ next: z.string(), left: z.number() }).nullable(),
  /** What the feed itself said about how often to ask. */
  hints: z.object({
    intervalMs: z.number().nullable(),
    skipHours: z.array(z.number()),
    skipDays: z.array(z.number()),
  }),
  /** The last items: key, link, and the key that the item would have by its new id where ids changed. */
  recent: z.array(z.object({ key: z.string(), link: nullable, alias: z.string().optional() })),
});
export type FeedsCursor = z.infer<typeof feedsCursorSchema>;
export type RecentItem = FeedsCursor['recent'][number];

export function newCursor(url: string): FeedsCursor {
  return {
    url,
    feedId: feedIdOf(url),
    etag: null,
    lastModified: null,
    validatorsAt: null,
    bodyHash: null,
    parserVersion,
    redirectCandidate: null,
    hadItems: false,
    archive: null,
    hints: { intervalMs: null, skipHours: [], skipDays: [] },
    recent: [],
  };
}

/** The cursor as it may be used now: what no longer holds is forgotten. */
export function usableCursor(stored: FeedsCursor, url: string, now: number): FeedsCursor {
  const isSameDocument = stored.url === url && stored.parserVersion === parserVersion;
  const isFresh = stored.validatorsAt !== null && now - stored.validatorsAt < validatorsLastMs;
  return {
    ...stored,
    url,
    parserVersion,
    redirectCandidate: stored.url === url ? stored.redirectCandidate : null,
    bodyHash: isSameDocument ? stored.bodyHash : null,
    ...(isSameDocument && isFresh ? {} : { etag: null, lastModified: null, validatorsAt: null }),
  };
}

/** One feed however it is spelt; http and https are the same. */
function feedIdOf(url: string): string {
  return shortHash(normalizeUrl(url).replace(/^https?:\/\//, ''), 16);
}

/** base64url of the beginning of a SHA-256: short in the store, still unique for ever from 20 characters on. */
export function shortHash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length);
}

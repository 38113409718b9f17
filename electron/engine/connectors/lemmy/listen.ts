import { EarshotError } from '../../../../shared/contract/errors.ts';
import { z } from 'zod';
import type { IncomingMention } from '../connector.ts';
import { contextSchema, isGone } from './adapt.ts';
import type { LemmyCall } from './api.ts';
import { type Batch, brokenWarning, type Stream } from './streams.ts';
import { commentAnswerSchema, postAnswerSchema } from './wire.ts';

/** Posts of other servers arrive late, dated when they were written, and people correct what they wrote. */
const overlapMs = 6 * 60 * 60_000;
const firstLookBackMs = 7 * 24 * 60 * 60_000;
/** Of what a stream gave lately, so many are remembered to notice that they are gone. */
const mostRecent = 100;
/** What is missing is asked for by itself, so many at a poll. */
const mostChecks = 5;

const recentSchema = z.object({
  key: z.string(),
  at: z.number().int(),
  id: z.number().int(),
  isComment: z.boolean(),
});
const streamStateSchema = z.object({
  /** When the newest thing seen was written; null: nothing yet. */
  newest: z.number().int().nullable(),
  /** When it was read last, by our clock. */
  readAt: z.number().default(0),
  /** A reading that was not finished: where it goes on, and the newest thing on its first pages. */
  walk: z.object({ at: z.string(), newest: z.number().int().nullable() }).nullish(),
  recent: z.array(recentSchema).default([]),
});
export const cursorSchema = z.object({ streams: z.record(z.string(), streamStateSchema) });
export type LemmyCursor = z.infer<typeof cursorSchema>;
type StreamState = z.infer<typeof streamStateSchema>;
type Recent = z.infer<typeof recentSchema>;

export interface ListenOptions {
  readonly streams: readonly Stream[];
  readonly cursor: LemmyCursor | null;
  readonly now: number;
  /** Requests that may be made; what is left over is read at the next poll. */
  readonly mostRequests: number;
  readonly ask: <Answer>(call: LemmyCall<Answer>) => Promise<Answer>;
  readonly isWanted: (mention: IncomingMention) => boolean;
}

export interface LemmyPage {
  readonly items: readonly IncomingMention[];
  readonly removed: readonly string[];
  readonly cursor: LemmyCursor;
  readonly warning?: EarshotError;
}

const fresh: StreamState = { newest: null, readAt: 0, recent: [] };

/** One stream after the other, the one that was read longest ago first: none waits for ever. */
export async function* listen(options: ListenOptions): AsyncGenerator<LemmyPage> {
  const states = new Map(Object.entries(options.cursor?.streams ?? {}));
  const stateOf = ({ key }: Stream): StreamState => states.get(key) ?? fresh;
  const given = new Set<string>();
  let left = options.mostRequests;
  const cursor = (): LemmyCursor => ({
    streams: Object.fromEntries(options.streams.map((stream) => [stream.key, stateOf(stream)])),
  });

  const behind = [...options.streams].sort((a, b) => stateOf(a).readAt - stateOf(b).readAt);
  for (const stream of behind) {
    const before = stateOf(stream);
    const since = before.newest === null ? options.now - firstLookBackMs : before.newest - overlapMs;
    let isWhole = !before.walk;
    let at = before.walk?.at ?? null;
    let newest = before.walk?.newest ?? null;
    const recent = new Map<string, Recent>();
    for (;;) {
      if (left <= 0) return;
      left -= 1;
      const list = await options.ask(stream.request(at)).catch((error: unknown) => {
        // A place that was kept since the last poll may mean nothing any more, after an update of the server.
        if (isWhole || at !== before.walk?.at || !isNoPlace(error)) throw error;
        return null;
      });
      if (list === null) {
        [at, newest, isWhole] = [null, null, true];
        continue;
      }
      const batch = stream.read(list, at);
      const reading = readBatch(batch, since, before, options, given);
      for (const each of reading.recent) recent.set(each.key, each);
      newest = latest(newest, reading.newest);
      const isDone = batch.next === null || (batch.reaches !== null && batch.reaches < since);
      const removed = [...reading.removed];
      if (isDone) {
        const reached = latest(before.newest, newest);
        const missing = isWhole
          ? before.recent.filter(({ key, at: seenAt }) => seenAt >= since && !recent.has(key))
          : [];
        const checked = missing.filter(({ key }) => !removed.includes(key)).slice(0, mostChecks);
        const gone = await goneOf(checked, options);
        left -= checked.length;
        removed.push(...gone);
        const kept = [...before.recent, ...recent.values()].filter(({ key }) => !removed.includes(key));
        states.set(stream.key, {
          newest: reached,
          readAt: options.now,
          recent: lately(kept, reached),
        });
      } else {
        // Read on from here should it end now.
        const kept = [...before.recent, ...recent.values()].filter(({ key }) => !removed.includes(key));
        states.set(stream.key, {
          newest: before.newest,
          readAt: options.now,
          recent: lately(kept, before.newest),
          walk: { at: batch.next ?? '', newest },
        });
      }
      yield {
        items: reading.items,
        removed,
        cursor: cursor(),
        ...(batch.broken > 0
          ? { warning: brokenWarning(batch.broken, batch.broken + batch.seen.length) }
          : {}),
      };
      if (isDone) break;
      at = batch.next;
    }
  }
}

function isNoPlace(error: unknown): boolean {
  return error instanceof EarshotError && (error.code === 'rejected' || error.code === 'not-found');
}

interface Reading {
  readonly items: IncomingMention[];
  readonly removed: string[];
  readonly recent: Recent[];
  readonly newest: number | null;
}

function readBatch(
  batch: Batch,
  since: number,
  before: StreamState,
  { now, isWanted }: ListenOptions,
  given: Set<string>,
): Reading {
  const reading: { items: IncomingMention[]; removed: string[]; recent: Recent[]; newest: number | null } = {
    items: [],
    removed: [],
    recent: [],
    newest: null,
  };
  for (const { mention, isGone: hasGone, at } of batch.seen) {
    if (at !== null && at < since) continue;
    // A date in the future must not carry the cursor past what is written until then.
    if (at !== null) reading.newest = latest(reading.newest, Math.min(at, now));
    if (hasGone) {
      if (before.recent.some(({ key }) => key === mention.key)) reading.removed.push(mention.key);
      continue;
    }
    if (!isWanted(mention)) continue;
    reading.recent.push(recentOf(mention, at ?? now));
    if (given.has(mention.key)) continue;
    given.add(mention.key);
    reading.items.push(mention);
  }
  return reading;
}

function recentOf(mention: IncomingMention, at: number): Recent {
  const { postId, commentId } = contextSchema.parse(mention.context);
  return { key: mention.key, at, id: commentId ?? postId, isComment: commentId !== null };
}

/** The newest of what lies within the overlap: only these are read again. */
function lately(all: readonly Recent[], newest: number | null): Recent[] {
  const byKey = new Map(all.map((each) => [each.key, each]));
  return [...byKey.values()]
    .filter(({ at }) => newest === null || at >= newest - overlapMs)
    .sort((a, b) => b.at - a.at)
    .slice(0, mostRecent);
}

/** Keys of those that are not there any more. What a search does not find may only have been reworded. */
async function goneOf(missing: readonly Recent[], { ask }: ListenOptions): Promise<string[]> {
  const gone: string[] = [];
  for (const { key, id, isComment } of missing) {
    if (await isGoneNow(id, isComment, ask)) gone.push(key);
  }
  return gone;
}

export async function isGoneNow(id: number, isComment: boolean, ask: ListenOptions['ask']): Promise<boolean> {
  try {
    return isComment
      ? isGone(
          (await ask({ path: '/comment', query: { id }, schema: commentAnswerSchema })).comment_view.comment,
        )
      : isGone((await ask({ path: '/post', query: { id }, schema: postAnswerSchema })).post_view.post);
  } catch (error) {
    if (error instanceof EarshotError && error.code === 'not-found') return true;
    throw error;
  }
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.max(a, b);
}

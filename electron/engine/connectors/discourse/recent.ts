import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention } from '../connector.ts';
import { isShown, postKey, revisionOf } from './adapt.ts';
import { type ForumCall, orNull } from './api.ts';
import { type DiscoursePost, postSchema } from './wire.ts';

/** Null: it is not there (any more). `hidden`: it is, where this account or everybody may not look. */
export async function fetchPost(
  ask: RecentOptions['ask'],
  path: string,
): Promise<DiscoursePost | 'broken' | 'hidden' | null> {
  const raw = await orNull(ask({ path, schema: z.object({}).loose() })).catch((error: unknown) => {
    // One that was moved must not keep the others away.
    if (error instanceof EarshotError && error.code === 'forbidden') return 'hidden' as const;
    throw error;
  });
  if (raw === null || raw === 'hidden') return raw;
  const post = postSchema.safeParse(raw);
  return post.success ? post.data : 'broken';
}

/** Of what was given lately, so much is looked at again for edits and deletions. */
const mostRecent = 100;
const mostChecks = 5;
const watchedMs = 24 * 60 * 60_000;

export const recentSchema = z.object({
  id: z.number().int(),
  key: z.string(),
  revision: z.string(),
  /** When it was given first, and looked at last, by our clock. */
  givenAt: z.number(),
  checkedAt: z.number(),
  isPrivate: z.boolean().optional(),
});
export type Recent = z.infer<typeof recentSchema>;

export interface RecentOptions {
  readonly server: string;
  readonly now: number;
  readonly ask: <Answer>(asked: ForumCall<Answer>) => Promise<Answer>;
}

/** What a source has given lately. `take` says what is worth giving: what is new or has changed. */
export function createRecent(known: readonly Recent[], { server, now, ask }: RecentOptions) {
  const byId = new Map(known.map((each) => [each.id, each]));
  const seen = new Set<number>();
  let removed: string[] = [];

  function take(post: DiscoursePost, isPrivate = false): 'new' | 'changed' | 'same' | 'gone' {
    const before = byId.get(post.id);
    seen.add(post.id);
    if (!isShown(post)) {
      if (before) drop(before);
      return 'gone';
    }
    const revision = revisionOf(post);
    byId.set(post.id, {
      id: post.id,
      key: postKey(server, post.topic_id, post.post_number),
      revision,
      givenAt: before?.givenAt ?? now,
      checkedAt: now,
      ...(isPrivate ? { isPrivate } : {}),
    });
    if (before === undefined) return 'new';
    return before.revision === revision ? 'same' : 'changed';
  }

  function drop({ id, key }: Recent): void {
    byId.delete(id);
    removed.push(key);
  }

  /** Looks again at some that no list has shown at this poll: those that it should have shown first. */
  async function check(
    expectedFrom: number | null,
    mentionOf: (post: DiscoursePost, isPrivate: boolean) => IncomingMention,
  ): Promise<IncomingMention[]> {
    const isExpected = ({ id }: Recent): boolean => expectedFrom !== null && id >= expectedFrom;
    const unseen = [...byId.values()]
      .filter(({ id, givenAt }) => !seen.has(id) && givenAt > now - watchedMs)
      .sort((a, b) => Number(isExpected(b)) - Number(isExpected(a)) || a.checkedAt - b.checkedAt);
    const changed: IncomingMention[] = [];
    for (const each of unseen.slice(0, mostChecks)) {
      const post = await fetchPost(ask, `/posts/${each.id}.json`);
      if (post === 'broken' || post === 'hidden') continue;
      if (post === null) drop(each);
      else if (take(post, each.isPrivate) === 'changed') {
        changed.push(mentionOf(post, each.isPrivate === true));
      }
    }
    return changed;
  }

  return {
    take,
    check,
    /** Keys that went since this was asked last. */
    takeRemoved(): string[] {
      const taken = removed;
      removed = [];
      return taken;
    },
    list: (): Recent[] => [...byId.values()].sort((a, b) => b.id - a.id).slice(0, mostRecent),
  };
}

import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { isGone, readStatuses, statusPath } from './caller.ts';
import type { Listening, MastodonCursor, Page } from './listening.ts';
import { listSchema, statusSchema } from './wire.ts';

/** Lists never tell of edits and deletions: what was given last is asked for again by its ids. */
export const recheckEveryMs = 4 * 60_000;
/** Older servers and some of other kinds cannot be asked for several at once; a newer version may be. */
const tryAgainMs = 24 * 60 * 60_000;
/** Mastodon refuses to give more at once. */
const mostAtOnce = 20;
/** Null: it is not time yet, or the server cannot be asked this way. */
export async function recheck(listening: Listening, cursor: MastodonCursor): Promise<Page | null> {
  const { context, caller } = listening;
  const looked = cursor.recent.slice(0, mostAtOnce);
  const waitMs = cursor.nextRecheckAt - context.now();
  // A clock that was set back must not make it wait for longer than that.
  if (looked.length === 0 || (waitMs > 0 && waitMs <= tryAgainMs)) return null;
  const query = looked.map(({ id }) => ['id[]', id] as const);
  let list: readonly unknown[];
  try {
    list = (await caller.ask({ path: '/api/v1/statuses', query }, listSchema)).data;
  } catch (error) {
    if (!cannotBeAsked(error, caller.isSignedIn)) throw error;
    return { items: [], cursor: { ...cursor, nextRecheckAt: context.now() + tryAgainMs } };
  }
  const { statuses } = readStatuses(list);
  const editedBefore = new Map(looked.map(({ id, editedAt }) => [id, editedAt]));
  const edited = statuses.filter(
    ({ id, edited_at: editedAt }) => editedBefore.has(id) && editedBefore.get(id) !== (editedAt ?? null),
  );
  const given = new Set(list.map((item) => z.object({ id: z.string() }).safeParse(item).data?.id));
  const removed: string[] = [];
  for (const { id, key } of looked) {
    // Left out of a list is not yet deleted; its own page says so for certain.
    if (!given.has(id) && (await isDeleted(listening, id))) removed.push(key);
  }
  const gone = new Set(removed);
  const kept = { ...cursor, recent: cursor.recent.filter(({ key }) => !gone.has(key)) };
  const edits = new Map(edited.map(({ id, edited_at: editedAt }) => [id, editedAt ?? null]));
  return {
    items: await listening.mentionsOf(edited),
    removed,
    cursor: {
      ...kept,
      recent: kept.recent.map((each) => ({ ...each, editedAt: edits.get(each.id) ?? each.editedAt })),
      nextRecheckAt: context.now() + recheckEveryMs,
    },
  };
}

async function isDeleted({ caller }: Listening, id: string): Promise<boolean> {
  try {
    await caller.ask({ path: statusPath(id) }, statusSchema);
    return false;
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    if (isGone(error)) return true;
    if (error.code === 'bad-response' || error.code === 'forbidden') return false;
    throw error;
  }
}

function cannotBeAsked(error: unknown, isSignedIn: boolean): boolean {
  if (!(error instanceof EarshotError)) return false;
  if (['not-found', 'gone', 'rejected', 'forbidden'].includes(error.code)) return true;
  return error.code === 'unauthorized' && !isSignedIn;
}

import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention } from '../connector.ts';
import { parseDate } from '../text/parse-date.ts';
import { htmlToDocument } from '../text/html-to-document.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { postMention } from './adapt.ts';
import type { ForumListening, ForumPage } from './listen-posts.ts';
import { createRecent, fetchPost, recentSchema } from './recent.ts';
import { type DiscoursePost, notificationSchema, notificationsSchema } from './wire.ts';

const perPage = 60;
const mostPages = 5;
const firstLookBackMs = 30 * 24 * 60 * 60_000;
/** Every notification is one request more; what is left over is fetched at the next poll. */
const mostFetched = 15;

const privateMessage = 6;
/** mentioned, replied, quoted, private message, mentioned by way of a group. */
const wanted = new Set([1, 2, 3, privateMessage, 15]);

const pendingSchema = z.object({
  id: z.number().int(),
  topicId: z.number().int(),
  postNumber: z.number().int(),
  title: z.string().nullable(),
  isPrivate: z.boolean(),
});
type Pending = z.infer<typeof pendingSchema>;

export const inboxCursorSchema = z.object({
  /** The newest notification. */
  newest: z.number().int(),
  pending: z.array(pendingSchema).default([]),
  recent: z.array(recentSchema).default([]),
});
export type InboxCursor = z.infer<typeof inboxCursorSchema>;

/** What the forum has told the account of. A notification names a post; the post itself is fetched. */
export async function* listenToInbox(
  options: ForumListening & { readonly cursor: InboxCursor | null },
): AsyncGenerator<ForumPage<InboxCursor>> {
  const { server, ask, cursor: before } = options;
  const recent = createRecent(before?.recent ?? [], options);
  const found = await newNotifications(options, before?.newest ?? 0);
  const newest = Math.max(before?.newest ?? 0, found.newest);
  let pending = [...(before?.pending ?? []), ...found.pending];
  const titles = new Map(pending.map(({ topicId, title }) => [topicId, title]));
  const mentionOf = (post: DiscoursePost, isPrivate: boolean): IncomingMention =>
    postMention(post, { server, title: titles.get(post.topic_id) ?? null, isPrivate });
  const page = (items: readonly IncomingMention[], warning: EarshotError | null = null) => ({
    items,
    removed: recent.takeRemoved(),
    cursor: { newest, pending, recent: recent.list() },
    ...(warning ? { warning } : {}),
  });

  yield page(before === null ? [] : await recent.check(null, mentionOf), found.warning);
  for (const each of pending.slice(0, mostFetched)) {
    const fetched = await fetchPost(ask, `/posts/by_number/${each.topicId}/${each.postNumber}.json`);
    pending = pending.filter((other) => other !== each);
    if (fetched === 'broken') yield page([], brokenPost());
    else if (fetched !== null && fetched !== 'hidden' && recent.take(fetched, each.isPrivate) === 'new') {
      yield page([mentionOf(fetched, each.isPrivate)]);
    } else yield page([]);
  }
}

function brokenPost(): EarshotError {
  return new EarshotError('bad-response', 'A post that the forum told of could not be read.', {
    rejected: 1,
  });
}

async function newNotifications(
  { ask, now }: ForumListening,
  known: number,
): Promise<{ readonly pending: Pending[]; readonly newest: number; readonly warning: EarshotError | null }> {
  const pending: Pending[] = [];
  let newest = 0;
  let broken = 0;
  for (let turn = 0; turn < mostPages; turn += 1) {
    const { notifications } = await ask({
      path: '/notifications.json',
      query: { limit: perPage, offset: turn === 0 ? undefined : turn * perPage },
      schema: notificationsSchema,
    });
    let isKnown = notifications.length < perPage;
    for (const raw of notifications) {
      const told = notificationSchema.safeParse(raw);
      if (!told.success) {
        broken += 1;
        continue;
      }
      const {
        id,
        notification_type: type,
        topic_id: topicId,
        post_number: postNumber,
        fancy_title,
      } = told.data;
      newest = Math.max(newest, id);
      const at = parseDate(told.data.created_at);
      const isTooOld = known === 0 && at !== null && at < now - firstLookBackMs;
      if (id <= known || isTooOld) isKnown = true;
      else if (wanted.has(type) && topicId && postNumber) {
        const title = titleOf(fancy_title);
        pending.push({ id, topicId, postNumber, title, isPrivate: type === privateMessage });
      }
    }
    // Unread ones may stand first, whatever their age: only a page with something known on it is the last one.
    if (isKnown) break;
  }
  const warning =
    broken === 0
      ? null
      : new EarshotError('bad-response', `${broken} notifications could not be read.`, { rejected: broken });
  return { pending, newest, warning };
}

/** It comes as HTML. */
function titleOf(html: string | null | undefined): string | null {
  return documentText(htmlToDocument(html ?? '', null)) || null;
}

import type { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention, PollContext } from '../connector.ts';
import { createQueryFilter } from '../text/query-filter.ts';
import type { XrpcRequest } from './api.ts';
import { searchesOf } from './searches.ts';
import type { BlueskyCursor, BlueskySettings } from './settings.ts';
import {
  feedAnswerSchema,
  notificationSchema,
  notificationsAnswerSchema,
  type Post,
  searchAnswerSchema,
} from './wire.ts';

export const pageLimit = 100;

export type Ask = <Schema extends z.ZodType>(
  request: XrpcRequest,
  schema: Schema,
) => Promise<z.infer<Schema>>;

interface RawPage {
  readonly posts: readonly unknown[];
  readonly cursor: string | undefined;
  /** How far down the page goes, where that is more than its posts say. */
  readonly oldest?: number;
}

/** Something that is read newest first. */
export interface Stream {
  /** Its name in the cursor. */
  readonly key: string;
  /** What its order goes by, epoch milliseconds. */
  orderOf(post: Post): number;
  /** Whether it can be asked for what is older than an instant, so that a long reading goes on at the next poll. */
  readonly canResume: boolean;
  read(window: TimeWindow, cursor: string | undefined): Promise<RawPage>;
  keeps(mention: IncomingMention): boolean;
}

/** Epoch milliseconds by the server's clock; `until` is left out of it. Null: up to now. */
interface TimeWindow {
  readonly from: number;
  readonly until: number | null;
}

type Context = PollContext<BlueskySettings, BlueskyCursor>;

/** What a source of these settings reads. */
export function streamsOf(
  { settings, account, queries }: Context,
  ask: Ask,
): { streams: Stream[]; warning?: EarshotError } {
  if (settings.what === 'author') return { streams: [authorStream(settings.author, ask)] };
  if (account === null) {
    throw new EarshotError('unauthorized', `${accountNeeded[settings.what]} Choose one for this source.`);
  }
  if (settings.what === 'mentions') return { streams: [notificationStream(ask)] };
  if (settings.what === 'tag') {
    const { tag } = settings;
    return { streams: [searchStream(`#${tag}`, { q: `#${tag}`, tag: [tag] }, ask, () => true)] };
  }
  const { texts, unsearchable } = searchesOf(queries);
  const warning = unsearchable > 0 ? { warning: unsearchableFailure(unsearchable) } : {};
  if (queries.length === 0) {
    throw new EarshotError(
      'unsupported',
      'There is nothing to search Bluesky for yet. Add a tracker with a name or a word.',
    );
  }
  if (texts.length === 0 && warning.warning) throw warning.warning;
  const keeps = createQueryFilter(queries);
  return { streams: texts.map((q) => searchStream(q, { q }, ask, keeps)), ...warning };
}

export const accountNeeded = {
  mentions: 'Mentions, replies and quotes are read with the account that they go to.',
  search: 'Bluesky answers searches only to a signed-in account.',
  tag: 'Bluesky answers searches only to a signed-in account.',
} as const;

function unsearchableFailure(count: number): EarshotError {
  return new EarshotError(
    'unsupported',
    `${count === 1 ? 'A tracker names' : `${count} trackers name`} no word that Bluesky could search for. Add a name or a word to every part of the query.`,
    { count },
  );
}

/** Backdated posts stand where they claim to belong; those that claim the future where they were first seen. */
const sortedAt = ({ record, indexedAt }: Post): number =>
  Math.min(Date.parse(indexedAt), record.createdAt ? Date.parse(record.createdAt) : Number.POSITIVE_INFINITY);
const indexedAt = (post: Post): number => Date.parse(post.indexedAt);

function searchStream(
  key: string,
  what: NonNullable<XrpcRequest['params']>,
  ask: Ask,
  keeps: Stream['keeps'],
): Stream {
  return {
    key: `search ${key}`,
    orderOf: sortedAt,
    canResume: true,
    keeps,
    async read({ from, until }, cursor) {
      return await ask(
        {
          nsid: 'app.bsky.feed.searchPosts',
          params: {
            ...what,
            sort: 'latest',
            since: new Date(from).toISOString(),
            ...(until === null ? {} : { until: new Date(until).toISOString() }),
            limit: pageLimit,
            cursor,
          },
        },
        searchAnswerSchema,
      ).then(({ posts, cursor: next }) => ({ posts, cursor: next }));
    },
  };
}

const answerReasons = ['mention', 'reply', 'quote'];

function notificationStream(ask: Ask): Stream {
  return {
    key: 'notifications',
    orderOf: indexedAt,
    canResume: false,
    keeps: () => true,
    async read(_, cursor) {
      const answer = await ask(
        {
          nsid: 'app.bsky.notification.listNotifications',
          params: { reasons: answerReasons, limit: pageLimit, cursor },
        },
        notificationsAnswerSchema,
      );
      // Older servers do not know the parameter and send likes and follows too.
      const posts = answer.notifications.filter((item) =>
        answerReasons.includes(notificationSchema.safeParse(item).data?.reason ?? ''),
      );
      const times = answer.notifications.map((item) =>
        Date.parse(notificationSchema.safeParse(item).data?.indexedAt ?? ''),
      );
      const oldest = Math.min(...times.filter((time) => !Number.isNaN(time)));
      return { posts, cursor: answer.cursor, oldest };
    },
  };
}

function authorStream(actor: string, ask: Ask): Stream {
  return {
    key: `author ${actor}`,
    orderOf: sortedAt,
    canResume: false,
    keeps: () => true,
    async read(_, cursor) {
      const { feed, cursor: next } = await ask(
        {
          nsid: 'app.bsky.feed.getAuthorFeed',
          params: { actor, filter: 'posts_with_replies', limit: pageLimit, cursor },
        },
        feedAnswerSchema,
      );
      // What has a reason was passed on or pinned, not written now.
      const posts = feed
        .filter(({ reason }) => reason === undefined || reason === null)
        .map(({ post }) => post);
      return { posts, cursor: next };
    },
  };
}

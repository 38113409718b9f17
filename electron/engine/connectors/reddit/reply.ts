import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { OutboxContext, PerformAction, ReplySupport, SentReply, ThreadNow } from '../connector.ts';
import { callerOf, type RedditCredentials } from './account.ts';
import { permalinkOf, readThing } from './adapt.ts';
import { placeOf, readApi, type ServerSettings, writeApi } from './api.ts';
import { commentSchema, listingSchema, messageSchema, threadSchema } from './wire.ts';

type Context = OutboxContext<RedditCredentials, ServerSettings>;
const preparedSchema = z.object({ text: z.string().min(1) });
export type RedditPrepared = z.infer<typeof preparedSchema>;

/** Both clocks are read when the answer leaves and comes: they agree within this. */
const clockToleranceMs = 2 * 60_000;

export const redditReply: ReplySupport<RedditCredentials, ServerSettings, RedditPrepared> = {
  preparedSchema,
  look,
  prepare: async ({ reply }) => ({ text: reply.text }),

  async send(context) {
    const { target, prepared } = context;
    const things = await write(context, '/api/comment', {
      api_type: 'json',
      thing_id: target.key,
      text: prepared.text,
    });
    const sent = sentOf(things[0]);
    if (sent !== null) return sent;
    throw new EarshotError('bad-response', 'Reddit took the answer but did not say which one it is.');
  },

  async find(context) {
    const { account, target, prepared, attemptedAt, taken } = context;
    const isMessage = target.key.startsWith('t4_');
    const { body, skewMs } = await read(
      context,
      isMessage ? '/message/sent' : `/user/${encodeURIComponent(account.identity.name)}/comments`,
      { sort: 'new', limit: '100' },
      listingSchema,
    );
    const earliest = attemptedAt + skewMs - clockToleranceMs;
    for (const child of body.data.children) {
      const { data } = (child ?? {}) as { data?: unknown };
      const own = (isMessage ? messageSchema : commentSchema).safeParse(data);
      if (!own.success || taken.has(own.data.name) || own.data.parent_id !== target.key) continue;
      if (!isSameText(own.data.body, prepared.text) || own.data.created_utc * 1000 < earliest) continue;
      return sentOf(child);
    }
    return null;
  },
};

/** Its own post or the message's thread, with what was written around it last. */
async function look(context: Context): Promise<ThreadNow> {
  const { target } = context;
  const { children, isClosed: isThreadClosed } = target.key.startsWith('t4_')
    ? await messages(context)
    : await thread(context);
  const things = children.map(readThing);
  const found = things.find((thing) => thing.state === 'mention' && thing.mention.key === target.key);
  const items = things.flatMap((thing) => (thing.state === 'mention' ? [thing.mention] : []));
  const isClosed = isThreadClosed || (found?.state === 'mention' && found.isClosed);
  const isUnrepliable = found?.state === 'mention' && found.isUnrepliable === true;
  const closed = isClosed
    ? 'The thread is locked or archived: nobody can answer there any more.'
    : isUnrepliable
      ? 'Reddit does not let this account answer there: somebody in the thread may have blocked it.'
      : null;
  return {
    target: found?.state === 'mention' ? found.mention : null,
    items,
    ...(closed === null ? {} : { closed }),
  };
}

async function thread(context: Context): Promise<{ children: unknown[]; isClosed: boolean }> {
  const { target } = context;
  const post = target.rootKey.slice(3);
  const isComment = target.key.startsWith('t1_');
  try {
    const { body } = await read(
      context,
      `/comments/${encodeURIComponent(post)}`,
      {
        sort: 'new',
        limit: '100',
        ...(isComment ? { comment: target.key.slice(3), context: '2' } : {}),
      },
      threadSchema,
    );
    const root = readThing(body[0]?.data.children[0]);
    return {
      children: body.flatMap(({ data }) => flattened(data.children)),
      isClosed: root.state === 'mention' && root.isClosed,
    };
  } catch (error) {
    if (error instanceof EarshotError && (error.code === 'not-found' || error.code === 'gone')) {
      return { children: [], isClosed: false };
    }
    throw error;
  }
}

async function messages(context: Context): Promise<{ children: unknown[]; isClosed: boolean }> {
  const path = `/message/messages/${encodeURIComponent(context.target.rootKey.slice(3))}`;
  const { body } = await read(context, path, {}, listingSchema);
  return { children: flattened(body.data.children), isClosed: false };
}

/** Answers stand inside what they answer: '' or a listing. */
function flattened(children: readonly unknown[], depth = 0): unknown[] {
  if (depth > 50) return [];
  return children.flatMap((child) => {
    const { data } = (child ?? {}) as { data?: { replies?: unknown } };
    const replies = listingSchema.safeParse(data?.replies);
    return [child, ...(replies.success ? flattened(replies.data.data.children, depth + 1) : [])];
  });
}

function sentOf(thing: unknown): SentReply | null {
  const { kind, data } = (thing ?? {}) as { kind?: unknown; data?: unknown };
  if (kind === 't4') {
    const message = messageSchema.safeParse(data);
    if (!message.success) return null;
    return { externalId: message.data.name, key: message.data.name, url: null, context: {} };
  }
  const comment = commentSchema.safeParse(data);
  if (!comment.success) return null;
  const { name, permalink, subreddit } = comment.data;
  return {
    externalId: name,
    key: name,
    url: permalinkOf(permalink ?? ''),
    context: { subreddit: subreddit ?? null },
  };
}

function isSameText(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return plain(a) === plain(b);
}

const acting =
  (
    path: string,
    form: (target: Context['target']) => Readonly<Record<string, string>>,
  ): PerformAction<RedditCredentials, ServerSettings> =>
  async (context) => {
    if (context.target.key.startsWith('t4_') && path !== '/api/block_user') {
      throw new EarshotError(
        'unsupported',
        'Reddit can do that to posts and comments, not to private messages.',
      );
    }
    await write(context, path, form(context.target));
  };

export const redditActions = {
  like: acting('/api/vote', ({ key }) => ({ id: key, dir: '1' })),
  unlike: acting('/api/vote', ({ key }) => ({ id: key, dir: '0' })),
  hide: acting('/api/remove', ({ key }) => ({ id: key, spam: 'false' })),
  unhide: acting('/api/approve', ({ key }) => ({ id: key })),
  delete: acting('/api/del', ({ key }) => ({ id: key })),
  block: acting('/api/block_user', ({ author }) => {
    if (author.key === null) throw new EarshotError('unsupported', 'Reddit does not say who wrote this.');
    return { name: author.name };
  }),
};

function write(
  context: Context,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<readonly unknown[]> {
  const { account } = context;
  return withCredentials(account, (credentials) =>
    writeApi(context, placeOf(account.settings), callerOf(credentials, account.identity.name), path, form),
  );
}

function read<Body>(
  context: Context,
  path: string,
  parameters: Readonly<Record<string, string>>,
  schema: z.ZodType<Body>,
) {
  const { account } = context;
  return withCredentials(account, (credentials) =>
    readApi(
      context,
      placeOf(account.settings),
      callerOf(credentials, account.identity.name),
      path,
      parameters,
      schema,
    ),
  );
}

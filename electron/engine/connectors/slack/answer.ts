import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { measureText } from '../../../../shared/text/count-text.ts';
import type {
  OutboxContext,
  PerformAction,
  ReplySupport,
  ReplyTarget,
  SentReply,
  ThreadNow,
} from '../connector.ts';
import { idOf, isOwn, isWritten, keyOf, mentionOf, namesOf, pageOf, peopleIn, type Self } from './adapt.ts';
import {
  authorityOf,
  isSlack,
  type SlackApi,
  slackApi,
  type SlackCredentials,
  type SlackSettings,
} from './api.ts';
import { notShownYet, postFiles, uploadFiles } from './files.ts';
import { factsOf } from './identity.ts';
import { textLimit } from './info.ts';
import { readPage, readReplies, readThread, type ThreadPages } from './messages.ts';
import { escapeText, unescaped } from './mrkdwn.ts';
import { createPeople } from './people.ts';
import { compareTs, timeOfTs } from './timestamp.ts';
import { channelAnswerSchema, postedSchema, type SlackMessage } from './wire.ts';

type Context = OutboxContext<SlackCredentials, SlackSettings>;

const contextSchema = z.object({
  teamId: z.string(),
  teamName: z.string(),
  teamUrl: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  isPrivate: z.boolean(),
  ts: z.string(),
  threadTs: z.string(),
  named: z.object({
    people: z.record(z.string(), z.string()),
    channels: z.record(z.string(), z.string()),
  }),
});
type Where = z.infer<typeof contextSchema>;

const preparedSchema = z.object({
  channel: z.string(),
  thread_ts: z.string(),
  /** What is answered: ours comes after it. */
  after: z.string(),
  /** Escaped. */
  text: z.string(),
  /** Ids of files that are at Slack and shown to nobody. */
  files: z.array(z.string()).default([]),
});
type Prepared = z.infer<typeof preparedSchema>;

/** Other apps of the workspace can read this: it holds no more than a random id. */
const eventType = 'earshot_reply';
/** For messages that came back without it: how far before our clock's time they may stand. */
const unmarkedMarginMs = 30 * 60_000;
const anything = z.unknown();
const noSuchMessage = ['thread_not_found', 'message_not_found'] as const;
const noSuchChannel = ['channel_not_found', 'not_in_channel'] as const;

export const reply: ReplySupport<SlackCredentials, SlackSettings, Prepared> = {
  preparedSchema,
  reaches({ identity }, target) {
    const where = contextSchema.safeParse(target.context);
    return where.success && identity.externalId.startsWith(`${where.data.teamId}:`);
  },
  look,
  async prepare(context) {
    const where = whereIs(context.target);
    const measure = measureText(context.reply.text, textLimit);
    if (measure.isOver) {
      throw new EarshotError('rejected', `The text is too long: Slack takes ${measure.most} characters.`);
    }
    // Slack would begin a thread under something that nobody sees.
    if ((await messageAt(apiOf(context), where)) === null) {
      throw new EarshotError('not-found', 'This message is not there any more.');
    }
    return {
      channel: where.channelId,
      // A reply's own ts would make a thread that is shown nowhere.
      thread_ts: where.threadTs,
      after: where.ts,
      text: escapeText(context.reply.text),
      files: await uploadFiles(apiOf(context), context.reply.media),
    };
  },
  async send(context) {
    const { prepared, idempotencyKey } = context;
    const { after: _, files, ...message } = prepared;
    if (files.length > 0) return sendFiles(context);
    const posted = await apiOf(context).write(
      'chat.postMessage',
      {
        ...message,
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: eventType, event_payload: { outbox_id: idempotencyKey } },
      },
      postedSchema,
    );
    return sentReply(whereIs(context.target), posted.ts);
  },
  find,
};

export const actions: Readonly<
  Record<'like' | 'unlike' | 'delete', PerformAction<SlackCredentials, SlackSettings>>
> = {
  like: (context) => react(context, 'reactions.add', ['already_reacted']),
  unlike: (context) => react(context, 'reactions.remove', ['no_reaction', ...noSuchMessage]),
  async delete(context) {
    const { channelId, ts } = whereIs(context.target);
    await unlessDone(
      apiOf(context).write('chat.delete', { channel: channelId, ts }, anything),
      noSuchMessage,
    );
  },
};

/** By its files, or by the id that went out in its metadata. */
async function find(context: Parameters<NonNullable<typeof reply.find>>[0]): Promise<SentReply | null> {
  const { prepared, idempotencyKey, taken, attemptedAt } = context;
  const where = whereIs(context.target);
  const self = selfOf(context);
  const { channel, thread_ts, after, files } = prepared;
  const { messages } = await readReplies(apiOf(context), channel, thread_ts, after, {
    include_all_metadata: true,
  });
  const isMarked = (message: SlackMessage): boolean =>
    hasFiles(message, files) ||
    (message.metadata?.event_type === eventType &&
      message.metadata.event_payload['outbox_id'] === idempotencyKey);
  const isUnmarked = (message: SlackMessage): boolean =>
    !message.metadata &&
    isOwn(message, self) &&
    (message.files?.length ?? 0) === 0 &&
    prepared.text !== '' &&
    unescaped(message.text).trim() === unescaped(prepared.text).trim() &&
    timeOfTs(message.ts) > attemptedAt - unmarkedMarginMs &&
    !taken.has(idOf(where, message.ts));
  const found = messages.find(isMarked) ?? messages.find(isUnmarked);
  return found === undefined ? null : sentReply(where, found.ts);
}

function hasFiles(message: SlackMessage, ids: readonly string[]): boolean {
  return (message.files ?? []).some(({ id }) => typeof id === 'string' && ids.includes(id));
}

/** Once Slack has taken them, everything that fails leaves it open whether they arrived. */
async function sendFiles(context: Context & { readonly prepared: Prepared }): Promise<SentReply> {
  const { channel, thread_ts, after, files } = context.prepared;
  await postFiles(apiOf(context), context.prepared);
  let posted: SlackMessage | undefined;
  try {
    const { messages } = await readReplies(apiOf(context), channel, thread_ts, after);
    posted = messages.find((message) => hasFiles(message, files));
  } catch {
    // Nothing that goes wrong in looking may have them sent again.
    throw notShownYet();
  }
  if (posted) return sentReply(whereIs(context.target), posted.ts);
  throw notShownYet();
}

async function react(context: Context, method: string, done: readonly string[]): Promise<void> {
  const { channelId, ts } = whereIs(context.target);
  const body = { channel: channelId, timestamp: ts, name: '+1' };
  await unlessDone(apiOf(context).write(method, body, anything), done);
}

async function unlessDone(doing: Promise<unknown>, done: readonly string[]): Promise<void> {
  try {
    await doing;
  } catch (error) {
    if (!isSlack(error, ...done)) throw error;
  }
}

function apiOf(context: Context): SlackApi {
  return slackApi(context, authorityOf(context.account));
}

function selfOf({ account }: Context): Self {
  return {
    userId: account.identity.externalId.split(':')[1] ?? '',
    botId: factsOf(account.identity).botId,
  };
}

function whereIs({ context }: ReplyTarget): Where {
  const parsed = contextSchema.safeParse(context);
  if (parsed.success) return parsed.data;
  throw new EarshotError('unsupported', 'Earshot does not know in which channel this message stands.');
}

function sentReply(where: Where, ts: string): SentReply {
  return {
    externalId: idOf(where, ts),
    key: keyOf(where, ts),
    url: pageOf(where, ts, where.threadTs),
    context: { ...where, ts, named: { people: {}, channels: {} } },
  };
}

/** Null: it was deleted. */
async function messageAt(api: SlackApi, { channelId, threadTs, ts }: Where): Promise<SlackMessage | null> {
  try {
    const { messages } = await readPage(
      api,
      'conversations.replies',
      { channel: channelId, ts: threadTs, oldest: ts, latest: ts, inclusive: true, limit: 2 },
      null,
    );
    return messages.find((each) => each.ts === ts && each.subtype !== 'tombstone') ?? null;
  } catch (error) {
    if (isSlack(error, ...noSuchMessage)) return null;
    throw error;
  }
}

async function look(context: Context): Promise<ThreadNow> {
  const api = apiOf(context);
  const { target, account } = context;
  const where = whereIs(target);
  const self = selfOf(context);
  let isArchived: boolean;
  let thread: ThreadPages;
  try {
    const { channel } = await api.read(
      'conversations.info',
      { channel: where.channelId },
      channelAnswerSchema,
    );
    isArchived = channel.is_archived === true;
    thread = await readThread(api, where.channelId, where.threadTs, where.ts, { inclusive: true });
  } catch (error) {
    if (isSlack(error, ...noSuchMessage)) return { target: null, items: [] };
    if (!isSlack(error, ...noSuchChannel)) throw error;
    return { target: null, items: [], closed: 'The app is not in this channel any more.' };
  }
  const message = thread.messages.find((each) => each.ts === where.ts && each.subtype !== 'tombstone');
  if (!message) return { target: null, items: [] };
  const written = thread.messages.filter((each) => compareTs(each.ts, where.ts) > 0 && isWritten(each, self));
  const { name, handle, key } = target.author;
  const asked = new Map([[key?.split('/').at(-1) ?? '', { name, handle, at: context.now() }]]);
  const people = createPeople(api, asked, () => context.now());
  const named = new Map(await people.named([message.user ?? '', ...written.flatMap(peopleIn)]));
  named.set(
    self.userId,
    named.get(self.userId) ?? { name: account.identity.name, handle: account.identity.handle },
  );
  const { ts: _, threadTs: __, named: before, ...place } = where;
  const channels = new Map(Object.entries(before.channels));
  const asBefore = { people: new Map(Object.entries(before.people)), channels };
  const asNow = { people: namesOf(named), channels };
  return {
    target: mentionOf(message, place, self, named, asBefore),
    items: written.map((each) => mentionOf(each, place, self, named, asNow)),
    ...(isArchived ? { closed: 'The channel is archived.' } : {}),
  };
}

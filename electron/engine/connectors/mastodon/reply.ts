import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type {
  IncomingMention,
  OutboxContext,
  OutgoingMedia,
  ReplySupport,
  ReplyTarget,
  SentReply,
  ThreadNow,
} from '../connector.ts';
import type { TextLimit } from '../../../../shared/model/text-limit.ts';
import { measureText } from '../../../../shared/text/count-text.ts';
import { defaultTextLimit, factsSchema } from './account.ts';
import {
  asRoot,
  comparableContent,
  comparableText,
  contextSchema,
  type MastodonContext,
  mentionOf,
  sentReplyOf,
  threadUnder,
  visibilityOfReply,
  withMentions,
} from './adapt.ts';
import {
  type Caller,
  callerAs,
  isGone,
  type MastodonCredentials,
  readStatuses,
  statusPath,
} from './caller.ts';
import { uploadMedia } from './media.ts';
import { hostOfServer, type MastodonAccountSettings } from './settings.ts';
import {
  listSchema,
  type MastodonStatus,
  searchSchema,
  sourceSchema,
  statusSchema,
  threadSchema,
} from './wire.ts';

/** Mastodon keeps idempotency keys for an hour. Five minutes of it are for clocks and slow servers. */
const repeatableMs = 55 * 60_000;
const ownPostsPerPage = 40;
const mostOwnPages = 5;
const mostAround = 100;

export const preparedSchema = z.object({
  status: z.string(),
  inReplyToId: z.string(),
  visibility: z.enum(['unlisted', 'private', 'direct']),
  spoilerText: z.string(),
  isSensitive: z.boolean(),
  mediaIds: z.array(z.string()),
  /** Whom it is written to, as the account's server names them. */
  addressed: z.array(z.string()),
  /** The account's newest post before this one: whatever is older cannot be it. Null: there was none. */
  lastOwnId: z.string().nullable(),
});
type Prepared = z.infer<typeof preparedSchema>;
export type Outbox = OutboxContext<MastodonCredentials, MastodonAccountSettings>;

export const replySupport: ReplySupport<MastodonCredentials, MastodonAccountSettings, Prepared> = {
  // Everything public can be fetched by any server; what is private is on those of its readers alone.
  reaches: ({ settings }, target) =>
    !target.isPrivate || contextSchema.safeParse(target.context).data?.server === settings.server,
  preparedSchema,
  look,
  prepare: (context) => prepare(context, context.reply),
  repeatableForMs: ({ identity }) => (factsOf(identity.facts).isVanilla ? repeatableMs : 0),
  send,
  find,
};

function factsOf(facts: unknown): z.infer<typeof factsSchema> {
  const parsed = factsSchema.safeParse(facts);
  if (parsed.success) return parsed.data;
  throw new EarshotError('unauthorized', 'Too little is known of the account. Connect it again.');
}

export function contextOf(target: Pick<ReplyTarget, 'context'>): MastodonContext {
  const parsed = contextSchema.safeParse(target.context);
  if (parsed.success) return parsed.data;
  throw new EarshotError(
    'unsupported',
    'This was stored without what an answer needs. Poll its source again, or answer on its page.',
  );
}

/** The post under the id that it has on the account's own server, which fetches it if need be. Null: gone. */
export async function locate(
  caller: Caller,
  target: Pick<ReplyTarget, 'context'>,
): Promise<MastodonStatus | null> {
  const { server, id, uri, url } = contextOf(target);
  if (server === caller.server) {
    try {
      return (await caller.ask({ path: statusPath(id) }, statusSchema)).data;
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }
  const { data } = await caller.ask(
    {
      path: '/api/v2/search',
      query: [
        ['q', url ?? uri],
        ['type', 'statuses'],
        ['resolve', 'true'],
        ['limit', '1'],
      ],
    },
    searchSchema,
  );
  return readStatuses(data.statuses).statuses.find((status) => status.uri === uri) ?? null;
}

async function look(context: Outbox): Promise<ThreadNow> {
  const caller = callerAs(context, context.account);
  const status = await locate(caller, context.target);
  if (status === null) {
    // What another server has and this one cannot fetch, or what is shown to another account, need not be deleted.
    const isElsewhere = contextOf(context.target).server !== caller.server;
    if (isElsewhere || context.target.isPrivate) throw goneFor(caller, context.target);
    return { target: null, items: [] };
  }
  const { data } = await caller.ask({ path: `${statusPath(status.id)}/context` }, threadSchema);
  const above = readStatuses(data.ancestors).statuses;
  const below = readStatuses(data.descendants).statuses;
  const target = mentionOf(status, caller.server, threadUnder(above, status));
  const rootKey = target.rootKey;
  const all = [...above, status, ...below];
  const byId = new Map(all.map((each) => [each.id, each.uri]));
  const items = all.map((each): IncomingMention => {
    const parentKey = byId.get(each.in_reply_to_id ?? '') ?? null;
    return mentionOf(each, caller.server, each.uri === rootKey ? asRoot(each) : { rootKey, parentKey });
  });
  items.sort((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0));
  return { target, items: items.slice(0, mostAround) };
}

async function prepare(
  context: Outbox,
  reply: { readonly text: string; readonly media: readonly OutgoingMedia[] },
): Promise<Prepared> {
  const caller = callerAs(context, context.account);
  const { identity } = context.account;
  const status = await locate(caller, context.target);
  if (status === null) throw goneFor(caller, context.target);
  const isOwn = status.account.url === identity.authorKey;
  const addressed = isOwn ? (contextOf(context.target).addressed ?? []) : [status.account.acct];
  const visibility = visibilityOfReply(status.visibility);
  const spoilerText = status.spoiler_text ?? '';
  const limit = identity.textLimit ?? defaultTextLimit;
  // Whoever was named in the first part of a thread need not be again, unless only the named can read it.
  const isNamed = isOwn && visibility !== 'direct';
  const text = fitting(reply.text, { addressed, isNamed, spoilerText, limit });
  const [last] = await ownPosts(caller, factsOf(identity.facts).accountId, [['limit', '1']]);
  const mediaIds: string[] = [];
  for (const each of reply.media) mediaIds.push(await uploadMedia(caller, each, context.now()));
  return {
    status: text,
    inReplyToId: status.id,
    visibility,
    spoilerText,
    isSensitive: status.sensitive === true && (status.spoiler_text ?? '') !== '',
    mediaIds,
    addressed,
    lastOwnId: last?.id ?? null,
  };
}

interface Fit {
  readonly addressed: readonly string[];
  readonly isNamed: boolean;
  readonly spoilerText: string;
  readonly limit: TextLimit;
}

/** With the names of whom it is for. Throws `rejected` when it is they that make it too long. */
function fitting(text: string, { addressed, isNamed, spoilerText, limit }: Fit): string {
  const named = withMentions(text, addressed);
  const { isOver, count, most } = measureText(spoilerText + named, limit);
  if (!isOver) return named;
  if (isNamed) return text;
  const names = addressed.map((handle) => `@${handle}`).join(' ');
  const before = [names, ...(spoilerText === '' ? [] : ['the content warning'])].join(' and ');
  throw new EarshotError(
    'rejected',
    `With ${before} in front it has ${count} characters, and the server takes ${most}. Shorten it by ${count - most}.`,
    { count, most },
  );
}

function goneFor({ server }: Caller, target: Pick<ReplyTarget, 'context'>): EarshotError {
  const host = hostOfServer(server);
  return contextOf(target).server === server
    ? new EarshotError(
        'not-found',
        `The post is not on ${host} any more, its author has blocked the account, or it was written to another account.`,
      )
    : new EarshotError(
        'not-found',
        `${host} cannot fetch the post from its own server: it is deleted, or the servers do not talk to each other. Open it and answer there.`,
      );
}

async function send(
  context: Outbox & { readonly prepared: Prepared; readonly idempotencyKey: string },
): Promise<SentReply> {
  const { prepared, idempotencyKey } = context;
  const caller = callerAs(context, context.account);
  const { data } = await caller.ask(
    {
      method: 'POST',
      path: '/api/v1/statuses',
      idempotencyKey,
      json: {
        status: prepared.status,
        in_reply_to_id: prepared.inReplyToId,
        visibility: prepared.visibility,
        ...(prepared.spoilerText === '' ? {} : { spoiler_text: prepared.spoilerText }),
        ...(prepared.isSensitive ? { sensitive: true } : {}),
        ...(prepared.mediaIds.length === 0 ? {} : { media_ids: prepared.mediaIds }),
      },
    },
    statusSchema,
  );
  return sentReplyOf(data, caller.server, prepared.addressed);
}

/** Among the account's own posts since it was prepared: under the same post, with the same text. */
async function find(
  context: Outbox & { readonly prepared: Prepared; readonly taken: ReadonlySet<string> },
): Promise<SentReply | null> {
  const { prepared, taken } = context;
  const caller = callerAs(context, context.account);
  const { accountId } = factsOf(context.account.identity.facts);
  const isSame = async (status: MastodonStatus): Promise<boolean> => {
    if (status.in_reply_to_id !== prepared.inReplyToId || taken.has(status.id)) return false;
    const wanted = comparableText(prepared.status);
    return (
      comparableContent(status) === wanted || comparableText(await writtenText(caller, status)) === wanted
    );
  };
  for await (const status of postsSince(caller, accountId, prepared.lastOwnId)) {
    if (await isSame(status)) return sentReplyOf(status, caller.server, prepared.addressed);
  }
  return null;
}

/** As it was typed: servers that know formatting make more of a text than Mastodon does. '' where they do not say. */
async function writtenText(caller: Caller, { id }: MastodonStatus): Promise<string> {
  try {
    return (await caller.ask({ path: `${statusPath(id)}/source` }, sourceSchema)).data.text;
  } catch (error) {
    const hasNone = error instanceof EarshotError && ['not-found', 'gone', 'forbidden'].includes(error.code);
    if (hasNone) return '';
    throw error;
  }
}

/** The account's own posts after that one, the oldest page first. */
async function* postsSince(
  caller: Caller,
  accountId: string,
  lastOwnId: string | null,
): AsyncGenerator<MastodonStatus> {
  let since = lastOwnId;
  for (let page = 0; page < mostOwnPages; page += 1) {
    const statuses = await ownPosts(caller, accountId, [
      ['limit', String(ownPostsPerPage)],
      ...(since === null ? [] : ([['min_id', since]] as const)),
    ]);
    yield* statuses.toReversed();
    // Without a post to begin from, this was the newest page.
    if (since === null || statuses.length === 0) return;
    since = statuses[0]?.id ?? null;
  }
}

/** The newest first. */
async function ownPosts(
  caller: Caller,
  accountId: string,
  query: readonly (readonly [string, string])[],
): Promise<readonly MastodonStatus[]> {
  const path = `/api/v1/accounts/${encodeURIComponent(accountId)}/statuses`;
  const { data } = await caller.ask({ path, query: [...query, ['exclude_reblogs', 'true']] }, listSchema);
  return readStatuses(data).statuses;
}

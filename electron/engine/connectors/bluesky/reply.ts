import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { TextLimit } from '../../../../shared/model/text-limit.ts';
import { measureText } from '../../../../shared/text/count-text.ts';
import type {
  IncomingMention,
  OutboxContext,
  OutgoingMedia,
  OutgoingReply,
  ReplySupport,
  SentReply,
  ThreadNow,
} from '../connector.ts';
import { mentionOf, pageOfPost, type PostContext, postContextSchema } from './adapt.ts';
import { asAccount, xrpc } from './api.ts';
import { facetsOf, handlesIn } from './facets.ts';
import type { Service } from './service.ts';
import type { BlueskyAccountSettings, BlueskyCredentials } from './settings.ts';
import { tidOfReply } from './tid.ts';
import {
  blobAnswerSchema,
  didAnswerSchema,
  facetSchema,
  type Post,
  postRecordSchema,
  postSchema,
  recordAnswerSchema,
  refSchema,
  threadAnswerSchema,
  threadNodeSchema,
} from './wire.ts';

export const textLimit: TextLimit = {
  unit: 'graphemes',
  most: 300,
  mostBytes: 3_000,
  addressCounts: null,
  isServerOfMentionFree: false,
};
/** Newer servers take two million bytes; all of them take this. */
export const mediaLimit = {
  mostFiles: 4,
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  mostBytes: 1_000_000,
  mostAlt: 2_000,
};
const postCollection = 'app.bsky.feed.post';

const preparedSchema = z.object({
  rkey: z.string(),
  /** To the byte what is sent: the same record at the same place is taken as done already. */
  record: z.object({
    $type: z.literal(postCollection),
    text: z.string(),
    createdAt: z.string(),
    langs: z.array(z.string()).optional(),
    facets: z.array(facetSchema).optional(),
    embed: z.looseObject({ $type: z.string() }).optional(),
    reply: z.object({ root: refSchema, parent: refSchema }),
  }),
});
type Prepared = z.infer<typeof preparedSchema>;
type Context = OutboxContext<BlueskyCredentials, BlueskyAccountSettings>;

export const blueskyReply: ReplySupport<BlueskyCredentials, BlueskyAccountSettings, Prepared> = {
  preparedSchema,
  look: lookAtThread,
  prepare,
  repeatableForMs: () => Number.POSITIVE_INFINITY,
  send,
  find: (context) => asAccount(context, (service) => findSent(service, context, context.prepared)),
};

/** Throws `unsupported` when the mention was stored without what answering needs. */
export function contextOf({ target }: Context): PostContext {
  const parsed = postContextSchema.safeParse(target.context);
  if (parsed.success) return parsed.data;
  throw new EarshotError(
    'unsupported',
    'Earshot does not know enough of this post to answer it. Poll its source again, then try once more.',
  );
}

async function lookAtThread(context: Context): Promise<ThreadNow> {
  const { uri, root } = contextOf(context);
  try {
    const { thread, threadgate } = await asAccount(context, (service) =>
      xrpc(
        service,
        { nsid: 'app.bsky.feed.getPostThread', params: { uri, depth: 6, parentHeight: 10 } },
        threadAnswerSchema,
      ),
    );
    if (thread.notFound === true) return { target: null, items: [] };
    // It is there, and not shown to us: that is no deletion.
    if (thread.blocked === true) throw new EarshotError('rejected', blockedNote);
    const post = postSchema.safeParse(thread.post).data;
    if (post === undefined) {
      throw new EarshotError('bad-response', 'Bluesky gave a thread that Earshot does not understand.');
    }
    const ownDid = context.account.identity.externalId;
    const isOwnRoot = root.uri.startsWith(`at://${ownDid}/`);
    const isLocked = threadgate?.record.allow?.length === 0 && !isOwnRoot;
    const closed = closedNote(post, isLocked);
    return {
      target: mentionOf(post),
      items: itemsOf(thread),
      ...(closed === null ? {} : { closed }),
    };
  } catch (error) {
    if (error instanceof EarshotError && error.code === 'not-found') return { target: null, items: [] };
    throw error;
  }
}

const blockedNote =
  'This account and the author have blocked one another: an answer would be shown to nobody.';

function closedNote({ author, viewer }: Post, isLocked: boolean): string | null {
  const { blockedBy, blocking, blockingByList } = author.viewer ?? {};
  if (blockedBy === true) return 'The author has blocked this account: an answer would be shown to nobody.';
  if (blocking !== undefined || (blockingByList !== undefined && blockingByList !== null)) {
    return 'This account blocks the author: an answer would be shown to nobody.';
  }
  if (viewer?.replyDisabled === true || isLocked) {
    return 'The author lets only some people answer here: Bluesky would take an answer from this account and show it to nobody.';
  }
  return null;
}

const mostItems = 200;

/** Above it and below it; what cannot be read or is hidden from us is left out. */
function itemsOf(thread: z.infer<typeof threadNodeSchema>): IncomingMention[] {
  const found: IncomingMention[] = [];
  const take = (post: unknown): void => {
    const { data } = postSchema.safeParse(post);
    if (data !== undefined) found.push(mentionOf(data));
  };
  let above = threadNodeSchema.safeParse(thread.parent).data;
  for (let height = 0; above !== undefined && height < 80; height++) {
    take(above.post);
    above = threadNodeSchema.safeParse(above.parent).data;
  }
  const waiting: unknown[] = [...(thread.replies ?? [])];
  while (waiting.length > 0 && found.length < mostItems) {
    const node = threadNodeSchema.safeParse(waiting.shift()).data;
    if (node === undefined) continue;
    take(node.post);
    waiting.push(...(node.replies ?? []));
  }
  return found;
}

async function prepare(context: Context & { readonly reply: OutgoingReply }): Promise<Prepared> {
  const { reply } = context;
  const { uri, cid, root, langs } = contextOf(context);
  refuseTooLong(reply.text);
  const dids = await resolveHandles(context, handlesIn(reply.text));
  const facets = facetsOf(reply.text, dids);
  const images = await uploadImages(context, reply.media);
  return {
    rkey: tidOfReply(reply.createdAt, reply.idempotencyKey),
    record: {
      $type: postCollection,
      text: reply.text,
      createdAt: new Date(context.now()).toISOString(),
      // People are answered in their own language.
      ...(langs === undefined ? {} : { langs }),
      ...(facets.length === 0 ? {} : { facets }),
      ...(images.length === 0 ? {} : { embed: { $type: 'app.bsky.embed.images', images } }),
      reply: { root, parent: { uri, cid } },
    },
  };
}

function refuseTooLong(text: string): void {
  const { isOver, unit, count, most } = measureText(text, textLimit);
  if (!isOver) return;
  throw new EarshotError(
    'rejected',
    `The text is too long for Bluesky: it has ${count} ${unit === 'bytes' ? 'bytes' : 'characters'}, and ${most} are the most. Shorten it or split it.`,
  );
}

/** Handles that nobody has stay text. */
async function resolveHandles(context: Context, handles: readonly string[]): Promise<Map<string, string>> {
  const dids = new Map<string, string>();
  for (const handle of handles) {
    try {
      const { did } = await asAccount(context, (service) =>
        xrpc(service, { nsid: 'com.atproto.identity.resolveHandle', params: { handle } }, didAnswerSchema),
      );
      dids.set(handle, did);
    } catch (error) {
      if (!(error instanceof EarshotError) || !['rejected', 'not-found'].includes(error.code)) throw error;
    }
  }
  return dids;
}

async function uploadImages(context: Context, media: readonly OutgoingMedia[]) {
  if (media.length > mediaLimit.mostFiles) {
    throw new EarshotError(
      'rejected',
      `Bluesky takes ${mediaLimit.mostFiles} pictures at most. Remove some.`,
    );
  }
  const images: { alt: string; image: z.infer<typeof blobAnswerSchema>['blob'] }[] = [];
  for (const { name, type, alt, bytes } of media) {
    if (!mediaLimit.types.includes(type)) {
      throw new EarshotError(
        'rejected',
        `Bluesky takes pictures alone, and “${name}” is none that it knows.`,
      );
    }
    if (bytes.length > mediaLimit.mostBytes) {
      throw new EarshotError(
        'rejected',
        `“${name}” is larger than the 1 MB that Bluesky takes. Make it smaller.`,
      );
    }
    const { blob } = await asAccount(context, (service) =>
      xrpc(service, { nsid: 'com.atproto.repo.uploadBlob', input: { type, bytes } }, blobAnswerSchema),
    );
    images.push({ alt, image: blob });
  }
  return images;
}

/** `swapRecord: null`: only where nothing is yet. The very same record is taken as done, anything else is refused. */
async function send(context: Context & { readonly prepared: Prepared }): Promise<SentReply> {
  const { prepared, account } = context;
  return await asAccount(context, async (service) => {
    try {
      const written = await xrpc(
        service,
        {
          nsid: 'com.atproto.repo.putRecord',
          input: {
            json: {
              repo: account.identity.externalId,
              collection: postCollection,
              rkey: prepared.rkey,
              record: prepared.record,
              swapRecord: null,
            },
          },
        },
        refSchema,
      );
      return sentReply(written, prepared);
    } catch (error) {
      if (!(error instanceof EarshotError) || error.code !== 'conflict') throw error;
      // Something is at this place, which only this reply has: an attempt before this one.
      const found = await findSent(service, context, prepared);
      if (found === null) throw error;
      return found;
    }
  });
}

async function findSent(
  service: Service,
  { account }: Context,
  prepared: Prepared,
): Promise<SentReply | null> {
  try {
    const { uri, cid, value } = await xrpc(
      service,
      {
        nsid: 'com.atproto.repo.getRecord',
        params: { repo: account.identity.externalId, collection: postCollection, rkey: prepared.rkey },
      },
      recordAnswerSchema,
    );
    const there = postRecordSchema.safeParse(value).data;
    const { text, reply } = prepared.record;
    const isIt = there?.text === text && there.reply?.parent.uri === reply.parent.uri;
    return isIt ? sentReply({ uri, cid }, prepared) : null;
  } catch (error) {
    if (error instanceof EarshotError && error.code === 'not-found') return null;
    throw error;
  }
}

function sentReply({ uri, cid }: z.infer<typeof refSchema>, { record }: Prepared): SentReply {
  const { reply, langs } = record;
  const context: PostContext = { uri, cid, root: reply.root, ...(langs === undefined ? {} : { langs }) };
  return { externalId: uri, key: uri, url: pageOfPost(uri), context: { ...context } };
}

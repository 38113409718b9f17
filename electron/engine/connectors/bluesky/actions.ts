import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Connector, PerformAction } from '../connector.ts';
import { placeOf } from './adapt.ts';
import { asAccount, xrpc, xrpcVoid } from './api.ts';
import { readPosts } from './poll.ts';
import { contextOf } from './reply.ts';
import type { Service } from './service.ts';
import type { BlueskyAccountSettings, BlueskyCredentials } from './settings.ts';
import { tidOfSubject } from './tid.ts';
import { type Post, postsAnswerSchema, recordAnswerSchema, refSchema } from './wire.ts';

type Perform = PerformAction<BlueskyCredentials, BlueskyAccountSettings>;

const likes = 'app.bsky.feed.like';
const blocks = 'app.bsky.graph.block';
const threadgates = 'app.bsky.feed.threadgate';
const mostHidden = 300;
const mostSwaps = 4;

interface RecordPlace {
  readonly repo: string;
  readonly collection: string;
  readonly rkey: string;
}

export const blueskyActions = {
  like: perform(async (service, { ownDid, uri, createdAt }) => {
    const post = await readPost(service, uri);
    if (post === null) {
      throw new EarshotError('not-found', 'The post is not on Bluesky any more: there is nothing to like.');
    }
    // It may have been liked in the Bluesky app, under another name.
    if (post.viewer?.like !== undefined) return;
    await put(
      service,
      { repo: ownDid, collection: likes, rkey: tidOfSubject(uri) },
      { $type: likes, subject: { uri, cid: post.cid }, createdAt },
    );
  }),

  unlike: perform(async (service, { ownDid, uri }) => {
    const elsewhere = placeOf((await readPost(service, uri))?.viewer?.like ?? '');
    const rkeys = new Set([tidOfSubject(uri), ...(elsewhere?.did === ownDid ? [elsewhere.rkey] : [])]);
    for (const rkey of rkeys) await remove(service, { repo: ownDid, collection: likes, rkey });
  }),

  delete: perform(async (service, { ownDid, uri }) => {
    const place = placeOf(uri);
    if (place?.did !== ownDid) {
      throw new EarshotError('forbidden', 'Only what this account wrote itself can be deleted.');
    }
    await remove(service, { repo: ownDid, collection: place.collection, rkey: place.rkey });
  }),

  hide: perform((service, at) => changeHidden(service, at, (hidden) => [...new Set([...hidden, at.uri])])),
  unhide: perform((service, at) =>
    changeHidden(service, at, (hidden) => hidden.filter((uri) => uri !== at.uri)),
  ),

  mute: perform(async (service, { authorDid }) => {
    await xrpcVoid(service, { nsid: 'app.bsky.graph.muteActor', input: { json: { actor: authorDid } } });
  }),

  block: perform(async (service, { ownDid, authorDid, createdAt }) => {
    await put(
      service,
      { repo: ownDid, collection: blocks, rkey: tidOfSubject(authorDid) },
      { $type: blocks, subject: authorDid, createdAt },
    );
  }),
} satisfies Connector<unknown, unknown, BlueskyCredentials, BlueskyAccountSettings>['actions'];

interface Target {
  readonly ownDid: string;
  readonly uri: string;
  readonly rootUri: string;
  readonly authorDid: string;
  readonly createdAt: string;
}

function perform(act: (service: Service, target: Target) => Promise<void>): Perform {
  return async (context) => {
    const { uri, root } = contextOf(context);
    const authorDid = placeOf(uri)?.did ?? '';
    const target = {
      ownDid: context.account.identity.externalId,
      uri,
      rootUri: root.uri,
      authorDid,
      createdAt: new Date(context.createdAt).toISOString(),
    };
    await asAccount(context, (service) => act(service, target));
  };
}

async function readPost(service: Service, uri: string): Promise<Post | null> {
  const { posts } = await xrpc(
    service,
    { nsid: 'app.bsky.feed.getPosts', params: { uris: [uri] } },
    postsAnswerSchema,
  );
  return readPosts(posts).posts[0] ?? null;
}

async function put(
  service: Service,
  place: RecordPlace,
  record: Readonly<Record<string, unknown>>,
  /** Null: only where nothing is. Left out: whatever is there. */
  swapRecord?: string | null,
): Promise<void> {
  await xrpc(
    service,
    {
      nsid: 'com.atproto.repo.putRecord',
      input: { json: { ...place, record, ...(swapRecord === undefined ? {} : { swapRecord }) } },
    },
    refSchema,
  );
}

/** Done again, or where nothing is, it is answered as done. */
async function remove(service: Service, place: RecordPlace): Promise<void> {
  await xrpcVoid(service, { nsid: 'com.atproto.repo.deleteRecord', input: { json: place } });
}

const gateSchema = z.looseObject({ hiddenReplies: z.array(z.string()).catch([]) });

/** The whole record is replaced, so what it holds is read first, and it is written only if nobody changed it meanwhile. */
async function changeHidden(
  service: Service,
  { ownDid, uri, rootUri, createdAt }: Target,
  change: (hidden: readonly string[]) => string[],
): Promise<void> {
  const root = placeOf(rootUri);
  if (root?.did !== ownDid || uri === rootUri) {
    throw new EarshotError('forbidden', 'Only answers in threads that this account started can be hidden.');
  }
  const place = { repo: ownDid, collection: threadgates, rkey: root.rkey };
  for (let attempt = 1; ; attempt++) {
    const before = await readRecord(service, place);
    const gate = gateSchema.parse(before?.value ?? {});
    const hiddenReplies = change(gate.hiddenReplies);
    if (hiddenReplies.length === gate.hiddenReplies.length) return;
    if (hiddenReplies.length > mostHidden) {
      throw new EarshotError('rejected', `Bluesky hides ${mostHidden} answers of a thread at most.`);
    }
    // Without `allow` everybody may still answer; an empty one would close the thread.
    const record = { $type: threadgates, post: rootUri, createdAt, ...gate, hiddenReplies };
    try {
      await put(service, place, record, before?.cid ?? null);
      return;
    } catch (error) {
      if (!(error instanceof EarshotError) || error.code !== 'conflict' || attempt >= mostSwaps) throw error;
    }
  }
}

async function readRecord(service: Service, { repo, collection, rkey }: RecordPlace) {
  try {
    return await xrpc(
      service,
      { nsid: 'com.atproto.repo.getRecord', params: { repo, collection, rkey } },
      recordAnswerSchema,
    );
  } catch (error) {
    if (error instanceof EarshotError && error.code === 'not-found') return null;
    throw error;
  }
}

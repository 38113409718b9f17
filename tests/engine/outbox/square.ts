import { z } from 'zod';
import type {
  CallContext,
  Connector,
  IncomingMention,
} from '../../../electron/engine/connectors/connector.ts';
import { listensOnly, listensOnlyCapabilities } from '../../../electron/engine/connectors/listens-only.ts';
import { plain } from '../ingest/fixtures.ts';

/** A post on the square, a platform of one page that tests play. */
export interface SquarePost {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  readonly inReplyTo: string | null;
  readonly at: number;
  /** What came with it, one line each; absent: nothing. */
  readonly files?: readonly string[];
}

/** What the square's connector asks of it. Each call fails as a connector's may. */
export interface SquareCalls {
  post(
    context: CallContext,
    post: {
      readonly text: string;
      readonly inReplyTo: string;
      readonly author: string;
      readonly key: string | null;
      readonly files?: readonly string[];
    },
  ): Promise<SquarePost>;
  /** The post and its answers; null: it is gone. */
  thread(context: CallContext, id: string): Promise<{ post: SquarePost | null; answers: SquarePost[] }>;
  act?(context: CallContext, action: string, id: string): Promise<void>;
}

export interface SquareTraits {
  /** Sending the same key again makes no second post, for so long. */
  readonly repeatableForMs?: number;
  readonly canLook?: boolean;
  readonly canFind?: boolean;
  readonly closed?: () => string | undefined;
  readonly isChat?: boolean;
}

export const brandKey = 'brand';

export function squareItem(post: SquarePost, rootKey = post.inReplyTo ?? post.id): IncomingMention {
  return {
    key: post.id,
    externalId: post.id,
    platform: 'square',
    kind: post.inReplyTo === null ? 'post' : 'comment',
    title: null,
    document: plain(post.text),
    url: `https://square.example/${post.id}`,
    author: { key: post.author, name: post.author, handle: post.author, url: null },
    publishedAt: post.at,
    rootKey,
    parentKey: post.inReplyTo,
    conversationTitle: null,
    language: 'en',
    context: { place: post.id },
  };
}

const contextSchema = z.object({ place: z.string() });
const preparedSchema = z.object({ text: z.string(), inReplyTo: z.string() });
type Prepared = z.infer<typeof preparedSchema>;

export function squareConnector(calls: SquareCalls, traits: SquareTraits = {}): Connector {
  const sent = (post: SquarePost) => ({
    externalId: post.id,
    key: post.id,
    url: `https://square.example/${post.id}`,
    context: { place: post.id },
  });
  const connector: Connector<Record<string, never>, null, unknown, unknown, Prepared> = {
    info: {
      id: 'square',
      name: 'Square',
      summary: 'A platform for tests.',
      platforms: [{ id: 'square', name: 'Square' }],
      settings: [],
      ...listensOnly,
      capabilities: {
        ...listensOnlyCapabilities,
        listens: 'follow',
        canReply: true,
        replyNote: null,
        text: {
          unit: 'graphemes',
          most: 300,
          mostBytes: null,
          addressCounts: null,
          isServerOfMentionFree: false,
        },
        media: { mostFiles: 2, types: ['image/png'], mostBytes: 1000, mostAlt: 20 },
        isChat: traits.isChat ?? false,
        actions: [
          { action: 'like', on: ['mention'], note: null },
          { action: 'unlike', on: ['mention'], note: null },
          { action: 'delete', on: ['own-reply'], note: null },
        ],
        minimumIntervalMs: 60_000,
      },
    },
    settingsSchema: z.object({}),
    cursorSchema: z.null(),
    hostOf: () => null,
    describe: () => ({ name: 'Square', url: null }),
    // oxlint-disable-next-line require-yield -- nothing is polled: tests put mentions in
    async *poll() {},
    account: {
      settingsSchema: z.unknown(),
      credentialsSchema: z.unknown(),
      methods: [],
      identify: () => Promise.reject(new Error('nobody signs in here')),
    },
    reply: {
      preparedSchema,
      ...(traits.repeatableForMs === undefined ? {} : { repeatableForMs: () => traits.repeatableForMs ?? 0 }),
      ...(traits.canLook === false
        ? {}
        : {
            async look(context) {
              const { post, answers } = await calls.thread(context, context.target.key);
              const closed = traits.closed?.();
              return {
                target: post === null ? null : squareItem(post, context.target.rootKey),
                items: answers.map((answer) => squareItem(answer, context.target.rootKey)),
                ...(closed === undefined ? {} : { closed }),
              };
            },
          }),
      prepare: async ({ reply, target }) => ({
        text: reply.text,
        inReplyTo: contextSchema.parse(target.context).place,
      }),
      async send(context) {
        const { prepared, idempotencyKey, account, media = [] } = context;
        const key = traits.repeatableForMs === undefined ? null : idempotencyKey;
        const files = media.map(({ name, alt, bytes }) => `${name}: ${alt}, ${bytes.length} bytes`);
        const post = { ...prepared, author: account.identity.authorKey, key };
        return sent(await calls.post(context, files.length === 0 ? post : { ...post, files }));
      },
      ...(traits.canFind === false
        ? {}
        : {
            async find(context) {
              const { prepared, taken, account } = context;
              const { answers } = await calls.thread(context, prepared.inReplyTo);
              const found = answers.find(
                ({ id, text, author }) =>
                  author === account.identity.authorKey && text === prepared.text && !taken.has(id),
              );
              return found ? sent(found) : null;
            },
          }),
    },
    actions: {
      like: (context) => calls.act?.(context, 'like', context.target.key) ?? Promise.resolve(),
      unlike: (context) => calls.act?.(context, 'unlike', context.target.key) ?? Promise.resolve(),
      delete: (context) => calls.act?.(context, 'delete', context.target.key) ?? Promise.resolve(),
    },
  };
  return connector as unknown as Connector;
}

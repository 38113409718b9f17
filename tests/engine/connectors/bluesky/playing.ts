import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { blueskyConnector } from '../../../../electron/engine/connectors/bluesky/connector.ts';
import { mentionOf } from '../../../../electron/engine/connectors/bluesky/adapt.ts';
import type {
  BlueskyCursor,
  BlueskySettings,
} from '../../../../electron/engine/connectors/bluesky/settings.ts';
import { postSchema } from '../../../../electron/engine/connectors/bluesky/wire.ts';
import type {
  AccountSupport,
  CallContext,
  Connector,
  OutboxContext,
  OutgoingReply,
  PollPage,
  ReplySupport,
  ReplyTarget,
  SignedIn,
} from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { accountSession, type TestSession } from '../conformance/account-session.ts';
import { realClock } from '../http/real-clock.ts';
import { type BlueskyStandIn, startBluesky } from './stand-in.ts';

export const connector = blueskyConnector as unknown as Connector & {
  readonly account: Required<AccountSupport>;
  readonly reply: Required<ReplySupport>;
};

export interface Playing {
  readonly standIn: BlueskyStandIn;
  readonly settings: {
    readonly server: string;
    readonly directory: string;
    readonly allowPrivateNetwork: true;
  };
  readonly now: () => number;
  readonly advance: (ms: number) => void;
  readonly call: () => CallContext;
  signIn(entered?: Readonly<Record<string, string>>): Promise<TestSession>;
  sessionOf(signedIn: SignedIn<unknown, unknown>): TestSession;
  poll(
    settings: BlueskySettings,
    more?: { account?: TestSession | null; cursor?: BlueskyCursor | null; queries?: readonly string[] },
  ): Promise<PollPage<unknown, BlueskyCursor>[]>;
}

/** 12:00 UTC. */
const startsAt = Date.UTC(2026, 10, 21, 12);

export async function startPlaying(): Promise<Playing> {
  let now = startsAt;
  const standIn = await startBluesky(() => now);
  onTestFinished(() => standIn.close());
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => http.close());
  const call = (): CallContext => ({ http, now: () => now, signal: new AbortController().signal });
  const settings = {
    server: standIn.url,
    directory: `${standIn.url}/directory`,
    allowPrivateNetwork: true,
  } as const;
  const sessionOf = (signedIn: SignedIn<unknown, unknown>): TestSession =>
    accountSession(connector.account, { ...signedIn, settings }, call());
  return {
    standIn,
    settings,
    now: () => now,
    advance(ms) {
      now += ms;
    },
    call,
    sessionOf,
    async signIn(entered = { identifier: standIn.brand.handle, password: standIn.password }) {
      const method = connector.account.methods.find(({ id }) => id === 'app-password');
      if (method?.kind !== 'enter') throw new Error('No such way.');
      return sessionOf(await method.signIn({ ...call(), settings, entered }));
    },
    async poll(source, { account = null, cursor = null, queries = [] } = {}) {
      const pages: PollPage<unknown, BlueskyCursor>[] = [];
      for await (const page of blueskyConnector.poll({
        ...call(),
        settings: source,
        cursor,
        queries: queries.map(query),
        account,
      })) {
        pages.push(page);
      }
      return pages;
    },
  };
}

export function query(text: string) {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return { text, root: parsed.root };
}

export async function failureOf(attempt: Promise<unknown>): Promise<EarshotError> {
  const failure = await attempt.then(
    (value) => new Error(`It should have failed and gave ${JSON.stringify(value)}.`),
    (error: unknown) => error,
  );
  if (failure instanceof EarshotError) return failure;
  throw failure;
}

/** What stands at an address of the stand-in, as a mention that came back from the store. */
export function targetOf({ standIn }: Playing, uri: string): ReplyTarget {
  const stored = standIn.network.records.get(uri);
  if (!stored) throw new Error('It is not there.');
  const mention = mentionOf(
    postSchema.parse({
      uri,
      cid: stored.cid,
      author: { did: uri.split('/')[2], handle: 'somebody.example.com' },
      record: stored.value,
      indexedAt: new Date(stored.indexedAt).toISOString(),
    }),
  );
  return { ...mention, text: '', isPrivate: false, context: JSON.parse(JSON.stringify(mention.context)) };
}

export function outbox(playing: Playing, account: TestSession, target: ReplyTarget): OutboxContext {
  return { ...playing.call(), account, target };
}

export interface Prepared {
  readonly rkey: string;
  readonly record: Readonly<Record<string, unknown>>;
}

export async function prepare(
  playing: Playing,
  account: TestSession,
  target: ReplyTarget,
  text: string,
  more: Partial<OutgoingReply> = {},
): Promise<Prepared> {
  const reply = { text, media: [], idempotencyKey: randomUUID(), createdAt: playing.now(), ...more };
  return (await connector.reply.prepare({ ...outbox(playing, account, target), reply })) as Prepared;
}

export function send(playing: Playing, account: TestSession, target: ReplyTarget, prepared: Prepared) {
  return connector.reply.send({
    ...outbox(playing, account, target),
    prepared,
    idempotencyKey: randomUUID(),
  });
}

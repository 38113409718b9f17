import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { blueskyConnector } from '../../../electron/engine/connectors/bluesky/connector.ts';
import type { BlueskyCursor, BlueskySettings } from '../../../electron/engine/connectors/bluesky/settings.ts';
import type {
  AccountSupport,
  CallContext,
  Connector,
  IncomingMention,
  OutboxContext,
  OutgoingMedia,
  ReplySupport,
  ReplyTarget,
  SignedIn,
  SignInMethod,
} from '../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../electron/engine/connectors/http/create-http.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { accountSession, type TestSession } from '../../engine/connectors/conformance/account-session.ts';
import { realClock } from '../../engine/connectors/http/real-clock.ts';
import type { Post } from './people.ts';

/** The connector as the engine drives it, without the engine. */
const {
  account: support,
  reply: answering,
  actions,
} = blueskyConnector as unknown as {
  readonly account: Required<AccountSupport>;
  readonly reply: Required<ReplySupport>;
  readonly actions: NonNullable<Connector['actions']>;
};
export const http = createHttp({ version: 'test', clock: realClock });
export const call = (): CallContext => ({
  http,
  now: () => Date.now(),
  signal: new AbortController().signal,
});

export interface ServerSettings {
  readonly server: string;
  readonly directory: string;
  readonly allowPrivateNetwork: boolean;
}

export function sessionOf(signed: SignedIn<unknown, unknown>, settings: ServerSettings): TestSession {
  return accountSession(support, { ...signed, settings: signed.settings ?? settings }, call());
}

export function methodOf<Kind extends 'enter' | 'redirect'>(id: string, kind: Kind) {
  const method = support.methods.find((each) => each.id === id);
  if (method?.kind !== kind) throw new Error(`There is no way ${id}.`);
  return method as Kind extends 'enter'
    ? Extract<SignInMethod<unknown, unknown>, { kind: 'enter' }>
    : Exclude<SignInMethod<unknown, unknown>, { kind: 'enter' }>;
}

function outbox(session: TestSession, target: ReplyTarget): OutboxContext {
  return { ...call(), account: session, target };
}

export async function prepare(
  session: TestSession,
  target: ReplyTarget,
  text: string,
  media: readonly OutgoingMedia[] = [],
): Promise<Prepared> {
  const made = await answering.prepare({
    ...outbox(session, target),
    reply: { text, media, idempotencyKey: randomUUID(), createdAt: Date.now() },
  });
  return answering.preparedSchema.parse(JSON.parse(JSON.stringify(made))) as Prepared;
}
/** What of it is changed here. */
export interface Prepared {
  readonly rkey: string;
  readonly record: { readonly text: string };
}

export function send(session: TestSession, target: ReplyTarget, prepared: Prepared) {
  return answering.send({ ...outbox(session, target), prepared, idempotencyKey: randomUUID() });
}

export async function find(session: TestSession, target: ReplyTarget, prepared: Prepared) {
  const attempt = { idempotencyKey: randomUUID(), attemptedAt: Date.now(), taken: new Set<string>() };
  return await answering.find({ ...outbox(session, target), ...attempt, prepared });
}

export async function look(session: TestSession, target: ReplyTarget) {
  return await answering.look(outbox(session, target));
}

export async function act(
  session: TestSession,
  action: keyof typeof actions,
  target: ReplyTarget,
): Promise<void> {
  const perform = actions[action];
  assert(perform);
  await perform({ ...outbox(session, target), idempotencyKey: randomUUID(), createdAt: Date.now() });
}

const held = (session: TestSession) => ({
  ...call(),
  settings: session.settings,
  credentials: session.held(),
});
export const identify = (session: TestSession) => support.identify(held(session));
export const refresh = (session: TestSession, credentials = session.held()) =>
  support.refresh({ ...held(session), credentials });
export const revoke = (session: TestSession) => support.revoke(held(session));
export const endsAt = (session: TestSession) => support.endsAt(session.held());

/** The network indexes a moment after a write. */
export async function eventually<Result>(attempt: () => Promise<Result | undefined>): Promise<Result> {
  for (let turn = 0; turn < 40; turn += 1) {
    const result = await attempt();
    if (result !== undefined) return result;
    await realClock.sleep(250);
  }
  throw new Error('It did not come within ten seconds.');
}

function poll(session: TestSession | null, settings: BlueskySettings, cursor: BlueskyCursor | null) {
  const parsed = parseQuery('earshot');
  assert(parsed.isValid);
  const queries = [{ text: 'earshot', root: parsed.root }];
  return blueskyConnector.poll({ ...call(), settings, cursor, queries, account: session });
}

/** The mention with this key, once a first poll brings it. */
export async function heard(
  session: TestSession | null,
  settings: BlueskySettings,
  key: string,
): Promise<IncomingMention> {
  return await eventually(async () => {
    for await (const { items } of poll(session, settings, null)) {
      const item = items.find((each) => each.key === key);
      if (item) return item;
    }
    return undefined;
  });
}

export async function cursorAfter(session: TestSession, settings: BlueskySettings): Promise<BlueskyCursor> {
  let last: BlueskyCursor | null = null;
  for await (const { cursor } of poll(session, settings, null)) last = cursor;
  assert(last);
  return last;
}

export async function removedSince(
  session: TestSession,
  settings: BlueskySettings,
  cursor: BlueskyCursor,
): Promise<string[]> {
  const gone: string[] = [];
  for await (const { removed } of poll(session, settings, cursor)) gone.push(...(removed ?? []));
  return gone;
}

export function targetOf({ uri, cid }: Post, root: Post): ReplyTarget {
  return {
    key: uri,
    externalId: uri,
    platform: 'bluesky',
    kind: uri === root.uri ? 'post' : 'comment',
    url: null,
    title: null,
    text: '',
    author: { key: uri.split('/')[2] ?? null, name: 'somebody', handle: null, url: null },
    rootKey: root.uri,
    parentKey: null,
    isPrivate: false,
    context: { uri, cid, root: { uri: root.uri, cid: root.cid }, langs: ['en'] },
  };
}

export async function failureOf(attempt: Promise<unknown>): Promise<EarshotError> {
  const failure = await attempt.then(
    () => new Error('It should have failed.'),
    (error: unknown) => error,
  );
  if (failure instanceof EarshotError) return failure;
  throw failure;
}

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { blueskyConnector } from '../../../electron/engine/connectors/bluesky/connector.ts';
import type { BlueskySettings } from '../../../electron/engine/connectors/bluesky/settings.ts';
import type {
  AccountSupport,
  CallContext,
  IncomingMention,
  OutboxContext,
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
const { account, reply, actions } = blueskyConnector;
assert(account && reply?.find && reply.look && actions && account.refresh);
const support = account as unknown as AccountSupport &
  Required<Pick<AccountSupport, 'refresh' | 'revoke' | 'endsAt'>>;
const answering = reply;
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

function outbox(session: TestSession, target: ReplyTarget): OutboxContext<never, never> {
  return { ...call(), account: session as never, target };
}

export async function prepare(
  session: TestSession,
  target: ReplyTarget,
  text: string,
  media: { name: string; type: string; alt: string; bytes: Uint8Array }[] = [],
) {
  const made = await answering.prepare({
    ...outbox(session, target),
    reply: { text, media, idempotencyKey: randomUUID(), createdAt: Date.now() },
  });
  return answering.preparedSchema.parse(JSON.parse(JSON.stringify(made)));
}
export type Prepared = Awaited<ReturnType<typeof prepare>>;

export function send(session: TestSession, target: ReplyTarget, prepared: Prepared) {
  return answering.send({ ...outbox(session, target), prepared, idempotencyKey: randomUUID() });
}

export async function find(session: TestSession, target: ReplyTarget, prepared: Prepared) {
  assert(answering.find);
  const attempt = { idempotencyKey: randomUUID(), attemptedAt: Date.now(), taken: new Set<string>() };
  return await answering.find({ ...outbox(session, target), ...attempt, prepared });
}

export async function look(session: TestSession, target: ReplyTarget) {
  assert(answering.look);
  return await answering.look(outbox(session, target));
}

export async function act(
  session: TestSession,
  action: keyof NonNullable<typeof actions>,
  target: ReplyTarget,
): Promise<void> {
  const perform = actions?.[action];
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
    if (result !== undefined || turn === 39) return result as Result;
    await realClock.sleep(250);
  }
  throw new Error('It never came.');
}

export async function heard(
  session: TestSession,
  settings: BlueskySettings,
  key: string,
): Promise<IncomingMention> {
  const parsed = parseQuery('earshot');
  assert(parsed.isValid);
  const found = await eventually(async () => {
    for await (const page of blueskyConnector.poll({
      ...call(),
      settings,
      cursor: null,
      queries: [{ text: 'earshot', root: parsed.root }],
      account: session,
    })) {
      const item = page.items.find((each) => each.key === key);
      if (item) return item;
    }
    return undefined;
  });
  assert(found, 'It was not brought.');
  return found;
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

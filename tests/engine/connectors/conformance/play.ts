import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import type {
  AccountSupport,
  CallContext,
  IncomingMention,
  OutgoingReply,
  ReplySupport,
  ReplyTarget,
  SentReply,
} from '../../../../electron/engine/connectors/connector.ts';
import type { Http } from '../../../../electron/engine/ports/http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { realClock } from '../http/real-clock.ts';
import { accountSession, type TestSession } from './account-session.ts';
import { checkPage } from './check-page.ts';
import type { ConformancePlatform, PlayedSource, StandIn } from './stand-in.ts';

/** 12:00 UTC. */
const startsAt = Date.UTC(2026, 10, 21, 12);
const patienceMs = 5_000;

export interface Polled {
  readonly items: readonly IncomingMention[];
  readonly removed: readonly string[];
  readonly warnings: readonly EarshotError[];
}

/** A source that is polled again and again, its cursor kept page by page as the engine does. */
export interface Listener {
  /** `onPage` is called when a page has been stored, before the next one is asked for. */
  poll(onPage?: (count: number) => void): Promise<Polled>;
  /** Polls until nothing comes that was not known; every item by key, as it came last. */
  pollAll(): Promise<Map<string, IncomingMention>>;
  /** Keys that were said to be gone, also by polls that failed later. */
  readonly gone: Set<string>;
  /** Everything so far, by key. */
  readonly known: Map<string, IncomingMention>;
}

export interface Play {
  readonly platform: ConformancePlatform;
  readonly standIn: StandIn;
  /** Null where the platform has no accounts. */
  readonly account: TestSession | null;
  now(): number;
  advance(ms: number): void;
  /** Somebody writes, a second after whatever was last: `text` with the word that is listened for. */
  publish(text: string, more?: Omit<Parameters<StandIn['publish']>[0], 'text'>): string;
  listener(source?: PlayedSource): Listener;
  /** What the platform is asked with: give it to functions of the connector. */
  call(): CallContext;
  /** The client gives up after this from now on. */
  setPatience(ms: number): void;
  secrets(): readonly string[];
}

/** One platform and one user of it, gone when the test ends. */
export async function startPlay(platform: ConformancePlatform): Promise<Play> {
  let now = startsAt;
  let timeoutMs = patienceMs;
  const standIn = await platform.start(() => now);
  onTestFinished(() => standIn.close());
  const clock = { ...realClock, now: () => now };
  const inner = createHttp({ version: '0', clock });
  onTestFinished(() => inner.close());
  const http: Http = {
    send: (request) => inner.send({ ...request, timeoutMs }),
    close: () => inner.close(),
  };
  const call = (): CallContext => ({ http, now: () => now, signal: new AbortController().signal });
  const account = await signIn(platform, standIn, call());

  const play: Play = {
    platform,
    standIn,
    account,
    now: () => now,
    advance(ms) {
      now += ms;
    },
    publish(text, more = {}) {
      now += 1_000;
      return standIn.publish({ text: `${text} about earshot`, ...more });
    },
    listener: (source = platform.source(standIn)) => createListener(play, source),
    call,
    setPatience(ms) {
      timeoutMs = ms;
    },
    secrets: () => (account === null ? [] : secretsOf(platform, account.held())),
  };
  return play;
}

async function signIn(
  platform: ConformancePlatform,
  standIn: StandIn,
  call: CallContext,
): Promise<TestSession | null> {
  const given = platform.account(standIn);
  const support = platform.connector.account as AccountSupport | undefined;
  if (given === null || !support) return null;
  const settings = support.settingsSchema.parse(given.settings);
  if (given.credentials !== undefined) {
    const credentials = support.credentialsSchema.parse(given.credentials);
    const identity = await support.identify({ ...call, settings, credentials });
    return accountSession(support, { identity, credentials, settings }, call);
  }
  const method = support.methods.find(({ id }) => id === given.way) ?? support.methods[0];
  if (method?.kind !== 'enter') throw new Error('The suite signs in by a way of kind "enter" only.');
  const signedIn = await method.signIn({ ...call, settings, entered: given.entered ?? {} });
  return accountSession(support, { ...signedIn, settings: signedIn.settings ?? settings }, call);
}

function createListener(play: Play, source: PlayedSource): Listener {
  const { connector } = play.platform;
  const settings = connector.settingsSchema.parse(source.settings);
  const known = new Map<string, IncomingMention>();
  const gone = new Set<string>();
  let cursor: unknown = null;

  async function poll(onPage?: (count: number) => void): Promise<Polled> {
    const items: IncomingMention[] = [];
    const removed: string[] = [];
    const warnings: EarshotError[] = [];
    let pages = 0;
    for await (const page of connector.poll({
      ...play.call(),
      settings,
      cursor,
      queries: [query],
      account: source.usesAccount ? play.account : null,
    })) {
      checkPage(play, page);
      // Stored as JSON, and parsed when it comes back.
      cursor = connector.cursorSchema.parse(JSON.parse(JSON.stringify(page.cursor)));
      items.push(...page.items);
      removed.push(...(page.removed ?? []));
      for (const key of page.removed ?? []) gone.add(key);
      if (page.warning) warnings.push(page.warning);
      for (const item of page.items) known.set(item.key, item);
      pages += 1;
      onPage?.(pages);
    }
    return { items, removed, warnings };
  }

  return {
    known,
    gone,
    poll,
    async pollAll() {
      for (let turn = 0; turn < 20; turn += 1) {
        const before = known.size;
        await poll();
        if (known.size === before && turn > 0) return known;
        play.advance(60_000);
      }
      throw new Error('It brings something new at every poll and comes to no end.');
    },
  };
}

const query = ((text: string) => {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return { text, root: parsed.root };
})('earshot');

/** The EarshotError that it fails with, checked for secrets. Anything else fails the test. */
export async function failureOf(play: Play, attempt: Promise<unknown>): Promise<EarshotError> {
  const failure = await attempt.then(
    (value) => new Error(`It should have failed and gave ${JSON.stringify(value)}.`),
    (error: unknown) => error,
  );
  if (!(failure instanceof EarshotError)) throw failure;
  const told = inspect(failure, { depth: 6 }) + JSON.stringify(failure.toFailure());
  for (const secret of play.secrets()) {
    if (told.includes(secret)) throw new Error(`A secret stands in a failure: ${failure.message}`);
  }
  return failure;
}

function secretsOf(platform: ConformancePlatform, credentials: unknown): readonly string[] {
  if (platform.secretsOf) return platform.secretsOf(credentials);
  const found: string[] = [];
  JSON.stringify(credentials, (_key, value: unknown) => {
    if (typeof value === 'string' && value.length >= 12 && !/^https?:/.test(value)) found.push(value);
    return value;
  });
  return found;
}

export function textOf(mention: Pick<IncomingMention, 'document' | 'title'>): string {
  return [mention.title ?? '', documentText(mention.document)].join('\n');
}

/** A mention as it comes back from the store to be answered. */
export function targetOf(mention: IncomingMention): ReplyTarget {
  const { key, externalId, platform, kind, url, title, author, rootKey, parentKey } = mention;
  return {
    key,
    externalId,
    platform,
    kind,
    url,
    title,
    text: documentText(mention.document),
    author,
    rootKey,
    parentKey,
    isPrivate: mention.isPrivate ?? false,
    context: mention.context === undefined ? null : JSON.parse(JSON.stringify(mention.context)),
  };
}

/** Our own reply as what the next part of a thread answers. */
export function targetOfSent(play: Play, sent: SentReply, before: ReplyTarget, text: string): ReplyTarget {
  const identity = account(play).identity;
  return {
    ...before,
    key: sent.key,
    externalId: sent.externalId,
    url: sent.url,
    title: null,
    text,
    author: {
      key: identity.authorKey,
      name: identity.name,
      handle: identity.handle,
      url: identity.url,
    },
    parentKey: before.key,
    context: sent.context === undefined ? null : JSON.parse(JSON.stringify(sent.context)),
  };
}

export function account(play: Play): TestSession {
  if (play.account === null) throw new Error('The platform gives no account.');
  return play.account;
}

export function replySupport(play: Play): ReplySupport {
  const reply = play.platform.connector.reply as ReplySupport | undefined;
  if (!reply) throw new Error('The connector cannot reply.');
  return reply;
}

/** One reply on its way, as the outbox takes it there: prepared once, attempted as often as told. */
export interface Attempt {
  readonly prepared: unknown;
  readonly attemptedAt: number;
  send(): Promise<SentReply>;
  find(taken?: ReadonlySet<string>): Promise<SentReply | null>;
}

let uuids = 0;

export async function prepareReply(
  play: Play,
  target: ReplyTarget,
  text: string,
  more: Partial<OutgoingReply> = {},
): Promise<Attempt> {
  const support = replySupport(play);
  uuids += 1;
  const idempotencyKey = `00000000-0000-4000-8000-${String(uuids).padStart(12, '0')}`;
  const context = { ...play.call(), account: account(play), target };
  const made = await support.prepare({
    ...context,
    reply: { text, media: [], idempotencyKey, createdAt: play.now(), ...more },
  });
  const kept = JSON.stringify(made);
  for (const secret of play.secrets()) {
    if (kept.includes(secret)) throw new Error('A secret stands in what is stored before sending.');
  }
  const prepared = support.preparedSchema.parse(JSON.parse(kept));
  const attemptedAt = play.now();
  return {
    prepared,
    attemptedAt,
    send: () => support.send({ ...context, prepared, idempotencyKey, media: more.media ?? [] }),
    async find(taken = new Set()) {
      if (!support.find) throw new Error('The connector cannot look for a reply.');
      return support.find({ ...context, prepared, idempotencyKey, attemptedAt, taken });
    },
  };
}

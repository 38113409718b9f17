import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { ReplyTarget, SignedIn } from '../../../electron/engine/connectors/connector.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import { documentText } from '../../../shared/text/document-text.ts';
import type { TestSession } from '../../engine/connectors/conformance/account-session.ts';
import { consent } from './consent.ts';
import {
  act,
  call,
  cursorAfter,
  endsAt,
  eventually,
  failureOf,
  find,
  heard,
  http,
  identify,
  look,
  methodOf,
  prepare,
  refresh,
  removedSince,
  revoke,
  send,
  type ServerSettings,
  sessionOf,
  targetOf,
} from './driving.ts';
import { createPeople, expiredTwin, type Person } from './people.ts';
import { installServers, type Network, startNetwork } from './servers.ts';

/**
 * `npm run test:bluesky`: the connector against the servers that Bluesky itself is made of, on this computer. Nothing
 * of it belongs to the project's dependencies; it is installed into a folder of its own. With Postgres and Redis on this
 * machine the whole network runs, without them one PDS, and what only the rest of the network answers is left out.
 */
/** A picture of one pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const counts = { passed: 0, failed: 0, skipped: 0 };

let folder: string;
try {
  folder = installServers();
} catch (error) {
  console.error(`${(error as Error).message}\n\nNOT RUN: the servers cannot be installed here.`);
  process.exit(1);
}
const network = await startNetwork(folder);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void network.close().finally(() => process.exit(130)));
}
console.log(
  network.isWhole
    ? 'The whole network runs: directory, PDS and AppView.'
    : 'A directory and a PDS run. Without Postgres (initdb, pg_ctl) and redis-server on the path there is no AppView: listening, looking and liking are SKIPPED.',
);
try {
  await play(network);
} finally {
  await http.close();
  await network.close();
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function play({ isWhole, pds, appView, directory, adminPassword, jwtSecret }: Network): Promise<void> {
  const people = createPeople(pds, adminPassword);
  const settings: ServerSettings = { server: pds, directory, allowPrivateNetwork: true };
  const brand = await people.join('brandname');
  const fan = await people.join('fanname');
  const session = await signedIn('signs in by app password', settings, async () => {
    const method = methodOf('app-password', 'enter');
    const password = await people.createAppPassword(brand);
    const entered = { identifier: `@${brand.handle}`, password };
    const done = await method.signIn({ ...call(), settings, entered });
    assert.equal(done.identity.externalId, brand.did);
    assert.equal(done.identity.handle, brand.handle);
    return done;
  });

  await step('says what is wrong with a wrong password', async () => {
    const entered = { identifier: brand.handle, password: 'xxxx-xxxx-xxxx-xxxx' };
    const refused = methodOf('app-password', 'enter').signIn({ ...call(), settings, entered });
    assert.equal((await failureOf(refused)).code, 'unauthorized');
  });

  const text = `Is @${brand.handle} any good? I hear nothing in earshot`;
  const question = await people.write(fan, { text, facets: [mentionFacet(text, brand)] });
  const target = targetOf(question, question);
  await whole(
    isWhole,
    'hears of a mention by its notification and by a search, as one and the same',
    async () => {
      const byNotification = await heard(session, { what: 'mentions' }, question.uri);
      const bySearch = await heard(session, { what: 'search' }, question.uri);
      assert.deepEqual(byNotification, bySearch);
      assert.equal(documentText(byNotification.document), text);
      assert.deepEqual(byNotification.context, target.context);
    },
  );
  await whole(isWhole, 'looks at the thread before answering', async () => {
    const now = await look(session, target);
    assert.equal(now.target?.key, question.uri);
    assert.equal(now.closed, undefined);
  });

  const answer = `Grüße @${fan.handle} 👋🏽 — see https://example.com/help?a=1#b and #earshot. @nobody.test is nobody`;
  const media = [{ name: 'dot.png', type: 'image/png', alt: 'One dot', bytes: picture }];
  const prepared = await prepare(session, target, answer, media);
  let sentUri = '';
  await step('answers with facets in bytes and a picture with its description', async () => {
    const sent = await send(session, target, prepared);
    sentUri = sent.externalId;
    const record = await people.readRecord(sentUri);
    assert.equal(record?.['text'], answer);
    assert.deepEqual(record['reply'], { root: question, parent: question });
    const cut = (record['facets'] as ReturnType<typeof facet>[]).map(({ index, features }) => [
      Buffer.from(answer).subarray(index.byteStart, index.byteEnd).toString(),
      features[0]?.['$type']?.split('#')[1],
    ]);
    assert.deepEqual(cut, [
      [`@${fan.handle}`, 'mention'],
      ['https://example.com/help?a=1#b', 'link'],
      ['#earshot', 'tag'],
    ]);
    assert.match(JSON.stringify(record['embed']), /"alt":"One dot"/);
  });
  await step('sends the same again, and it is there once', async () => {
    assert.equal((await send(session, target, prepared)).externalId, sentUri);
    assert.equal(await people.countRecords(brand.did, 'app.bsky.feed.post'), 1);
    const other = { ...prepared, record: { ...prepared.record, text: 'Something else' } };
    assert.equal((await failureOf(send(session, target, other))).code, 'conflict');
    assert.equal((await people.readRecord(sentUri))?.['text'], answer);
  });
  await step('finds what was sent, and nothing that was not', async () => {
    assert.equal((await find(session, target, prepared))?.externalId, sentUri);
    const never = await prepare(session, target, 'Never sent');
    assert.equal(await find(session, target, never), null);
  });
  await step('is told that a text is too long, in words', async () => {
    const long = { ...(await prepare(session, target, 'short')), rkey: '3aaaaaaaaaaa2' };
    const failure = await failureOf(
      send(session, target, { ...long, record: { ...long.record, text: 'x'.repeat(301) } }),
    );
    assert.equal(failure.code, 'rejected');
    assert.match(failure.message, /300 characters/);
  });
  await whole(isWhole, 'sees its own answer in the thread', async () => {
    const own = await eventually(async () =>
      (await look(session, target)).items.find(({ key }) => key === sentUri),
    );
    assert.equal(own.author.key, brand.did);
    assert.equal(own.parentKey, question.uri);
  });
  await whole(isWhole, 'likes once however often, and takes it back', async () => {
    await act(session, 'like', target);
    await act(session, 'like', target);
    assert.equal(await people.countRecords(brand.did, 'app.bsky.feed.like'), 1);
    await act(session, 'unlike', target);
    await act(session, 'unlike', target);
    assert.equal(await people.countRecords(brand.did, 'app.bsky.feed.like'), 0);
  });
  await step('hides an answer in a thread of its own, and shows it again', async () => {
    const opening = await people.write(brand, { text: 'Good morning' });
    const rude = await people.write(fan, { text: 'Rude', reply: { root: opening, parent: opening } });
    const below = targetOf(rude, opening);
    const gate = opening.uri.replace('feed.post', 'feed.threadgate');
    await act(session, 'hide', below);
    await act(session, 'hide', below);
    assert.deepEqual((await people.readRecord(gate))?.['hiddenReplies'], [rude.uri]);
    await act(session, 'unhide', below);
    assert.deepEqual((await people.readRecord(gate))?.['hiddenReplies'], []);
    assert.equal((await people.readRecord(gate))?.['allow'], undefined);
  });
  await step('blocks an author once', async () => {
    const nuisance = await people.join('nuisance');
    const post = await people.write(nuisance, { text: 'Buy now' });
    await act(session, 'block', targetOf(post, post));
    await act(session, 'block', targetOf(post, post));
    assert.equal(await people.countRecords(brand.did, 'app.bsky.graph.block'), 1);
  });
  await step('deletes its answer, also twice', async () => {
    const own = targetOf({ uri: sentUri, cid: 'any' }, question);
    await act(session, 'delete', own);
    assert.equal(await people.readRecord(sentUri), null);
    await act(session, 'delete', own);
  });

  await whole(isWhole, 'sees that the author lets nobody answer', async () => {
    const closed = await people.write(fan, { text: 'Not for you' });
    await people.lock(fan, closed);
    const note = await eventually(async () => (await look(session, targetOf(closed, closed))).closed);
    assert.match(note, /lets only some people answer/);
  });
  await whole(isWhole, 'hears an author without signing in, and a tag', async () => {
    const text = 'A #quietday';
    const facets = [tagFacet(text, '#quietday')];
    const { uri } = await people.write(fan, { text, facets });
    const author = {
      what: 'author',
      author: fan.handle,
      apiUrl: appView,
      allowPrivateNetwork: true,
    } as const;
    assert.equal((await heard(null, author, uri)).author.key, fan.did);
    assert.equal((await heard(session, { what: 'tag', tag: 'quietday' }, uri)).key, uri);
  });
  await whole(isWhole, 'notices that a post was deleted', async () => {
    const short = await people.write(fan, { text: 'Gone soon from earshot' });
    await heard(session, { what: 'search' }, short.uri);
    const cursor = await cursorAfter(session, { what: 'search' });
    await people.remove(fan, short);
    await eventually(async () =>
      (await look(session, targetOf(short, short))).target === null ? true : undefined,
    );
    assert.deepEqual(await removedSince(session, { what: 'search' }, cursor), [short.uri]);
  });

  await step('renews a session that has expired, and goes on', async () => {
    const held = session.held() as { kind: 'password'; accessJwt: string };
    const aged = { ...held, accessJwt: expiredTwin(held.accessJwt, jwtSecret) };
    const old = sessionOf({ identity: session.identity, credentials: aged }, settings);
    const failure = await failureOf(identify(old));
    assert.deepEqual([failure.code, failure.details['error']], ['unauthorized', 'ExpiredToken']);
    await send(old, target, await prepare(old, target, 'After renewing'));
    assert.equal(old.renewals(), 1);
  });
  await step('may lose the answer to a renewal: the old token gives the same successor', async () => {
    const [first, second] = [await refresh(session), await refresh(session)];
    const jti = (credentials: unknown): unknown => {
      const token = (credentials as { refreshJwt: string }).refreshJwt.split('.')[1] ?? '';
      return (JSON.parse(Buffer.from(token, 'base64url').toString()) as { jti: string }).jti;
    };
    assert.equal(jti(first), jti(second));
  });
  await step('is told that the account is suspended', async () => {
    await people.suspend(brand.did, true);
    const failure = await failureOf(send(session, target, { ...prepared, rkey: '3aaaaaaaaaaa4' }));
    const renewal = await failureOf(refresh(session));
    await people.suspend(brand.did, false);
    assert.deepEqual([failure.code, renewal.code], ['forbidden', 'forbidden']);
  });
  await step('ends its session where it is removed', async () => {
    await revoke(session);
    assert.equal((await failureOf(refresh(session))).code, 'unauthorized');
  });
  await withOauth(people, settings, brand, target);
}

async function withOauth(
  people: ReturnType<typeof createPeople>,
  settings: ServerSettings,
  brand: Person,
  target: ReplyTarget,
): Promise<void> {
  const session = await signedIn(
    'signs in on the page of the server (PAR, PKCE, DPoP, loopback redirect)',
    settings,
    async () => {
      const method = methodOf('oauth', 'redirect');
      const { port, close } = await redirectListener();
      try {
        const state = randomUUID();
        const redirectUri = `http://127.0.0.1:${port}/callback`;
        const entered = { identifier: brand.handle };
        const begun = await method.begin({
          ...call(),
          settings,
          entered,
          redirectUri,
          installationId: 'i',
          state,
        });
        const back = await consent(begun.url, { username: brand.handle, password: brand.password });
        assert.equal(`${back.origin}${back.pathname}`, redirectUri);
        assert.equal(back.searchParams.get('state'), state);
        const answer = Object.fromEntries(back.searchParams);
        const done = await method.finish({ ...call(), settings, pending: begun.pending, answer });
        assert(done);
        assert.equal(done.identity.externalId, brand.did);
        return done;
      } finally {
        close();
      }
    },
  );
  await step('answers with that sign-in', async () => {
    const sent = await send(session, target, await prepare(session, target, 'By OAuth'));
    assert.equal((await people.readRecord(sent.externalId))?.['text'], 'By OAuth');
  });
  await step('renews it, and the old token is worth nothing', async () => {
    const old = session.held();
    await session.renewed(old);
    await send(session, target, await prepare(session, target, 'By OAuth, renewed'));
    assert.equal((await failureOf(refresh(session, old))).code, 'unauthorized');
  });
  await step('ends after two weeks, it says', async () => {
    assert(Math.abs((endsAt(session) ?? 0) - Date.now() - 14 * 24 * 3_600_000) < 60_000);
    await revoke(session);
  });
}

async function step(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    counts.passed += 1;
    console.log(`  ok      ${name}`);
  } catch (error) {
    counts.failed += 1;
    console.log(`  FAILED  ${name}`);
    const details = error instanceof EarshotError ? ` ${JSON.stringify(error.details)}` : '';
    console.log(
      `          ${(error as Error).stack?.split('\n').slice(0, 6).join('\n          ')}${details}`,
    );
  }
}

async function whole(isWhole: boolean, name: string, run: () => Promise<void>): Promise<void> {
  if (isWhole) return step(name, run);
  counts.skipped += 1;
  console.log(`  skipped ${name}`);
}

/** Everything after it needs it. */
async function signedIn(
  name: string,
  settings: ServerSettings,
  run: () => Promise<SignedIn<unknown, unknown>>,
): Promise<TestSession> {
  const done: SignedIn<unknown, unknown>[] = [];
  await step(name, async () => {
    done.push(await run());
  });
  const [first] = done;
  if (!first) throw new Error('Nothing can be tried without an account.');
  return sessionOf(first, settings);
}

function facet(text: string, part: string, feature: Readonly<Record<string, string>>) {
  const byteStart = Buffer.byteLength(text.slice(0, text.indexOf(part)));
  return { index: { byteStart, byteEnd: byteStart + Buffer.byteLength(part) }, features: [feature] };
}
function mentionFacet(text: string, { handle, did }: Person) {
  return facet(text, `@${handle}`, { $type: 'app.bsky.richtext.facet#mention', did });
}
function tagFacet(text: string, tag: string) {
  return facet(text, tag, { $type: 'app.bsky.richtext.facet#tag', tag: tag.slice(1) });
}

/** Only its port is used: the page's answer is taken from where it leads. */
async function redirectListener(): Promise<{ port: number; close: () => void }> {
  const server = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return { port: address.port, close: () => server.close() };
}

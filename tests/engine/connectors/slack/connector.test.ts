import { describe, expect, it, onTestFinished } from 'vitest';
import type {
  AccountSession,
  IncomingMention,
  PollPage,
} from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { slackConnector } from '../../../../electron/engine/connectors/slack/connector.ts';
import type {
  SlackCursor,
  SlackSourceSettings,
} from '../../../../electron/engine/connectors/slack/settings.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { realClock } from '../http/real-clock.ts';
import { botToken, generalId, userToken } from './slack-played.ts';
import { type SlackStandIn, startSlack } from './slack-stand-in.ts';

const minuteMs = 60_000;
type Page = PollPage<SlackSourceSettings, SlackCursor>;

async function signedIn(token = botToken, prepare: (standIn: SlackStandIn) => void = () => {}) {
  let now = Date.UTC(2026, 10, 21, 12);
  const standIn = await startSlack(() => now);
  prepare(standIn);
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => Promise.all([standIn.close(), http.close()]).then(() => {}));
  const call = { http, now: () => now, signal: new AbortController().signal };
  const settings = { apiUrl: `${standIn.url}/api`, allowPrivateNetwork: true };
  const identity = await slackConnector.account!.identify({ ...call, settings, credentials: { token } });
  const account: AccountSession<{ token: string }, typeof settings> = {
    identity,
    settings,
    credentials: async () => ({ token }),
    renewed: async () => {
      throw new EarshotError('unauthorized', 'over');
    },
  };
  let cursor: SlackCursor | null = null;
  async function poll(
    source: SlackSourceSettings = { what: 'messages' },
    onPage: (page: Page) => void = () => {},
  ) {
    const pages: Page[] = [];
    const parsed = parseQuery('acme');
    if (!parsed.isValid) throw new Error('query');
    for await (const page of slackConnector.poll({
      ...call,
      settings: source,
      cursor,
      queries: [{ text: 'acme', root: parsed.root }],
      account,
    })) {
      pages.push(page);
      cursor = page.cursor;
      onPage(page);
    }
    const items = pages.flatMap((page) => page.items);
    const warnings = pages.flatMap(({ warning }) => (warning ? [warning.message] : []));
    return { items, texts: items.map(({ document }) => documentText(document)), pages, warnings };
  }
  const advance = (ms: number): void => {
    now += ms;
  };
  return { standIn, call, account, settings, poll, advance, cursorNow: () => cursor };
}

const ts = (id: string): string => id.split(':')[2] ?? '';
const target = (mention: IncomingMention) => ({
  ...mention,
  text: documentText(mention.document),
  isPrivate: mention.isPrivate ?? false,
  context: JSON.parse(JSON.stringify(mention.context)) as unknown,
});

describe('who the account is', () => {
  it('comes with what its token may not do', async () => {
    const { account } = await signedIn(botToken, (standIn) => {
      standIn.scopes = ['channels:read', 'channels:history', 'users:read'];
    });
    expect(account.identity).toMatchObject({
      name: 'Brand Bot in Brand fans',
      replyNote: expect.stringContaining('chat:write'),
      facts: { scopes: ['channels:read', 'channels:history', 'users:read'], isBot: true },
    });
  });

  it('is not asked with a token of another kind', async () => {
    const { call, settings } = await signedIn();
    const [method] = slackConnector.account!.methods;
    if (method?.kind !== 'enter') throw new Error('pasted');
    const signIn = (token: string) => method.signIn({ ...call, settings, entered: { token } });
    await expect(signIn('xoxe.xoxb-1-abc')).rejects.toThrow(/token rotation/);
    await expect(signIn('xapp-1-A01-abc')).rejects.toThrow(/xoxb-/);
    expect((await signIn(userToken)).identity).toMatchObject({ handle: 'kim', facts: { isBot: false } });
    expect((await signIn(` ${botToken}\n`)).credentials).toEqual({ token: botToken });
  });
});

describe('threads', () => {
  it('are read when their newest reply changes, each reply once', async () => {
    const { standIn, poll, advance } = await signedIn();
    const root = standIn.publish({ text: 'root' });
    standIn.publish({ text: 'first reply', inReplyTo: root });
    const first = await poll();
    expect(first.texts).toEqual(['root', 'first reply']);
    expect(new Set(first.items.map(({ rootKey }) => rootKey))).toEqual(new Set([`slack/${root}`]));
    advance(minuteMs);
    await poll();
    const before = standIn.requests.length;
    await poll();
    expect(standIn.requests.slice(before).filter(({ path }) => path.includes('replies'))).toEqual([]);
    standIn.publish({ text: 'second reply', inReplyTo: root });
    expect((await poll()).texts).toEqual(['root', 'second reply']);
  });

  it('that began days ago are found by and by', async () => {
    const { standIn, poll, advance } = await signedIn();
    const root = standIn.publish({ text: 'old root' });
    await poll();
    advance(3 * 24 * 60 * minuteMs);
    standIn.publish({ text: 'late reply', inReplyTo: root });
    expect((await poll()).texts).toContain('late reply');
  });
});

describe('pages', () => {
  it('that a limit cuts off are gone on with where it stopped', async () => {
    const { standIn, poll, advance } = await signedIn();
    standIn.pageSize = 15;
    const ids = Array.from({ length: 40 }, (_, index) => standIn.publish({ text: `m${index}` }));
    const given = new Set<string>();
    const note = (page: Page): void => {
      for (const { externalId } of page.items) given.add(externalId);
    };
    // One read a minute, as apps have it that are sold to many.
    for (let round = 0; round < 2; round += 1) {
      const polling = poll({ what: 'messages' }, (page) => {
        note(page);
        standIn.failNext('read', 'rate-limited');
      });
      await expect(polling).rejects.toMatchObject({ code: 'rate-limited' });
      expect(given.size).toBe(15 * (round + 1));
      // The one that waits for the next poll's first request.
      advance(minuteMs);
    }
    await poll({ what: 'messages' }, note);
    expect([...given].sort()).toEqual([...ids].sort());
  });

  it('are kept in the cursor until the last one is there, and begun anew when Slack forgets them', async () => {
    const { standIn, poll, advance, cursorNow } = await signedIn();
    standIn.pageSize = 15;
    const ids = Array.from({ length: 40 }, (_, index) => standIn.publish({ text: `m${index}` }));
    const given = new Set<string>();
    const take = ({ items }: { items: IncomingMention[] }): void => {
      for (const { externalId } of items) given.add(externalId);
    };
    // The first request asks for channels, the second for a page; people come in between.
    standIn.errors.set('users.info', 'ratelimited');
    await expect(poll()).rejects.toMatchObject({ code: 'rate-limited' });
    expect(cursorNow()).toBeNull();
    standIn.errors.clear();
    const first = await poll();
    take(first);
    expect(first.pages[0]?.cursor.channels[generalId]).toMatchObject({ open: { newest: ts(ids[39]!) } });
    standIn.forgetPages();
    advance(minuteMs);
    take(await poll());
    expect([...given].sort()).toEqual([...ids].sort());
    expect(cursorNow()?.channels[generalId]?.open).toBeUndefined();
    expect(cursorNow()?.channels[generalId]?.last).toBe(ts(ids[39]!));
  });
});

describe('channels', () => {
  it('that are closed are private, and those whose scope is missing are not asked for', async () => {
    const { standIn, poll } = await signedIn();
    standIn.channels.push({
      id: 'G01',
      name: 'staff',
      is_member: true,
      is_private: true,
      is_archived: false,
    });
    standIn.publishIn('G01', 'closed');
    standIn.publish({ text: 'open' });
    const { items } = await poll();
    expect(items.map((item) => [documentText(item.document), item.isPrivate]).sort()).toEqual([
      ['closed', true],
      ['open', false],
    ]);
    const { standIn: other, poll: pollOther } = await signedIn(botToken, (made) => {
      made.scopes = made.scopes.filter((scope) => !scope.startsWith('groups'));
    });
    other.publish({ text: 'open' });
    expect((await pollOther()).texts).toEqual(['open']);
  });

  it('that refuse are left out with a word, and the others are read', async () => {
    const { standIn, poll } = await signedIn(botToken, (made) => {
      made.scopes = made.scopes.filter((scope) => scope !== 'users:read');
    });
    standIn.publish({ text: 'from somebody', author: 'ben' });
    const { items, warnings } = await poll();
    expect(items.map(({ author }) => author.name)).toEqual(['UBEN']);
    expect(warnings).toEqual([expect.stringContaining('users:read')]);
    standIn.errors.set('conversations.history', 'not_in_channel');
    expect((await poll()).warnings).toEqual([expect.stringMatching(/#general.*\/invite/)]);
  });

  it('bring only what concerns the app where that is asked for', async () => {
    const { standIn, poll } = await signedIn();
    standIn.publish({ text: 'nothing' });
    standIn.publish({ text: '<@U01BRANDBOT> help' });
    expect((await poll({ what: 'mentions' })).texts).toEqual(['@Brand Bot help']);
  });

  it('lose nothing when a week of them is looked through', async () => {
    const { standIn, poll, advance } = await signedIn();
    const now = Date.UTC(2026, 10, 21, 12);
    for (let count = 0; count < 1_300; count += 1) {
      standIn.publish({ text: `m${count}`, at: now - 3 * 24 * 60 * minuteMs });
    }
    const kept = standIn.publish({ text: 'kept' });
    const gone = standIn.publish({ text: 'gone' });
    await poll();
    advance(minuteMs);
    await poll();
    standIn.remove(gone);
    advance(31 * minuteMs);
    const removed = (await poll()).pages.flatMap((page) => page.removed ?? []);
    expect(removed).toEqual([`slack/${gone}`]);
    standIn.remove(kept);
    advance(31 * minuteMs);
    const later = (await poll()).pages.flatMap((page) => page.removed ?? []);
    expect(later).toEqual([`slack/${kept}`]);
  });

  it('tell of a root that was deleted while its replies stay', async () => {
    const { standIn, poll, advance } = await signedIn();
    const root = standIn.publish({ text: 'root' });
    await poll();
    standIn.remove(root);
    const generalTs = ts(root);
    standIn.publishIn(generalId, 'This message was deleted.', {
      subtype: 'tombstone',
      user: 'USLACKBOT',
      ts: generalTs,
    });
    advance(minuteMs);
    const { pages, texts } = await poll();
    expect(pages.flatMap(({ removed }) => removed ?? [])).toEqual([`slack/${root}`]);
    expect(texts).toEqual([]);
  });
});

describe('the search', () => {
  it('is for people: a bot is told so', async () => {
    const { poll } = await signedIn();
    await expect(poll({ what: 'search' })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('xoxp-'),
    });
  });

  it('of another workspace begins anew', async () => {
    const { standIn, poll, account } = await signedIn(userToken);
    standIn.publish({ text: 'acme of old', at: Date.UTC(2026, 10, 19) });
    standIn.publish({ text: 'acme now' });
    expect((await poll({ what: 'search' })).items).toHaveLength(2);
    expect((await poll({ what: 'search' })).items).toHaveLength(1);
    Object.assign(account.identity.facts!, { teamId: 'T02OTHER' });
    expect((await poll({ what: 'search' })).items).toHaveLength(2);
  });

  it('that finds more than it may read says so, and does not begin anew each time', async () => {
    const { standIn, poll } = await signedIn(userToken);
    const now = Date.UTC(2026, 10, 21, 12);
    for (let count = 2_050; count > 0; count -= 1) {
      standIn.publish({ text: `acme ${count}`, at: now - count * 3 * minuteMs });
    }
    const first = await poll({ what: 'search' });
    expect(first.items).toHaveLength(2_000);
    expect(first.warnings).toEqual([expect.stringContaining('2,000')]);
    const asked = standIn.requests.length;
    standIn.publish({ text: 'acme again', at: now });
    expect((await poll({ what: 'search' })).texts).toContain('acme again');
    const searches = standIn.requests.slice(asked).filter(({ path }) => path.includes('search.messages'));
    expect(searches).toHaveLength(1);
  });

  it('gives hits the keys and threads that they have in their channel', async () => {
    const { standIn, poll } = await signedIn(userToken);
    const root = standIn.publish({ text: 'acme?' });
    const inner = standIn.publish({ text: 'Acme!', inReplyTo: root });
    standIn.publish({ text: 'nothing' });
    const { items } = await poll({ what: 'search' });
    expect(items.map(({ key, rootKey }) => [key, rootKey])).toEqual([
      [`slack/${root}`, `slack/${root}`],
      [`slack/${inner}`, `slack/${root}`],
    ]);
    expect((await poll({ what: 'search' })).items).toHaveLength(2);
  });
});

describe('answering', () => {
  it('hangs on what began the thread, escaped, with no secret in its metadata', async () => {
    const { standIn, poll, call, account } = await signedIn();
    const root = standIn.publish({ text: 'root' });
    const inner = standIn.publish({ text: 'inner', inReplyTo: root });
    const mention = (await poll()).items.find(({ externalId }) => externalId === inner)!;
    const outbox = { ...call, account, target: target(mention) };
    const reply = { text: '1 < 2 & <!channel>', media: [], idempotencyKey: 'key-1', createdAt: 0 };
    const prepared = await slackConnector.reply!.prepare({ ...outbox, reply });
    expect(prepared).toMatchObject({ thread_ts: ts(root), text: '1 &lt; 2 &amp; &lt;!channel&gt;' });
    const sent = await slackConnector.reply!.send({ ...outbox, prepared, idempotencyKey: 'key-1' });
    expect(sent.url).toMatch(new RegExp(`\\?thread_ts=${ts(root)}&cid=${generalId}$`));
    const again = { ...outbox, prepared, attemptedAt: 0, taken: new Set<string>() };
    expect(await slackConnector.reply!.find!({ ...again, idempotencyKey: 'key-1' })).toMatchObject({
      externalId: sent.externalId,
    });
    expect(await slackConnector.reply!.find!({ ...again, idempotencyKey: 'key-2' })).toBeNull();
  });

  it('looks at a message and reads it as the poll did, names too', async () => {
    const { standIn, poll, call, account } = await signedIn();
    standIn.publish({ text: 'ask <@U01KIM> in <#C01GENERAL> or <#C02OTHER>' });
    const [mention] = (await poll()).items;
    expect(documentText(mention!.document)).toBe('ask @Kim in #general or #channel');
    standIn.errors.set('users.info', 'user_not_found');
    const look = await slackConnector.reply!.look!({ ...call, account, target: target(mention!) });
    expect(look.target).toEqual(mention);
  });

  it('is over where a channel was archived', async () => {
    const { standIn, poll, call, account } = await signedIn();
    standIn.publish({ text: 'root' });
    const [mention] = (await poll()).items;
    standIn.channels[0]!.is_archived = true;
    const look = await slackConnector.reply!.look!({ ...call, account, target: target(mention!) });
    expect(look.closed).toBe('The channel is archived.');
  });
});

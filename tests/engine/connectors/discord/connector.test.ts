import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountSession, PollPage } from '../../../../electron/engine/connectors/connector.ts';
import { discordConnector } from '../../../../electron/engine/connectors/discord/connector.ts';
import type {
  DiscordCursor,
  DiscordSourceSettings,
} from '../../../../electron/engine/connectors/discord/settings.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { realClock } from '../http/real-clock.ts';
import { botId, generalId, serverId, token } from './discord-played.ts';
import { type DiscordStandIn, startDiscord } from './discord-stand-in.ts';

const hourMs = 60 * 60_000;
type Page = PollPage<DiscordSourceSettings, DiscordCursor>;

async function signedIn() {
  let now = Date.UTC(2026, 10, 21, 12);
  const standIn = await startDiscord(() => now);
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => Promise.all([standIn.close(), http.close()]).then(() => {}));
  const call = { http, now: () => now, signal: new AbortController().signal };
  const settings = { apiUrl: `${standIn.url}/api/v10`, allowPrivateNetwork: true };
  const identify = () => discordConnector.account!.identify({ ...call, settings, credentials: { token } });
  const account: AccountSession<{ token: string }, typeof settings> = {
    identity: await identify(),
    settings,
    credentials: async () => ({ token }),
    renewed: async () => {
      throw new EarshotError('unauthorized', 'over');
    },
  };
  let cursor: DiscordCursor | null = null;
  async function poll(
    source: DiscordSourceSettings = { what: 'messages', server: serverId },
  ): Promise<{ texts: string[]; pages: Page[]; warnings: string[] }> {
    const pages: Page[] = [];
    for await (const page of discordConnector.poll({
      ...call,
      settings: source,
      cursor,
      queries: [],
      account,
    })) {
      pages.push(page);
      cursor = page.cursor;
    }
    const texts = pages.flatMap(({ items }) => items.map(({ document }) => documentText(document)));
    const warnings = pages.flatMap(({ warning }) => (warning ? [warning.message] : []));
    return { texts, pages, warnings };
  }
  const advance = (ms: number): void => {
    now += ms;
  };
  return { standIn, call, account, poll, identify, advance };
}

const thread = (id: string, name: string): DiscordStandIn['channels'][number] => ({
  id,
  type: 11,
  name,
  parent_id: generalId,
  last_message_id: null,
  thread_metadata: { archived: false, locked: false, archive_timestamp: '', auto_archive_duration: 60 },
});

describe('who the bot is', () => {
  it('comes with an invite link while it is on no server', async () => {
    const { standIn, identify } = await signedIn();
    standIn.isOnServer = false;
    expect((await identify()).replyNote).toContain(
      'https://discord.com/oauth2/authorize?client_id=1200000000000000001&scope=bot&permissions=274878016576',
    );
  });

  it('comes with what is missing for answers', async () => {
    const { standIn, identify } = await signedIn();
    expect((await identify()).replyNote).toBeUndefined();
    standIn.botPermissions = 1n << 10n;
    expect((await identify()).replyNote).toMatch(/Send Messages/);
  });

  it('is asked with the token as it was copied, and no id passes for one', async () => {
    const { standIn, call } = await signedIn();
    const [method] = discordConnector.account!.methods;
    if (method?.kind !== 'enter') throw new Error('pasted');
    const settings = { apiUrl: `${standIn.url}/api/v10`, allowPrivateNetwork: true };
    const signIn = (pasted: string) => method.signIn({ ...call, settings, entered: { token: pasted } });
    expect((await signIn(` Bot ${token}\n`)).credentials).toEqual({ token });
    await expect(signIn('1200000000000001')).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('without the Message Content Intent', () => {
  it('stops with what to switch on, and reads on from there', async () => {
    const { standIn, poll } = await signedIn();
    standIn.flags = 0;
    standIn.publish({ text: 'earshot is nice' });
    await expect(poll()).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Message Content Intent'),
    });
    standIn.flags = 1 << 18;
    expect((await poll()).texts).toEqual(['earshot is nice']);
  });

  it('hears what mentions the bot', async () => {
    const { standIn, poll } = await signedIn();
    standIn.flags = 0;
    standIn.publish({ text: 'not for the bot' });
    standIn.publish({ text: '<@1200000000000000009> hello' });
    expect((await poll({ what: 'mentions', server: serverId })).texts).toEqual(['@Brand Bot hello']);
  });
});

describe('channels', () => {
  it('that are closed to members are private, and those closed to the bot are never asked', async () => {
    const { standIn, poll } = await signedIn();
    const rule = { id: serverId, type: 0, allow: '0', deny: '1024' };
    standIn.channels.push(
      {
        id: '1300000000000000005',
        type: 0,
        name: 'staff',
        permission_overwrites: [rule, { id: '1299999999999999990', type: 0, allow: '1024', deny: '0' }],
      },
      { id: '1300000000000000006', type: 0, name: 'secret', permission_overwrites: [rule] },
    );
    standIn.publish({ text: 'open' });
    standIn.publishIn('1300000000000000005', 'closed');
    standIn.publishIn('1300000000000000006', 'unseen');
    const { pages } = await poll();
    expect(
      pages.flatMap(({ items }) => items.map((item) => [documentText(item.document), item.isPrivate])),
    ).toEqual([
      ['open', false],
      ['closed', true],
    ]);
    expect(standIn.requests.filter(({ path }) => path.includes('1300000000000000006'))).toEqual([]);
  });

  it('without “Read Message History” are named, since Discord shows them empty', async () => {
    const { standIn, poll } = await signedIn();
    standIn.channels.push({
      id: '1300000000000000007',
      type: 0,
      name: 'mute',
      permission_overwrites: [
        { id: '1299999999999999990', type: 0, allow: '0', deny: String(1 << 16) },
        { id: serverId, type: 0, allow: '0', deny: String(1 << 16) },
      ],
    });
    const { warnings } = await poll();
    expect(warnings).toEqual([expect.stringMatching(/#mute.*“Read Message History”/)]);
  });

  it('with nothing new and nothing recent are not asked', async () => {
    const { standIn, poll, advance } = await signedIn();
    standIn.publish({ text: 'one' });
    await poll();
    advance(25 * hourMs);
    await poll();
    const before = standIn.requests.length;
    advance(60_000);
    await poll();
    expect(standIn.requests.slice(before).filter(({ path }) => path.includes('/messages'))).toEqual([]);
  });

  it('that were silent for long leave the cursor, and their old messages do not come again', async () => {
    const { standIn, poll, advance } = await signedIn();
    standIn.publish({ text: 'old' });
    await poll();
    advance(8 * 24 * hourMs);
    const { pages } = await poll();
    expect(pages.at(-1)?.cursor.channels).toEqual({});
    standIn.publish({ text: 'new' });
    expect((await poll()).texts).toEqual(['new']);
  });

  it('can be chosen, with their threads', async () => {
    const { standIn, poll } = await signedIn();
    standIn.channels.push(
      { id: '1300000000000000008', type: 0, name: 'other' },
      thread('1300000000000000020', 'T'),
    );
    standIn.publishIn('1300000000000000008', 'elsewhere');
    standIn.publishIn(generalId, 'here');
    standIn.publishIn('1300000000000000020', 'in a thread');
    const chosen = `https://discord.com/channels/${serverId}/${generalId}`;
    expect((await poll({ what: 'messages', server: serverId, channels: chosen })).texts).toEqual([
      'here',
      'in a thread',
    ]);
  });
});

describe('threads', () => {
  it('of which Discord names no newest message are read all the same', async () => {
    const { standIn, poll, advance } = await signedIn();
    const post = standIn.publish({ text: 'a question in the forum' });
    await poll();
    const forum = thread(post, 'New post');
    standIn.channels.push(forum);
    standIn.publishIn(forum.id, 'inside');
    forum.last_message_id = null;
    expect((await poll()).texts).toContain('inside');
    advance(25 * hourMs);
    await poll();
    const asked = standIn.requests.length;
    await poll();
    expect(standIn.requests.slice(asked).filter(({ path }) => path.includes('/messages'))).toEqual([]);
  });

  it('archived while nobody polled are looked through', async () => {
    const { standIn, poll, advance } = await signedIn();
    await poll();
    const quiet = thread('1300000000000000021', 'Broken again');
    standIn.channels.push(quiet);
    advance(hourMs);
    standIn.publishIn(quiet.id, 'nobody answers');
    advance(2 * hourMs);
    quiet.thread_metadata = {
      ...quiet.thread_metadata!,
      archived: true,
      archive_timestamp: new Date(Date.UTC(2026, 10, 21, 14)).toISOString(),
    };
    expect((await poll()).texts).toEqual(['nobody answers']);
  });
});

describe('conversations', () => {
  it('are whole chains of answers, also when their beginning was read long ago', async () => {
    const { standIn, poll, advance } = await signedIn();
    let last = standIn.publish({ text: 'root' });
    const root = last;
    await poll();
    for (let step = 0; step < 4; step += 1) {
      advance(30 * hourMs);
      last = standIn.publish({ text: `answer ${step}`, inReplyTo: last, byAccount: step % 2 === 0 });
      const { pages } = await poll();
      const roots = pages.flatMap(({ items }) => items.map(({ rootKey }) => rootKey));
      expect(new Set(roots)).toEqual(new Set([`discord/${root}`]));
    }
  });

  it('that name the role of the bot mention the bot', async () => {
    const { standIn, poll } = await signedIn();
    Object.assign(standIn.roles[1]!, { tags: { bot_id: botId } });
    standIn.publishIn(generalId, 'hello <@&1299999999999999990>', { mention_roles: ['1299999999999999990'] });
    standIn.publishIn(generalId, 'hello <@&77>', { mention_roles: ['77'] });
    expect((await poll({ what: 'mentions', server: serverId })).texts).toEqual(['hello @brandbot']);
  });

  it('leave out other bots, webhooks and what nobody wrote', async () => {
    const { standIn, poll } = await signedIn();
    standIn.publishIn(generalId, 'joined', { type: 7 });
    standIn.publishIn(generalId, 'news', { webhook_id: '5' });
    standIn.publishIn(generalId, 'beep', { author: 'robot' });
    standIn.publishIn(generalId, 'hello');
    expect((await poll()).texts).toEqual(['hello']);
  });
});

describe('a search', () => {
  it('goes on past a hit in a channel that is gone or closed', async () => {
    const { standIn, call, account } = await signedIn();
    const closed = { ...thread('1300000000000000031', 'closed'), parent_id: '1' };
    standIn.channels.push(closed);
    standIn.publishIn(closed.id, 'acme in a closed place');
    standIn.publishIn('1300000000000000032', 'acme in a channel that was deleted');
    standIn.publishIn(generalId, 'acme is here');
    standIn.channels.splice(standIn.channels.indexOf(closed), 1);
    const texts: string[] = [];
    for await (const { items } of discordConnector.poll({
      ...call,
      settings: { what: 'search', server: serverId },
      cursor: null,
      queries: [
        {
          text: 'acme',
          root: { type: 'term', words: ['acme'], isPrefix: false, range: { start: 0, end: 4 } },
        },
      ],
      account,
    })) {
      texts.push(...items.map(({ document }) => documentText(document)));
    }
    expect(texts).toEqual(['acme is here']);
  });
});

describe('limits', () => {
  it('are kept before Discord has to say no', async () => {
    const { standIn, poll } = await signedIn();
    for (let count = 0; count < 101; count += 1) standIn.publish({ text: 'one' });
    standIn.nextHeaders = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '2.5' };
    await expect(poll()).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAt: Date.UTC(2026, 10, 21, 12) + 2_500 },
    });
    expect(standIn.requests.filter(({ path }) => path.includes('/messages'))).toHaveLength(1);
  });

  it('of the search index are a pause, not a failure', async () => {
    const { standIn, call, account } = await signedIn();
    standIn.indexing = 30;
    const words = [
      { text: 'acme', root: { type: 'term', words: ['acme'], isPrefix: false, range: { start: 0, end: 4 } } },
    ] as const;
    const poll = discordConnector.poll({
      ...call,
      settings: { what: 'search', server: serverId },
      cursor: null,
      queries: words,
      account,
    });
    await expect(poll[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAt: Date.UTC(2026, 10, 21, 12) + 30_000 },
    });
  });
});

describe('answering', () => {
  it('calls nobody, takes 2,000 emoji, and says when a thread is locked', async () => {
    const { standIn, poll, call, account } = await signedIn();
    const forum = thread('1300000000000000022', 'Help');
    standIn.channels.push(forum);
    standIn.publishIn(forum.id, 'anybody?');
    const { pages } = await poll();
    const [mention] = pages.flatMap(({ items }) => items);
    const target = { ...mention!, text: 'anybody?', isPrivate: false, context: mention!.context };
    const outbox = { ...call, account, target };
    const idempotencyKey = crypto.randomUUID();
    for (const text of ['@everyone look', '😀'.repeat(2_000)]) {
      const reply = { text, media: [], idempotencyKey: crypto.randomUUID(), createdAt: 0 };
      const prepared = await discordConnector.reply!.prepare({ ...outbox, reply });
      expect(prepared.nonce).toHaveLength(22);
      await discordConnector.reply!.send({ ...outbox, prepared, idempotencyKey });
    }
    expect(standIn.written()).toHaveLength(2);
    forum.thread_metadata!.locked = true;
    expect((await discordConnector.reply!.look!(outbox)).closed).toBe('The thread is locked.');
  });

  it('looks at a message and reads it as the poll did, names and files too', async () => {
    const { standIn, poll, call, account } = await signedIn();
    const forum = thread('1300000000000000023', 'Old news');
    standIn.channels.push(forum);
    const attach = (ex: string) => [
      { id: '1', filename: 'a.png', url: `https://cdn.example/a.png?ex=${ex}` },
    ];
    const more = { attachments: attach('66aa'), author: 'dana' };
    standIn.publishIn(generalId, '<@&1299999999999999990> see <#1300000000000000023>, <#1>', more);
    const [mention] = (await poll()).pages.flatMap(({ items }) => items);
    expect(documentText(mention!.document)).toBe('@brandbot see #Old news, #channel\na.png');
    more.attachments[0]!.url = 'https://cdn.example/a.png?ex=77bb';
    forum.thread_metadata!.archived = true;
    const target = { ...mention!, text: '', isPrivate: false, context: mention!.context };
    const look = await discordConnector.reply!.look!({ ...call, account, target });
    expect(look.target).toEqual(mention);
  });

  it('likes with a reaction and takes it back', async () => {
    const { standIn, poll, call, account } = await signedIn();
    const id = standIn.publish({ text: 'nice' });
    const [mention] = (await poll()).pages.flatMap(({ items }) => items);
    const target = { ...mention!, text: '', isPrivate: false, context: mention!.context };
    const act = { ...call, account, target, idempotencyKey: 'x', createdAt: 0 };
    await discordConnector.actions!.like!(act);
    expect(standIn.reactionsOn(id)).toEqual(['👍']);
    await discordConnector.actions!.unlike!(act);
    expect(standIn.reactionsOn(id)).toEqual([]);
  });
});

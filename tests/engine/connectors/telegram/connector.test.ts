import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type {
  AccountSession,
  IncomingMention,
  OutgoingMedia,
} from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { telegramConnector } from '../../../../electron/engine/connectors/telegram/connector.ts';
import type { TelegramCursor } from '../../../../electron/engine/connectors/telegram/poll.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { realClock } from '../http/real-clock.ts';
import { fansId, startTelegram, token } from './telegram-stand-in.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

async function signedIn(readsAllGroupMessages = true) {
  let now = Date.UTC(2026, 10, 21, 12);
  const standIn = await startTelegram(() => now);
  standIn.readsAllGroupMessages = readsAllGroupMessages;
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => Promise.all([standIn.close(), http.close()]).then(() => {}));
  const call = { http, now: () => now, signal: new AbortController().signal };
  const settings = { apiUrl: standIn.url, allowPrivateNetwork: true };
  const signIn = async (entered: Record<string, string> = { token }) => {
    const [method] = telegramConnector.account!.methods;
    if (method?.kind !== 'enter') throw new Error('pasted');
    return method.signIn({ ...call, settings, entered });
  };
  const { identity } = await signIn();
  const account: AccountSession<{ token: string }, typeof settings> = {
    identity,
    settings,
    credentials: async () => ({ token }),
    renewed: async () => {
      throw new EarshotError('unauthorized', 'over');
    },
  };
  let cursor: TelegramCursor | null = null;
  /** `stores`: false plays a crash before the first page was stored. */
  async function poll({ stores = true, onPage = () => {} }: { stores?: boolean; onPage?: () => void } = {}) {
    const items: IncomingMention[] = [];
    const warnings: string[] = [];
    for await (const page of telegramConnector.poll({
      ...call,
      settings: {},
      cursor,
      queries: [],
      account,
    })) {
      items.push(...page.items);
      if (page.warning) warnings.push(page.warning.message);
      if (!stores) break;
      cursor = page.cursor;
      onPage();
    }
    return { items, texts: items.map(({ document }) => documentText(document)), warnings };
  }
  const advance = (ms: number): void => {
    now += ms;
  };
  return { standIn, call, settings, account, signIn, poll, advance };
}

const target = (mention: IncomingMention) => ({
  ...mention,
  text: documentText(mention.document),
  isPrivate: mention.isPrivate ?? false,
  context: JSON.parse(JSON.stringify(mention.context)) as unknown,
});

describe('updates', () => {
  it('are confirmed only by the poll after the one that was stored', async () => {
    const { standIn, poll } = await signedIn();
    standIn.publish({ text: 'one' });
    expect((await poll({ stores: false })).texts).toEqual(['one']);
    expect((await poll()).texts).toEqual(['one']);
    expect(standIn.waiting()).toBe(1);
    standIn.publish({ text: 'two' });
    expect((await poll()).texts).toEqual(['two']);
    expect(standIn.waiting()).toBe(1);
  });

  it('of a crash between two pages come again, the stored page left out', async () => {
    const { standIn, poll } = await signedIn();
    for (let count = 0; count < 150; count += 1) standIn.publish({ text: `m${count}` });
    let pages = 0;
    const dropped = poll({
      onPage: () => {
        pages += 1;
        standIn.failNext('read', 'dropped');
      },
    });
    await expect(dropped).rejects.toMatchObject({ code: 'unreachable' });
    expect([pages, standIn.waiting()]).toEqual([1, 150]);
    expect((await poll()).texts).toEqual(Array.from({ length: 50 }, (_, index) => `m${index + 100}`));
  });

  it('whose numbers begin anew after a silent week are not lost', async () => {
    const { standIn, poll, advance } = await signedIn();
    standIn.publish({ text: 'before' });
    await poll();
    for (let day = 0; day < 8; day += 1) {
      advance(23 * hourMs);
      await poll();
    }
    standIn.nextUpdateId = 1_000;
    standIn.publish({ text: 'after' });
    expect((await poll()).texts).toEqual(['after']);
    standIn.publish({ text: 'and on' });
    expect((await poll()).texts).toEqual(['and on']);
  });

  it('of another bot are not counted by the numbers of the one before', async () => {
    const { standIn, poll, account } = await signedIn();
    standIn.publish({ text: 'to the first' });
    await poll();
    standIn.nextUpdateId = 5_000;
    standIn.publish({ text: 'to the second' });
    Object.assign(account.identity, { externalId: '7100200301' });
    expect((await poll()).texts).toContain('to the second');
  });

  it('bring a message and its edit in one page once, as it is now', async () => {
    const { standIn, poll } = await signedIn();
    const id = standIn.publish({ text: 'helo' });
    standIn.edit(id, 'hello');
    expect((await poll()).texts).toEqual(['hello']);
  });

  it('of channels and of chats between two come too', async () => {
    const { standIn, poll } = await signedIn();
    standIn.chats.push(
      { id: -1_009_990_001_111, type: 'channel', title: 'News', username: 'brandnews' },
      { id: 55_501, type: 'private', first_name: 'dana' },
    );
    standIn.publishIn(-1_009_990_001_111, 'a post');
    standIn.publishIn(55_501, 'between us');
    expect((await poll()).items.map(({ kind, isPrivate }) => [kind, isPrivate])).toEqual([
      ['post', false],
      ['message', true],
    ]);
  });
});

describe('what is not heard', () => {
  it('is told of when nobody asked for more than a day', async () => {
    const { standIn, poll, advance } = await signedIn();
    await poll();
    standIn.publish({ text: 'lost' });
    advance(2 * dayMs);
    standIn.publish({ text: 'there' });
    expect(await poll()).toMatchObject({ texts: ['there'], warnings: [expect.stringMatching(/48 hours/)] });
    advance(20 * hourMs);
    expect((await poll()).warnings).toEqual([]);
  });

  it('is told of for a day while privacy mode is on', async () => {
    const { standIn, poll, advance } = await signedIn(false);
    expect((await poll()).warnings).toEqual([expect.stringContaining('/setprivacy')]);
    standIn.readsAllGroupMessages = true;
    expect((await poll()).warnings).toEqual([]);
    standIn.readsAllGroupMessages = false;
    expect((await poll()).warnings).toHaveLength(1);
    advance(23 * hourMs);
    await poll();
    advance(2 * hourMs);
    expect((await poll()).warnings).toEqual([]);
  });
});

describe('a bot that others use', () => {
  it('is told apart by who has it, and no secret of the other is shown', async () => {
    const { standIn, poll } = await signedIn();
    standIn.hasOtherConsumer = true;
    await expect(poll()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('another computer'),
    });
    standIn.webhook = 'https://shop.example/hook/s3cret-of-theirs';
    const failure: unknown = await poll().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'conflict', message: expect.stringContaining('shop.example') });
    expect(inspect(failure, { depth: 5 })).not.toContain('s3cret-of-theirs');
  });

  it('is taken over only when that is asked for', async () => {
    const { standIn, signIn } = await signedIn();
    standIn.webhook = 'https://shop.example/hook';
    await expect(signIn()).rejects.toMatchObject({ code: 'conflict' });
    expect(standIn.webhook).not.toBe('');
    await signIn({ token, takeOver: 'true' });
    expect(standIn.webhook).toBe('');
  });
});

describe('the token', () => {
  it('stands in no failure, whatever goes wrong', async () => {
    const { standIn, poll, signIn, call, settings } = await signedIn();
    const secret = token.split(':')[1]!;
    const failures: unknown[] = [];
    for (const fault of ['server-error', 'malformed', 'cut-off', 'dropped', 'rate-limited'] as const) {
      standIn.failNext('read', fault);
      failures.push(await poll().catch((error: unknown) => error));
    }
    failures.push(await signIn({ token: '123' }).catch((error: unknown) => error));
    const nowhere = { ...settings, apiUrl: 'http://127.0.0.1:9' };
    const identify = telegramConnector.account!.identify({
      ...call,
      settings: nowhere,
      credentials: { token },
    });
    failures.push(await identify.catch((error: unknown) => error));
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(EarshotError);
      expect(inspect(failure, { depth: 8 })).not.toContain(secret);
    }
  });

  it('that is of nobody is a matter of signing in', async () => {
    const { signIn } = await signedIn();
    await expect(signIn({ token: `1234:${'a'.repeat(30)}` })).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('answering', () => {
  async function answer(
    text: string,
    chat?: Record<string, unknown>,
    more: Record<string, unknown> = {},
    media: readonly OutgoingMedia[] = [],
  ) {
    const play = await signedIn();
    if (chat) Object.assign(play.standIn.chats[0]!, chat);
    const id = play.standIn.publishIn(fansId, 'question', more);
    const [mention] = (await play.poll()).items;
    const outbox = { ...play.call, account: play.account, target: target(mention!) };
    const reply = { text, media, idempotencyKey: 'k', createdAt: 0 };
    const prepared = await telegramConnector.reply!.prepare({ ...outbox, reply });
    const send = (given = media) =>
      telegramConnector.reply!.send({ ...outbox, prepared, idempotencyKey: 'k', media: given });
    return { ...play, id, outbox, send };
  }

  it('counts an emoji as one character, and sends signs as they are', async () => {
    const { send, standIn } = await answer('😀'.repeat(4_096));
    await send();
    const { send: sendSigns, standIn: other } = await answer('1 < 2 & *not bold*');
    expect((await sendSigns()).url).toMatch(/^https:\/\/t\.me\/brandfans\/\d+$/);
    expect(standIn.written()).toHaveLength(1);
    expect(other.written()[0]?.text).toBe('1 < 2 & *not bold*');
  });

  it('stays in the topic of a forum', async () => {
    const topic = { message_thread_id: 37, is_topic_message: true };
    const { send, standIn, id } = await answer('here', { is_forum: true }, topic);
    await send();
    expect(standIn.written()).toMatchObject([{ text: 'here', inReplyTo: id }]);
  });

  it('sends a picture to be seen and a file to be opened, the text below it', async () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
    const picture = { name: 'Grüße.png', type: 'image/png', alt: '', bytes };
    const topic = { message_thread_id: 37, is_topic_message: true };
    const shown = await answer('😀'.repeat(1_024), { is_forum: true }, topic, [picture]);
    const sent = await shown.send();
    expect(shown.standIn.written()).toMatchObject([{ text: '😀'.repeat(1_024), inReplyTo: shown.id }]);
    expect(shown.standIn.fileOf(sent.externalId)).toMatchObject([
      'sendPhoto',
      { fileName: 'Grüße.png', content: Buffer.from(bytes) },
    ]);
    const leaflet = { name: 'a.pdf', type: 'application/pdf', alt: '', bytes };
    const large = { ...picture, bytes: new Uint8Array(10_000_001) };
    for (const file of [leaflet, large]) {
      const { send, standIn } = await answer('', {}, {}, [file]);
      expect(standIn.fileOf((await send()).externalId)?.[0]).toBe('sendDocument');
    }
  });

  it('refuses beforehand what does not fit below a file, and a file that is not there', async () => {
    const file = { name: 'a.pdf', type: 'application/pdf', alt: '', bytes: new Uint8Array(3) };
    await expect(answer('x'.repeat(1_025), {}, {}, [file])).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('1,024'),
    });
    const { send, standIn } = await answer('x', {}, {}, [file]);
    await expect(send([])).rejects.toMatchObject({ code: 'not-found' });
    expect(standIn.written()).toEqual([]);
  });

  it('says what became of the chat', async () => {
    const kicked = await answer('x');
    kicked.standIn.chats[0]!.isBotKicked = true;
    await expect(kicked.send()).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('removed from this chat'),
    });
    const moved = await answer('x');
    moved.standIn.chats[0]!.migratedTo = -1_005;
    await expect(moved.send()).rejects.toMatchObject({ code: 'gone' });
  });

  it('says that others forbid it, in whatever words Telegram does', async () => {
    for (const said of ['CHAT_WRITE_FORBIDDEN', 'CHAT_SEND_PLAIN_FORBIDDEN', 'CHAT_RESTRICTED']) {
      const { send, standIn } = await answer('x');
      standIn.refusal = `Bad Request: ${said}`;
      await expect(send()).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('cannot be looked for, and says so', () => {
    expect(Object.keys(telegramConnector.reply!).sort()).toEqual([
      'prepare',
      'preparedSchema',
      'reaches',
      'send',
    ]);
  });

  it('likes with a reaction and takes it back; what is too old cannot be deleted', async () => {
    const { outbox, standIn, id, advance } = await answer('x');
    const act = { ...outbox, idempotencyKey: 'k', createdAt: 0 };
    await telegramConnector.actions!.like!(act);
    expect(standIn.reactionOn(id)).toBe('👍');
    await telegramConnector.actions!.unlike!(act);
    expect(standIn.reactionOn(id)).toBeNull();
    advance(3 * dayMs);
    await expect(telegramConnector.actions!.delete!(act)).rejects.toMatchObject({ code: 'rejected' });
  });
});

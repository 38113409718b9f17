import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type {
  AccountSession,
  IncomingMention,
  OutgoingMedia,
} from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { slackConnector } from '../../../../electron/engine/connectors/slack/connector.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { realClock } from '../http/real-clock.ts';
import { botToken } from './slack-played.ts';
import { startSlack } from './slack-stand-in.ts';

const picture: OutgoingMedia = {
  name: 'Grüße & co.png',
  type: 'image/png',
  alt: 'A “cat” & a mat',
  bytes: Uint8Array.from({ length: 300 }, (_, index) => index % 256),
};
const leaflet: OutgoingMedia = {
  name: 'a.pdf',
  type: 'application/pdf',
  alt: '',
  bytes: Buffer.from('%PDF'),
};

async function answering(text: string, media: readonly OutgoingMedia[]) {
  const now = Date.UTC(2026, 10, 21, 12);
  const standIn = await startSlack(() => now);
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => Promise.all([standIn.close(), http.close()]).then(() => {}));
  const call = { http, now: () => now, signal: new AbortController().signal };
  const settings = { apiUrl: `${standIn.url}/api`, allowPrivateNetwork: true };
  const account: AccountSession<{ token: string }, typeof settings> = {
    identity: await slackConnector.account!.identify({ ...call, settings, credentials: { token: botToken } }),
    settings,
    credentials: async () => ({ token: botToken }),
    renewed: async () => {
      throw new EarshotError('unauthorized', 'over');
    },
  };
  async function poll(): Promise<IncomingMention[]> {
    const items: IncomingMention[] = [];
    const source = { settings: { what: 'messages' }, cursor: null, queries: [], account } as const;
    for await (const page of slackConnector.poll({ ...call, ...source })) items.push(...page.items);
    return items;
  }
  standIn.publish({ text: 'question' });
  const [mention] = await poll();
  const target = { ...mention!, text: 'question', isPrivate: false, context: mention!.context };
  const outbox = { ...call, account, target, idempotencyKey: 'key' };
  const prepare = async () => {
    const reply = { text, media, idempotencyKey: 'key', createdAt: now };
    const made = await slackConnector.reply!.prepare({ ...outbox, reply });
    const prepared = slackConnector.reply!.preparedSchema.parse(JSON.parse(JSON.stringify(made)));
    return {
      prepared,
      send: () => slackConnector.reply!.send({ ...outbox, prepared }),
      find: () =>
        slackConnector.reply!.find!({ ...outbox, prepared, attemptedAt: now, taken: new Set<string>() }),
    };
  };
  return { standIn, poll, prepare };
}

describe('files with an answer', () => {
  it('lie at Slack unseen until they are sent, then stand in one message, described', async () => {
    const { standIn, poll, prepare } = await answering('1 < 2', [picture, leaflet]);
    const { send, find, prepared } = await prepare();
    expect(standIn.written()).toEqual([]);
    expect(await find()).toBeNull();
    expect(JSON.stringify(prepared)).not.toContain('Secret');
    const sent = await send();
    expect(standIn.written()).toMatchObject([{ externalId: sent.externalId, text: '1 &lt; 2' }]);
    expect(standIn.files.all).toMatchObject([
      { name: picture.name, alt: picture.alt, bytes: Buffer.from(picture.bytes) },
      { name: 'a.pdf', alt: '' },
    ]);
    expect(await find()).toEqual(sent);
    expect((await poll()).map(({ key }) => key)).toContain(sent.key);
  });

  it('need no words', async () => {
    const { standIn, prepare } = await answering('', [picture]);
    const { send, find } = await prepare();
    const sent = await send();
    expect(standIn.written()).toMatchObject([{ text: '' }]);
    expect(await find()).toEqual(sent);
  });

  it('that Slack does not show at once are looked for, and never sent twice', async () => {
    const { standIn, prepare } = await answering('Look', [picture]);
    standIn.files.isSlow = true;
    const { send, find } = await prepare();
    await expect(send()).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(await find()).toBeNull();
    await expect(send()).rejects.toMatchObject({ code: 'rejected' });
    standIn.files.show();
    expect((await find())?.externalId).toBe(standIn.written()[0]?.externalId);
    expect(standIn.written()).toHaveLength(1);
  });

  it('stay in doubt when the look behind them is refused', async () => {
    const { standIn, prepare } = await answering('Look', [picture]);
    const { send, find } = await prepare();
    standIn.failNext('read', 'rate-limited');
    await expect(send()).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(await find()).not.toBeNull();
  });

  it('that are the same as before are told apart', async () => {
    const { standIn, prepare } = await answering('Look', [picture]);
    const first = await prepare();
    const second = await prepare();
    const sent = await first.send();
    expect(await second.find()).toBeNull();
    expect((await second.send()).externalId).not.toBe(sent.externalId);
    expect(standIn.written()).toHaveLength(2);
  });

  it('ask for a scope, which is named before anything is sent', async () => {
    const { standIn, prepare } = await answering('Look', [picture]);
    standIn.scopes = standIn.scopes.filter((scope) => scope !== 'files:write');
    await expect(prepare()).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('files:write'),
    });
  });

  it('that Slack threw away meanwhile are to be added again', async () => {
    const { standIn, prepare } = await answering('Look', [picture]);
    const { send } = await prepare();
    standIn.files.forget();
    await expect(send()).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('Add them'),
    });
  });

  it('show nobody the address that they are sent to', async () => {
    const { standIn, prepare } = await answering('Look', [picture]);
    standIn.failNext('write', 'none');
    standIn.failNext('write', 'dropped');
    const failure: unknown = await prepare().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EarshotError);
    expect(inspect(failure, { depth: 8 })).not.toContain('Secret');
  });
});

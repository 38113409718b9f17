import { describe, expect, it, onTestFinished } from 'vitest';
import type {
  AccountSession,
  IncomingMention,
  OutgoingMedia,
} from '../../../../electron/engine/connectors/connector.ts';
import { discordConnector } from '../../../../electron/engine/connectors/discord/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { realClock } from '../http/real-clock.ts';
import { attach, serverId, token } from './discord-played.ts';
import { startDiscord } from './discord-stand-in.ts';

const picture: OutgoingMedia = {
  name: 'Grüße "an alle".png',
  type: 'image/png',
  alt: 'A “cat”\r\n--on a mat',
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
  const standIn = await startDiscord(() => now);
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => Promise.all([standIn.close(), http.close()]).then(() => {}));
  const call = { http, now: () => now, signal: new AbortController().signal };
  const settings = { apiUrl: `${standIn.url}/api/v10`, allowPrivateNetwork: true };
  const account: AccountSession<{ token: string }, typeof settings> = {
    identity: await discordConnector.account!.identify({ ...call, settings, credentials: { token } }),
    settings,
    credentials: async () => ({ token }),
    renewed: async () => {
      throw new EarshotError('unauthorized', 'over');
    },
  };
  async function poll(): Promise<IncomingMention[]> {
    const items: IncomingMention[] = [];
    const source = { what: 'messages', server: serverId } as const;
    for await (const page of discordConnector.poll({
      ...call,
      settings: source,
      cursor: null,
      queries: [],
      account,
    })) {
      items.push(...page.items);
    }
    return items;
  }
  standIn.publish({ text: 'question' });
  const [mention] = await poll();
  const target = { ...mention!, text: 'question', isPrivate: false, context: mention!.context };
  const idempotencyKey = crypto.randomUUID();
  const outbox = { ...call, account, target, idempotencyKey };
  const made = await discordConnector.reply!.prepare({
    ...outbox,
    reply: { text, media, idempotencyKey, createdAt: now },
  });
  const prepared = discordConnector.reply!.preparedSchema.parse(JSON.parse(JSON.stringify(made)));
  const send = (given = media) => discordConnector.reply!.send({ ...outbox, prepared, media: given });
  const find = () =>
    discordConnector.reply!.find!({ ...outbox, prepared, attemptedAt: now, taken: new Set() });
  return { standIn, poll, target, prepared, send, find };
}

describe('files with an answer', () => {
  it('arrive with it as one message, described, and are found again', async () => {
    const { standIn, poll, send, find, prepared } = await answering('Look', [picture, leaflet]);
    expect(JSON.stringify(prepared).length).toBeLessThan(1_000);
    const sent = await send();
    expect(standIn.written()).toMatchObject([{ externalId: sent.externalId, text: 'Look' }]);
    expect((await find())?.externalId).toBe(sent.externalId);
    const own = (await poll()).find(({ externalId }) => externalId === sent.externalId)!;
    expect(documentText(own.document)).toBe('Look\nA “cat” --on a mat\na.pdf');
  });

  it('need no words, and are not taken for another empty answer', async () => {
    const { standIn, send, find } = await answering('', [picture]);
    expect(await find()).toBeNull();
    await send();
    await send();
    expect(standIn.written()).toHaveLength(1);
    expect(await find()).not.toBeNull();
  });

  it('are not taken for the same words without a file', async () => {
    const { standIn, target, find } = await answering('Look', [picture]);
    standIn.publish({ text: 'Look', byAccount: true, inReplyTo: target.externalId });
    expect(await find()).toBeNull();
  });

  it('ask for a permission, which is named', async () => {
    const { standIn, send } = await answering('Look', [picture]);
    standIn.botPermissions &= ~attach;
    await expect(send()).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Attach Files'),
    });
    expect(standIn.written()).toEqual([]);
  });

  it('that are too large, or are not there any more, leave nothing behind', async () => {
    const large = { ...picture, bytes: new Uint8Array(10 * 1024 * 1024 + 1) };
    const { standIn, send } = await answering('Look', [large]);
    await expect(send()).rejects.toMatchObject({ code: 'rejected' });
    await expect(send([])).rejects.toMatchObject({ code: 'not-found' });
    expect(standIn.written()).toEqual([]);
  });

  it('are declared as Discord takes them', () => {
    expect(discordConnector.info.capabilities.media).toMatchObject({
      mostFiles: 10,
      mostBytes: 10_485_760,
      mostAlt: 1_024,
    });
  });
});

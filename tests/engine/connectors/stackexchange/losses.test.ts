import { describe, expect, it, onTestFinished } from 'vitest';
import { siteOrigin } from '../../../../electron/engine/connectors/stackexchange/adapt.ts';
import { call } from '../../../../electron/engine/connectors/stackexchange/api.ts';
import {
  listen,
  searchStream,
  type StackCursor,
} from '../../../../electron/engine/connectors/stackexchange/listen.ts';
import { settingsSchema } from '../../../../electron/engine/connectors/stackexchange/settings.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { loopbackServer } from '../http/loopback-server.ts';
import { realClock } from '../http/real-clock.ts';

const now = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;

describe('many searches', () => {
  it('of which most find nothing are all made in turn', async () => {
    const streams = Array.from({ length: 20 }, (_, count) => searchStream(`word ${count}`));
    const asked = new Set<unknown>();
    let cursor: StackCursor | null = null;
    for (let turn = 0; turn < 2; turn += 1) {
      const pages = listen({
        streams,
        site: 'stackoverflow',
        cursor,
        now: now + turn * hour,
        ask: async ({ parameters }) => {
          asked.add(parameters?.['q']);
          return { items: [], has_more: false };
        },
        isWanted: () => true,
      });
      for await (const page of pages) cursor = page.cursor;
    }
    expect(asked.size).toBe(20);
  });
});

describe('a refusal', () => {
  it('to write again so soon is no refusal of what is written', async () => {
    const server = await loopbackServer((_, response) =>
      response.writeHead(400, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          error_id: 407,
          error_name: 'write_failed',
          error_message: 'You may only post a comment every 5 seconds.',
        }),
      ),
    );
    const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
    onTestFinished(() => http.close());
    const site = {
      http,
      now: () => now,
      signal: new AbortController().signal,
      apiUrl: server.url,
      allowPrivateNetwork: true,
      site: 'stackoverflow',
      bearer: null,
    };
    await expect(call(site, { method: 'POST', path: '/posts/1/comments/add' })).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAt: now + 7_000 },
    });
  });
});

describe('a site', () => {
  it.each([
    ['https://mathoverflow.net/questions/1', 'mathoverflow.net', 'https://mathoverflow.net'],
    ['constructor', 'constructor', 'https://constructor.stackexchange.com'],
  ])('%s is called %s by the interface and read at %s', (typed, site, origin) => {
    expect(settingsSchema.parse({ site: typed }).site).toBe(site);
    expect(siteOrigin(site)).toBe(origin);
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFeed } from '../../../../electron/engine/connectors/feeds/parse-feed.ts';
import { parse } from './expectation.ts';
import { pollFeed } from './polling.ts';

const memoryLimit = 64 * 1024 * 1024;
const blockedLimitMs = 400;

let server: ChildProcess;
let origin = '';
let collectGarbage: () => void;

beforeAll(async () => {
  setFlagsFromString('--expose-gc');
  collectGarbage = runInNewContext('gc') as () => void;
  const script = fileURLToPath(new URL('hostile-server.ts', import.meta.url));
  server = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  origin = `http://127.0.0.1:${String(line).split(' ')[0] ?? ''}`;
});

afterAll(() => {
  server.stdin?.end();
});

/** Polls, and watches what it costs everybody else meanwhile. */
async function pollWatched(name: string) {
  collectGarbage();
  const before = process.memoryUsage.rss();
  // Processor time, since the machine may be busy with something else.
  const processorMs = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  let [peak, longestMs, lastMs] = [0, 0, processorMs()];
  const watch = setInterval(() => {
    const ms = processorMs();
    longestMs = Math.max(longestMs, ms - lastMs);
    lastMs = ms;
    peak = Math.max(peak, process.memoryUsage.rss() - before);
  }, 5);
  const startedAt = performance.now();
  const polled = await pollFeed(`${origin}/${name}`, { keepsItems: false });
  const tookMs = performance.now() - startedAt;
  await new Promise((resolve) => setTimeout(resolve, 10));
  clearInterval(watch);
  return { ...polled, tookMs, longestMs, peak };
}

describe('feeds that are made to do harm', () => {
  it.each([
    ['fifty-megabytes', 1_000, 'too-large'],
    ['fifty-megabytes-cyrillic', 1_000, 'too-large'],
    ['endless-items', 1_000, 'too-large'],
    ['endless-empty-items', 0, 'too-large'],
    ['endless-text', 1, 'too-large'],
    ['endless-cdata', 1, 'too-large'],
    ['endless-comment', 1, 'too-large'],
    ['endless-attribute', 1, 'too-large'],
    ['endless-attributes', 1, 'too-large'],
    ['endless-entities', 1, 'too-large'],
    ['endless-elements', 1, 'too-large'],
    ['endless-json', 1, 'too-large'],
    ['endless-json-members', 0, 'bad-response'],
    ['endless-space', 0, 'too-large'],
    ['entity-bomb', 42, null],
    ['deep', 1, 'bad-response'],
    ['deep-html', 1, null],
    ['deep-json', 0, 'bad-response'],
  ])('%s ends in %i items and %s, in little time and memory', async (name, items, code) => {
    // What the first poll of a process loads is not the feed's doing.
    await pollFeed(`${origin}/entity-bomb`);
    const polled = await pollWatched(name);
    expect(polled.itemCount).toBe(items);
    expect((polled.error ?? polled.warning)?.code ?? null).toBe(code);
    expect(polled.tookMs).toBeLessThan(20_000);
    expect(polled.peak).toBeLessThan(memoryLimit);
    expect(polled.longestMs).toBeLessThan(blockedLimitMs);
  });

  it('lets everybody else work while it reads what came in one piece', async () => {
    let turns = 0;
    const watch = setInterval(() => {
      turns += 1;
    }, 1);
    const item = '<item><title>x</title><description>lorem ipsum</description></item>';
    const whole = new TextEncoder().encode(`<rss><channel>${item.repeat(15_000)}</channel></rss>`);
    async function* body(): AsyncGenerator<Uint8Array> {
      yield whole;
    }
    const { feed } = await parseFeed(body(), { url: null, contentType: null });
    clearInterval(watch);
    expect(feed).toMatchObject({ end: 'whole', droppedItems: 14_000 });
    expect(turns).toBeGreaterThan(5);
  });

  it('expands no entity, and reads no file', () => {
    const feed = parse(
      `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY f SYSTEM "file:///etc/passwd">
        <!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p; <!ENTITY i "<item><guid>9</guid></item>">]>
        <rss><channel>&i;<item><guid>1</guid><title>&a;&f;</title></item></channel></rss>`,
    );
    expect(feed.items.map(({ id, title }) => [id, title])).toEqual([['1', '&a;&f;']]);
    expect(JSON.stringify(feed)).not.toContain(readFileSync('/etc/hostname', 'utf8').trim() || 'boom');
    expect(JSON.stringify(feed)).not.toContain('boom');
  });

  it('changes no prototype', () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
    const elements = names.map((name) => `<${name} ${name}="x"><polluted>yes</polluted></${name}>`).join('');
    parse(`<rss><channel>${elements}<item>${elements}<title>t</title></item></channel></rss>`);
    parse(
      `{"version":"https://jsonfeed.org/version/1","__proto__":{"polluted":true},"items":[{"__proto__":{"polluted":true},"id":"1"}]}`,
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

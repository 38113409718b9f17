import { describe, expect, it } from 'vitest';
import { youTubeConnector } from '../../../../electron/engine/connectors/youtube/connector.ts';
import { targetOf } from '../conformance/play.ts';
import { failureOfAnswer } from '../../../../electron/engine/connectors/youtube/failures.ts';
import { own } from './youtube-wording.ts';
import { startsAt, minute, call, start, server, signIn, poll, time } from './a-youtube.ts';

describe('the settings', () => {
  it.each(['channels', 'videos'])('ask for %s wherever they cannot be left out', (key) => {
    const field = youTubeConnector.info.settings.find((each) => each.key === key);
    const [what] = youTubeConnector.info.settings;
    for (const { value } of what?.options ?? []) {
      const without = youTubeConnector.settingsSchema.safeParse({ what: value });
      const isMissed = without.error?.issues.some(({ path }) => path[0] === key) ?? false;
      if (isMissed) expect(field?.onlyWhen?.values, value).toContain(value);
    }
  });
});

describe('of several channels', () => {
  const nowhere = 'UCnowhere-at-all';

  it('one that is gone does not silence the others', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const comment = standIn.publish({ text: 'Hello' });
    const { items, pages } = await poll({ what: 'comments', channels: `${nowhere} ${own.id}` }, { account });
    expect(items.map(({ externalId }) => externalId)).toEqual([comment]);
    expect(pages.flatMap(({ warning }) => warning?.code ?? [])).toEqual(['not-found']);
  });

  it('one whose feed is gone does not silence the others', async () => {
    const standIn = await start();
    const settings = { what: 'uploads', channels: `${nowhere} ${own.id}`, ...server(standIn) };
    const { items, pages } = await poll(settings);
    expect(items.length).toBeGreaterThan(0);
    expect(pages.flatMap(({ warning }) => warning?.code ?? [])).toEqual(['not-found']);
  });
});

describe('a search', () => {
  it('takes as long over the day as a hundred searches have to last', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const words = Array.from({ length: 60 }, (_, count) => `"a rather long name ${count}"`);
    const { pages } = await poll({ what: 'search' }, { account, queries: [words.join(' OR ')] });
    const hint = Math.max(...pages.map(({ hints }) => hints?.minimumIntervalMs ?? 0));
    const searches = standIn.spent.searches;
    expect(searches).toBeGreaterThan(2);
    expect((24 * 60 * minute * searches) / hint).toBeLessThanOrEqual(100);
  });
});

describe('a video that was made private', () => {
  it('does not silence the others that a search found', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const first = await poll({ what: 'search' }, { account, queries: ['acme', 'hooli'] });
    const found = first.cursor?.found ?? [];
    expect(found.length).toBeGreaterThan(0);
    for (const id of found) standIn.setPrivate(id);
    time.now += 30 * minute;
    const { pages } = await poll(
      { what: 'search' },
      { account, queries: ['acme', 'hooli'], cursor: first.cursor },
    );
    expect(pages.length).toBeGreaterThan(found.length);
  });

  it('is told of where the user has named it', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const comment = standIn.publish({ text: 'Hello' });
    const other = standIn.comments.get(comment)?.videoId ?? '';
    const settings = { what: 'videos', videos: `vid99999999 ${other}` };
    const { items, pages } = await poll(settings, { account });
    expect(items.map(({ externalId }) => externalId)).toEqual([comment]);
    expect(pages.flatMap(({ warning }) => warning?.code ?? [])).toEqual(['gone']);
  });
});

describe('in a thread with more answers than are read', () => {
  async function long() {
    const standIn = await start();
    const account = await signIn(standIn);
    const thread = standIn.publish({ text: 'a question' });
    for (let count = 0; count < 1_000; count += 1) {
      standIn.publish({ text: `answer ${count}`, inReplyTo: thread });
    }
    const last = standIn.publish({ text: 'the last one', inReplyTo: thread });
    const { items } = await poll({ what: 'comments' }, { account });
    const target = targetOf({
      ...items[0]!,
      key: `comment/${last}`,
      externalId: last,
      parentKey: `comment/${thread}`,
    });
    return { standIn, context: { ...call(), account, target } };
  }

  it('what is answered is not taken for deleted', async () => {
    const { context } = await long();
    const { target } = await youTubeConnector.reply!.look!(context as never);
    expect(target?.externalId).toBe(context.target.externalId);
  });

  it('an answer that is not among them is not taken for missing', async () => {
    const { context } = await long();
    const attempt = { ...context, prepared: { text: 'ours' }, attemptedAt: time.now, taken: new Set() };
    await expect(youTubeConnector.reply!.find!(attempt as never)).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});

describe('an answer to somebody in a thread', () => {
  it('names them also when somebody with a longer name is named', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const target = { parentKey: 'comment/x', author: { key: 'UCdan', handle: '@dan' } };
    const reply = { text: 'as @dana-okafor says', media: [], idempotencyKey: 'k', createdAt: time.now };
    const prepared = await youTubeConnector.reply!.prepare({ ...call(), account, target, reply } as never);
    expect(prepared).toEqual({ text: '@dan as @dana-okafor says' });
  });
});

describe('a refusal', () => {
  it('for a reason named like a part of every object is one that is not known', () => {
    const body = JSON.stringify({ error: { message: 'No', errors: [{ reason: 'constructor' }] } });
    expect(failureOfAnswer({ status: 400, headers: {}, body }, startsAt)).toMatchObject({
      code: 'rejected',
      message: 'YouTube does not take it: No.',
    });
  });

  it('because it took too long is not final', () => {
    expect(failureOfAnswer({ status: 408, headers: {}, body: '' }, startsAt).code).toBe('server-error');
  });
});

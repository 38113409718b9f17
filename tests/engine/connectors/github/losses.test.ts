import { describe, expect, it } from 'vitest';
import { gitHubAccount } from '../../../../electron/engine/connectors/github/account.ts';
import { gitHubConnector } from '../../../../electron/engine/connectors/github/connector.ts';
import type { GitHubCursor } from '../../../../electron/engine/connectors/github/settings.ts';
import { targetOf } from '../conformance/play.ts';
import { startsAt, minute, call, start, server, signIn, query, poll, texts, time } from './a-github.ts';

describe('a comment on lines', () => {
  it('that is an answer is answered below the one that began the thread, however it was read', async () => {
    const standIn = await start();
    standIn.useHugeIds?.();
    // The second number that is no double would be taken for another one.
    standIn.open('Issue', 'something else');
    const pull = standIn.open('PullRequest', 'a change');
    const line = standIn.comment('PullRequestReviewComment', pull, 'why this?');
    const answer = standIn.comment('PullRequestReviewComment', line, 'because');
    const account = await signIn(standIn);
    const { items } = await poll({ what: 'repository', repositories: 'orbit/tools' }, { account });
    const polled = targetOf(items.find(({ key }) => key === answer)!);
    const context = { ...call(), account, idempotencyKey: crypto.randomUUID(), createdAt: time.now };
    const reply = gitHubConnector.reply!;
    const { target } = await reply.look!({ ...context, target: polled } as never);
    const send = async (to: unknown, text: string) => {
      const outgoing = { text, media: [], idempotencyKey: crypto.randomUUID(), createdAt: time.now };
      const prepared = await reply.prepare({ ...context, target: to, reply: outgoing } as never);
      return reply.send({ ...context, target: to, prepared } as never);
    };
    const sent = await send(polled, 'one');
    await send(targetOf(target!), 'two');
    await send({ ...polled, key: sent.key, context: sent.context }, 'three');
    expect(standIn.written().map(({ inReplyTo }) => inReplyTo)).toEqual([line, line, line]);
  });
});

describe('a search that could not read everything at once', () => {
  it('reads the comments of what it left from where it began', async () => {
    const standIn = await start();
    const settings = { what: 'search', ...server(standIn) };
    const { cursor: begun } = await poll(settings);
    const busy = standIn.open('Issue', 'a bug');
    time.now += minute;
    standIn.comment('IssueComment', busy, 'acme did it');
    for (let count = 0; count < 9; count += 1) {
      time.now += 20 * minute;
      standIn.comment('IssueComment', standIn.open('Issue', 'another bug'), `acme ${count}`);
    }
    time.now += 20 * minute;
    standIn.comment('IssueComment', busy, 'no, it did not');
    const first = await poll(settings, { cursor: begun });
    time.now += 5 * minute;
    const second = await poll(settings, { cursor: first.cursor });
    expect(texts([...first.items, ...second.items])).toContain('acme did it');
    time.now += 60 * minute;
    const third = await poll(settings, { cursor: second.cursor });
    expect(third.cursor?.unfinished).toEqual({});
  });
});

describe('notifications', () => {
  it('that could not be read are read at the next poll', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const { cursor: begun } = await poll({ what: 'inbox' }, { account });
    time.now += 20 * minute;
    const issues = [standIn.open('Issue', '@brand-team one'), standIn.open('Issue', '@brand-team two')];
    let cursor = begun;
    const found: string[] = [];
    const reading = gitHubConnector.poll({
      ...call(),
      settings: gitHubConnector.settingsSchema.parse({ what: 'inbox' }),
      cursor,
      queries: [],
      account,
    });
    const readOn = async (): Promise<void> => {
      for await (const page of reading) {
        found.push(...page.items.map(({ key }) => key));
        cursor = page.cursor;
        standIn.failNext('read', 'server-error');
      }
    };
    await expect(readOn()).rejects.toMatchObject({ code: 'server-error' });
    expect(found).toHaveLength(1);
    time.now += 5 * minute;
    const second = await poll({ what: 'inbox' }, { account, cursor });
    expect([...found, ...second.items.map(({ key }) => key)].sort()).toEqual([...issues].sort());
  });

  it('bring what was said on the lines of a pull request', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const pull = standIn.open('PullRequest', 'a change');
    const line = standIn.comment('PullRequestReviewComment', pull, '@brand-team why?');
    const { items } = await poll({ what: 'inbox' }, { account });
    expect(items.map(({ key, rootKey }) => ({ key, rootKey }))).toContainEqual({ key: line, rootKey: pull });
  });
});

describe('a search for discussions', () => {
  it('misses none when what was read changes while pages are read', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const ids = Array.from({ length: 60 }, (_, count) => {
      time.now += 1_000;
      return standIn.open('Discussion', `acme ${count}`);
    });
    const found = new Set<string>();
    for await (const { items } of gitHubConnector.poll({
      ...call(),
      settings: gitHubConnector.settingsSchema.parse({ what: 'discussions' }),
      cursor: null,
      queries: [query('acme')],
      account,
    })) {
      // They move to the end, and the second page moves up by as many.
      if (found.size === 0) for (const id of ids.slice(0, 10)) standIn.edit(id, 'acme, edited');
      for (const { key } of items) found.add(key);
    }
    expect([...found].sort()).toEqual([...ids].sort());
  });
});

describe('the code of a sign-in', () => {
  it('is asked for at the pace that GitHub asked for last', async () => {
    const standIn = await start();
    const [, method] = gitHubAccount.methods;
    if (method?.kind !== 'device') throw new Error('The second way is a code.');
    const pending = { clientId: 'Ov23-of-the-user', deviceCode: 'device-code', intervalMs: 5_000 };
    const finish = () => method.finish({ ...call(), settings: server(standIn), pending, answer: {} });
    standIn.device.state = 'slow';
    await finish();
    standIn.device.state = 'pending';
    const asked: number[] = [];
    for (let elapsed = 5_000; elapsed <= 60_000; elapsed += 5_000) {
      time.now = startsAt + elapsed;
      const before = standIn.requests.length;
      await finish();
      if (standIn.requests.length > before) asked.push(elapsed);
    }
    expect(asked).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  });
});

describe('the mark', () => {
  it.each(['```\ncode', 'see <!-- this', '~~~~\n```\n~~~'])('stays unseen with %j', async (text) => {
    const reply = { text, media: [], idempotencyKey: 'key', createdAt: time.now };
    const { body } = await gitHubConnector.reply!.prepare({ ...call(), reply } as never);
    expect(body).toBe(`<!-- earshot:key -->\n\n${text}`);
  });
});

describe('of several repositories', () => {
  it.each(['repository', 'discussions'])(
    'one that is gone does not silence the others (%s)',
    async (what) => {
      const standIn = await start();
      const account = await signIn(standIn);
      const made = standIn.open(what === 'repository' ? 'Issue' : 'Discussion', 'one');
      const repositories = 'orbit/nothing orbit/tools';
      const { items, warnings } = await poll({ what, repositories }, { account });
      expect(items.map(({ key }) => key)).toEqual([made]);
      expect(warnings).toEqual(['not-found']);
    },
  );
});

describe('more searches than a minute allows', () => {
  it('are all made in turn', async () => {
    const standIn = await start();
    const settings = { what: 'search', ...server(standIn) };
    const words = Array.from({ length: 30 }, (_, count) => `word${100 + count}`);
    const queries = [words.join(' OR ')];
    const last = standIn.open('Issue', 'of word129 alone');
    const found: string[] = [];
    let cursor: GitHubCursor | null = null;
    for (let turn = 0; turn < 2; turn += 1) {
      const pages = gitHubConnector.poll({
        ...call(),
        settings: gitHubConnector.settingsSchema.parse(settings),
        cursor,
        queries: queries.map(query),
        account: null,
      });
      const limit = standIn.requests.length + 10;
      const read = async (): Promise<void> => {
        for await (const page of pages) {
          cursor = page.cursor;
          found.push(...page.items.map(({ key }) => key));
          if (standIn.requests.length >= limit) standIn.failNext('read', 'rate-limited');
        }
      };
      await expect(read()).rejects.toMatchObject({ code: 'rate-limited' });
      time.now += 5 * minute;
    }
    expect(found).toEqual([last]);
  });
});

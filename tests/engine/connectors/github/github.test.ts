import { describe, expect, it } from 'vitest';
import { gitHubAccount } from '../../../../electron/engine/connectors/github/account.ts';
import { gitHubConnector } from '../../../../electron/engine/connectors/github/connector.ts';
import { targetOf } from '../conformance/play.ts';
import { type GitHubStandIn } from './github-stand-in.ts';
import { bot } from './github-world.ts';
import { startsAt, minute, call, start, server, signIn, poll, texts, time } from './a-github.ts';

describe('a search for issues', () => {
  it('finds the comment by whose words an issue was found, and not the issue itself', async () => {
    const standIn = await start();
    const issue = standIn.open('Issue', 'It would be nice to read more formats');
    const comment = standIn.comment('IssueComment', issue, 'Those of **Acme**, say');
    standIn.comment('IssueComment', issue, 'Yes');
    const pull = standIn.open('PullRequest', 'Reads files of Acme');
    const { items } = await poll({ what: 'search', ...server(standIn) });
    expect(items.map(({ key, rootKey, parentKey }) => ({ key, rootKey, parentKey }))).toEqual([
      { key: comment, rootKey: issue, parentKey: issue },
      { key: pull, rootKey: pull, parentKey: null },
    ]);
    expect(items[0]).toMatchObject({
      kind: 'comment',
      title: null,
      conversationTitle: 'An idea',
      author: { key: expect.stringMatching(/^user\/\d+$/), name: 'lena', handle: '@lena' },
      context: { repository: 'orbit/tools', thread: 'issue', comment: 'issue-comment' },
    });
  });

  it('reads comments again only where something has changed', async () => {
    const standIn = await start();
    const issue = standIn.open('Issue', 'acme?');
    standIn.comment('IssueComment', issue, 'acme!');
    const settings = { what: 'search', ...server(standIn) };
    const first = await poll(settings);
    const asked = standIn.requests.length;
    time.now += 5 * minute;
    const second = await poll(settings, { cursor: first.cursor });
    expect(second.items).toEqual([]);
    expect(standIn.requests.length - asked).toBe(2);
  });

  it('does not go past what it had no requests left to read', async () => {
    const standIn = await start();
    for (let count = 0; count < 12; count += 1) {
      time.now += 20 * minute;
      standIn.comment('IssueComment', standIn.open('Issue', 'a bug'), `acme ${count}`);
    }
    const settings = { what: 'search', ...server(standIn) };
    const first = await poll(settings);
    expect(first.items).toHaveLength(8);
    time.now += 5 * minute;
    const second = await poll(settings, { cursor: first.cursor });
    expect(texts([...first.items, ...second.items])).toEqual(
      Array.from({ length: 12 }, (_, count) => `acme ${count}`),
    );
  });

  it('stays where it is when GitHub gives up half-way', async () => {
    const standIn = await start();
    const settings = { what: 'search', ...server(standIn) };
    standIn.publish({ text: 'acme' });
    standIn.searchesGiveUp = true;
    const first = await poll(settings);
    expect(first.warnings).toEqual(['server-error']);
    expect(Object.keys(first.cursor?.newest ?? {})).toEqual([]);
  });

  it('puts as many words into one search as it takes', async () => {
    const standIn = await start();
    const names = Array.from({ length: 7 }, (_, n) => `name${n}`);
    await poll({ what: 'search', ...server(standIn) }, { queries: [names.join(' OR ')] });
    const asked = standIn.requests.map(({ path }) => new URL(path, 'http://x').searchParams.get('q') ?? '');
    expect(asked.map((q) => q.match(/"\w+"/g)?.length)).toEqual([5, 5, 2, 2]);
    expect(asked[0]).toMatch(/^\("name0" OR .*\) in:title,body,comments is:issue updated:>=\S+Z$/);
  });

  it('leaves bots out where the user wants it', async () => {
    const standIn = await start();
    standIn.open('Issue', 'acme by hand');
    standIn.open('Issue', 'acme by machine', bot);
    const settings = { what: 'search', ...server(standIn) };
    expect(texts((await poll(settings)).items)).toHaveLength(2);
    expect(texts((await poll({ ...settings, leavesBotsOut: true })).items)).toEqual(['acme by hand']);
  });
});

describe('a repository', () => {
  it('brings issues, comments and comments on lines, each in its thread', async () => {
    const standIn = await start();
    const issue = standIn.open('Issue', 'one');
    const pull = standIn.open('PullRequest', 'two');
    const comment = standIn.comment('IssueComment', issue, 'three');
    const line = standIn.comment('PullRequestReviewComment', pull, 'four');
    const { items } = await poll({ what: 'repository', repositories: 'orbit/tools', ...server(standIn) });
    expect(items.map(({ key, rootKey }) => [key, rootKey])).toEqual([
      [issue, issue],
      [pull, pull],
      [comment, issue],
      [line, pull],
    ]);
  });

  it('misses nothing when what was read changes while pages are read', async () => {
    const standIn = await start();
    const ids = Array.from({ length: 150 }, (_, count) => {
      time.now += 1_000;
      return standIn.open('Issue', `issue ${count}`);
    });
    const settings = { what: 'repository', repositories: 'orbit/tools', ...server(standIn) };
    const found = new Set<string>();
    for await (const { items } of gitHubConnector.poll({
      ...call(),
      settings: gitHubConnector.settingsSchema.parse(settings),
      cursor: null,
      queries: [],
      account: null,
    })) {
      // They move to the end, and the second page moves up by as many.
      if (found.size === 0) for (const id of ids.slice(0, 10)) standIn.edit(id, 'edited');
      for (const { key } of items) found.add(key);
    }
    expect([...found].sort()).toEqual([...ids].sort());
  });

  it('finds the thread of a late comment', async () => {
    const standIn = await start();
    const settings = { what: 'repository', repositories: 'orbit/tools', ...server(standIn) };
    const issue = standIn.open('Issue', 'one');
    const { cursor } = await poll(settings);
    time.now += 60 * minute;
    const comment = standIn.comment('IssueComment', issue, 'late');
    const { items } = await poll(settings, { cursor });
    expect(items.find(({ key }) => key === comment)).toMatchObject({ rootKey: issue });
  });

  it('is named when it is not there', async () => {
    const standIn = await start();
    const settings = { what: 'repository', repositories: 'orbit/nothing', ...server(standIn) };
    await expect(poll(settings)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('notifications', () => {
  it('bring their threads, obey the pace that GitHub asks for, and cost nothing while nothing is new', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const issue = standIn.open('Issue', '@brand-team look');
    const comment = standIn.comment('IssueComment', issue, 'please');
    standIn.open('Discussion', 'not named in notifications');
    const first = await poll({ what: 'inbox' }, { account });
    expect(first.items.map(({ key }) => key)).toEqual([issue, comment]);
    expect(first.pages.at(-1)?.hints).toEqual({ minimumIntervalMs: 120_000 });
    const asked = standIn.requests.length;
    const second = await poll({ what: 'inbox' }, { account, cursor: first.cursor });
    expect(second.items).toEqual([]);
    expect(standIn.requests.length - asked).toBe(1);
    expect(gitHubConnector.accountNeededFor?.({ what: 'inbox' })).toMatch(/account/);
  });
});

describe('an account', () => {
  const [, method] = gitHubAccount.methods;
  if (method?.kind !== 'device') throw new Error('The second way is a code.');

  it('is connected by a code typed in on GitHub, at the pace that it asks for', async () => {
    const standIn = await start();
    const settings = server(standIn);
    const begin = await method.begin({
      ...call(),
      settings,
      entered: { clientId: 'Ov23-of-the-user' },
      redirectUri: '',
      installationId: 'i',
      state: '',
    });
    expect(begin).toMatchObject({
      url: 'https://github.com/login/device',
      userCode: 'WDJB-MJHT',
      intervalMs: 5_000,
      expiresAt: startsAt + 900_000,
    });
    const finish = () => method.finish({ ...call(), settings, pending: begin.pending, answer: {} });
    expect(await finish()).toBeNull();
    standIn.device.state = 'slow';
    expect(await finish()).toBeNull();
    const asked = standIn.requests.length;
    standIn.device.state = 'done';
    time.now += 5_000;
    expect(await finish()).toBeNull();
    expect(standIn.requests.length).toBe(asked);
    time.now += 5_000;
    expect((await finish())?.identity).toEqual({
      externalId: '4711',
      authorKey: 'user/4711',
      name: 'The Brand',
      handle: '@brand-team',
      url: 'https://github.com/brand-team',
    });
  });

  it('says so when the user declines', async () => {
    const standIn = await start();
    standIn.device.state = 'denied';
    const finish = method.finish({
      ...call(),
      settings: server(standIn),
      pending: { clientId: 'Ov23-of-the-user', deviceCode: 'device-code', intervalMs: 5_000 },
      answer: {},
    });
    await expect(finish).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['notifications, repo', undefined],
    ['notifications', expect.stringContaining('public_repo')],
    [null, expect.stringContaining('fine-grained')],
  ])('with the permissions %j knows what it cannot do', async (scopes, note) => {
    const standIn = await start();
    standIn.scopes = scopes;
    expect((await signIn(standIn)).identity.replyNote).toEqual(note);
  });
});

describe('answering', () => {
  async function contextFor(standIn: GitHubStandIn, key: string, what = 'repository') {
    const account = await signIn(standIn);
    const { items } = await poll({ what, repositories: 'orbit/tools' }, { account });
    const target = targetOf(items.find((item) => item.key === key)!);
    return { ...call(), account, target, idempotencyKey: crypto.randomUUID(), createdAt: time.now };
  }
  const reply = gitHubConnector.reply!;
  const outgoing = (idempotencyKey: string) => ({
    text: 'Hello',
    media: [],
    idempotencyKey,
    createdAt: time.now,
  });

  it('leaves a mark that nobody sees and that finds it again', async () => {
    const standIn = await start();
    const issue = standIn.open('Issue', 'a question');
    const context = await contextFor(standIn, issue);
    const prepared = await reply.prepare({ ...context, reply: outgoing(context.idempotencyKey) } as never);
    const sent = await reply.send({ ...context, prepared } as never);
    expect(standIn.written()).toEqual([
      {
        externalId: sent.externalId,
        inReplyTo: issue,
        text: `Hello\n\n<!-- earshot:${context.idempotencyKey} -->`,
      },
    ]);
    const { items } = await reply.look!(context as never);
    expect(texts(items.filter(({ key }) => key === sent.key))).toEqual(['Hello']);
  });

  it('to a comment on lines goes below that one, and is found there', async () => {
    const standIn = await start();
    standIn.useHugeIds?.();
    standIn.open('Issue', 'something else');
    const pull = standIn.open('PullRequest', 'a change');
    const line = standIn.comment('PullRequestReviewComment', pull, 'why this?');
    const context = await contextFor(standIn, line);
    const prepared = await reply.prepare({ ...context, reply: outgoing(context.idempotencyKey) } as never);
    standIn.failNext('write', 'drop-after-commit');
    const attempt = { ...context, prepared, attemptedAt: time.now, taken: new Set<string>() } as never;
    await expect(reply.send(attempt)).rejects.toMatchObject({ code: 'outcome-unknown' });
    const found = await reply.find!(attempt);
    expect(standIn.written()).toEqual([
      { externalId: found?.externalId, inReplyTo: line, text: expect.stringContaining('Hello') },
    ]);
    await gitHubConnector.actions?.delete?.({
      ...context,
      target: { ...context.target, key: found?.key ?? '', context: found?.context },
    } as never);
    expect(standIn.written()).toEqual([]);
  });

  it('to an answer in a discussion goes below the same comment', async () => {
    const standIn = await start('Discussion');
    const discussion = standIn.open('Discussion', 'a question');
    const comment = standIn.comment('DiscussionComment', discussion, 'first level');
    const answer = standIn.comment('DiscussionComment', comment, 'second level');
    const context = await contextFor(standIn, answer, 'discussions');
    expect(context.target).toMatchObject({ parentKey: comment, rootKey: discussion });
    const prepared = await reply.prepare({ ...context, reply: outgoing(context.idempotencyKey) } as never);
    await reply.send({ ...context, prepared } as never);
    expect(standIn.written()[0]?.inReplyTo).toBe(comment);
    const attempt = { ...context, prepared, attemptedAt: time.now, taken: new Set<string>() } as never;
    expect(await reply.find!(attempt)).toMatchObject({ key: standIn.written()[0]?.externalId });
  });

  it('is known beforehand to be impossible where the thread is locked', async () => {
    const standIn = await start();
    const issue = standIn.open('Issue', 'a question');
    const context = await contextFor(standIn, issue);
    standIn.lock(issue);
    expect((await reply.look!(context as never)).closed).toMatch(/locked/);
    const prepared = await reply.prepare({ ...context, reply: outgoing(context.idempotencyKey) } as never);
    await expect(reply.send({ ...context, prepared } as never)).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('locked'),
    });
  });

  it('is done to comments and taken back, and hides no issue', async () => {
    const standIn = await start();
    const issue = standIn.open('Issue', 'a question');
    const comment = standIn.comment('IssueComment', issue, 'spam');
    const context = (await contextFor(standIn, comment)) as never;
    const { actions } = gitHubConnector;
    for (let time = 0; time < 2; time += 1) {
      await actions?.hide?.(context);
      expect(standIn.entries.get(comment)?.isMinimized).toBe(true);
      await actions?.like?.(context);
      expect([...standIn.reactions]).toEqual([comment]);
    }
    await actions?.unhide?.(context);
    await actions?.unlike?.(context);
    expect(standIn.entries.get(comment)?.isMinimized).toBe(false);
    expect(standIn.reactions.size).toBe(0);
    const onIssue = (await contextFor(standIn, issue)) as never;
    await expect(actions?.hide?.(onIssue)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

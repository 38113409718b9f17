import type { StandIn } from '../conformance/stand-in.ts';
import { entryOf, subreddit, wireOf, type RedditThing } from './reddit-wording.ts';
import { standInServer, type StandInAnswer, type StandInRequest } from '../conformance/stand-in-server.ts';

export interface RedditStandIn extends StandIn {
  readonly url: string;
  readonly client: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly refreshToken: string;
  };
  readonly things: ReadonlyMap<string, RedditThing>;
  /** Private messages to the account. */
  sendMessage(author: string, text: string): string;
  /** What the account has voted, and the names it blocked. */
  readonly votes: ReadonlyMap<string, string>;
  readonly blocked: ReadonlySet<string>;
  lock(name: string): void;
  /** Its author has blocked the account, or somebody above has. */
  makeUnrepliable(name: string): void;
  /** The code that the page of consent gives after the user said yes. */
  readonly code: string;
}

const account = 'brand_team';
const redirectUri = 'http://127.0.0.1:47813/callback';

/** Answers as Reddit does, 200-with-errors and all. */
export async function redditStandIn(now: () => number): Promise<RedditStandIn> {
  const things = new Map<string, RedditThing>();
  const votes = new Map<string, string>();
  const blocked = new Set<string>();
  const client = { clientId: 'a-client-of-the-user', clientSecret: '', refreshToken: 'refresh-token-1' };
  const code = 'code-of-the-consent';
  let refreshToken: string | null = client.refreshToken;
  let accessToken: string | null = null;
  let tokens = 0;
  let ids = 40_000_000;

  const theirNow = (): number => now() + standIn.skewMs;
  const nextName = (kind: string): string => {
    ids += 1;
    return `${kind}_${ids.toString(36)}`;
  };
  const add = (thing: Pick<RedditThing, 'author' | 'text'> & Partial<RedditThing>, kind?: string) => {
    const parent = thing.parent ?? null;
    const name = nextName(kind ?? (parent === null ? 't3' : 't1'));
    const above = parent === null ? undefined : things.get(parent);
    things.set(name, {
      name,
      title: 'A post',
      at: theirNow(),
      root: above?.root ?? name,
      parent,
      editedAt: null,
      isRemoved: false,
      isSpoiled: false,
      isLocked: false,
      ...thing,
    });
    return name;
  };

  const json = (status: number, body: unknown, headers: Record<string, string> = {}): StandInAnswer => ({
    status,
    body,
    headers: { date: new Date(theirNow()).toUTCString(), ...headers },
  });
  const allowance = (remaining: string) => ({
    'x-ratelimit-used': '3',
    'x-ratelimit-remaining': remaining,
    'x-ratelimit-reset': '60',
  });
  const refusedWrite = (errorCode: string, text: string, field: string): StandInAnswer =>
    json(200, { json: { errors: [[errorCode, text, field]] } });

  function authorised({ headers }: StandInRequest): boolean {
    return accessToken !== null && headers['authorization'] === `bearer ${accessToken}`;
  }

  function answer(request: StandInRequest): StandInAnswer {
    const { path, method, headers } = request;
    // A name that tells nothing is throttled at once.
    if (!/^\w+:[\w.]+:v?\d/.test(headers['user-agent'] ?? ''))
      return json(429, { message: 'Too Many Requests' });
    if (path.startsWith('/api/v1/') && path.endsWith('_token')) return token(request);
    if (/\/?\.rss$/.test(path)) return feed(request);
    if (!authorised(request)) {
      return json(
        401,
        { message: 'Unauthorized', error: 401 },
        { 'www-authenticate': 'Bearer realm="reddit", error="invalid_token"' },
      );
    }
    const result = method === 'POST' ? write(request) : read(request);
    return { ...result, headers: { ...allowance('997.0'), ...result.headers } };
  }

  function token(request: StandInRequest): StandInAnswer {
    const form = request.form();
    const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
    if (request.headers['authorization'] !== `Basic ${basic}`) {
      return json(401, { message: 'Unauthorized', error: 401 });
    }
    if (request.path.endsWith('revoke_token')) {
      if (form.get('token') === refreshToken) refreshToken = null;
      return json(200, {});
    }
    if (form.get('grant_type') === 'authorization_code') {
      const isGood = form.get('code') === code && form.get('redirect_uri') === redirectUri;
      if (!isGood) return json(200, { error: 'invalid_grant' });
    } else if (refreshToken === null || form.get('refresh_token') !== refreshToken) {
      return json(400, { message: 'Bad Request', error: 'invalid_grant' });
    }
    tokens += 1;
    accessToken = `access-token-number-${tokens}`;
    return json(200, {
      access_token: accessToken,
      token_type: 'bearer',
      expires_in: 86_400,
      scope: 'identity read history privatemessages submit edit vote modposts account',
      ...(form.get('grant_type') === 'authorization_code' ? { refresh_token: refreshToken } : {}),
    });
  }

  function listing(request: StandInRequest, found: readonly RedditThing[], isInbox = false): StandInAnswer {
    const { searchParams } = request.url;
    const isRaw = searchParams.get('raw_json') === '1';
    const limit = Math.min(Number(searchParams.get('limit') ?? 25), 100);
    const { some, after } = pageOf(found, searchParams.get('after'), limit);
    return json(200, {
      kind: 'Listing',
      data: {
        after,
        dist: some.length,
        children: some.map((thing) => wireOf(things, thing, isRaw, isInbox)),
      },
    });
  }

  function pageOf(found: readonly RedditThing[], after: string | null, limit: number) {
    const reachable = found.toSorted((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1)).slice(0, 1_000);
    const start = after === null ? 0 : reachable.findIndex(({ name }) => name === after) + 1;
    const some = reachable.slice(start, start + limit);
    return { some, after: start + limit < reachable.length ? (some.at(-1)?.name ?? null) : null };
  }

  const visible = (kind: string): RedditThing[] =>
    [...things.values()].filter(({ name, isRemoved }) => name.startsWith(kind) && !isRemoved);
  const searched = (url: URL): RedditThing[] => {
    const words = (url.searchParams.get('q') ?? '').toLowerCase().split(/\s+or\s+/);
    return visible('t3').filter(({ text, title }) =>
      words.some((word) => `${title} ${text}`.toLowerCase().includes(word.replaceAll('"', ''))),
    );
  };

  function read(request: StandInRequest): StandInAnswer {
    const { path, url } = request;
    if (path === '/api/v1/me') return json(200, { id: '1w72', name: account, is_suspended: false });
    if (path === '/search' || path === `/r/${subreddit}/search`) return listing(request, searched(url));
    if (path === `/r/${subreddit}/new`) return listing(request, visible('t3'));
    if (path === `/r/${subreddit}/comments`) return listing(request, visible('t1'));
    if (path.startsWith('/r/')) {
      return { status: 302, headers: { location: `/subreddits/search?q=${path.split('/')[2] ?? ''}` } };
    }
    if (path === '/subreddits/search') return listing(request, []);
    if (path === '/message/inbox') {
      const answers = visible('t1').filter(
        ({ parent, author }) => author !== account && things.get(parent ?? '')?.author === account,
      );
      return listing(
        request,
        [...answers, ...visible('t4').filter(({ author }) => author !== account)],
        true,
      );
    }
    if (path === '/message/sent') {
      return listing(
        request,
        visible('t4').filter(({ author }) => author === account),
      );
    }
    if (path === `/user/${account}/comments`) {
      return listing(
        request,
        visible('t1').filter(({ author }) => author === account),
      );
    }
    if (path === '/api/info') {
      const asked = (url.searchParams.get('id') ?? '').split(',');
      if (asked.length > 100) return json(400, { message: 'Bad Request', error: 400 });
      return listing(
        request,
        asked.flatMap((name) => things.get(name) ?? []),
      );
    }
    const thread = /^\/comments\/(\w+)$/.exec(path)?.[1];
    if (thread !== undefined) return readThread(request, `t3_${thread}`);
    const message = /^\/message\/messages\/(\w+)$/.exec(path)?.[1];
    if (message !== undefined) {
      return listing(
        request,
        visible('t4').filter(({ root }) => root === `t4_${message}`),
      );
    }
    return json(404, { message: 'Not Found', error: 404 });
  }

  function readThread(request: StandInRequest, name: string): StandInAnswer {
    const post = things.get(name);
    if (post === undefined) return json(404, { message: 'Not Found', error: 404 });
    const isRaw = request.url.searchParams.get('raw_json') === '1';
    const focus = request.url.searchParams.get('comment');
    const tree = (parent: string): object => ({
      kind: 'Listing',
      data: {
        after: null,
        children: [...things.values()]
          .filter((thing) => thing.parent === parent)
          .map((thing) => withReplies(thing)),
      },
    });
    const withReplies = (thing: RedditThing): object => {
      const { kind, data } = wireOf(things, thing, isRaw) as { kind: string; data: object };
      const hasReplies = [...things.values()].some(({ parent }) => parent === thing.name);
      return { kind, data: { ...data, replies: hasReplies ? tree(thing.name) : '' } };
    };
    const focused = focus === null ? undefined : things.get(`t1_${focus}`);
    const comments =
      focused === undefined
        ? tree(name)
        : { kind: 'Listing', data: { after: null, children: [withReplies(focused)] } };
    return json(200, [
      { kind: 'Listing', data: { after: null, children: [wireOf(things, post, isRaw)] } },
      comments,
    ]);
  }

  function write(request: StandInRequest): StandInAnswer {
    const form = request.form();
    const id = form.get('id') ?? '';
    switch (request.path) {
      case '/api/comment': {
        const text = form.get('text') ?? '';
        const parent = form.get('thing_id') ?? '';
        const target = things.get(parent);
        if (form.get('api_type') !== 'json') return json(200, { jquery: [], success: false });
        if (target === undefined) return refusedWrite('NO_THING_ID', 'id not specified', 'parent');
        if (target.isRemoved)
          return refusedWrite('DELETED_COMMENT', 'that comment has been deleted', 'parent');
        if (target.isLocked || things.get(target.root)?.isLocked) {
          return refusedWrite('THREAD_LOCKED', 'Comments are locked.', 'parent');
        }
        if (text.trim() === '') return refusedWrite('NO_TEXT', 'we need something here', 'text');
        if (Array.from(text).length > 10_000)
          return refusedWrite('TOO_LONG', 'this is too long (max: 10000)', 'text');
        const name = add({ author: account, text, parent }, parent.startsWith('t4') ? 't4' : 't1');
        const made = things.get(name);
        return json(200, {
          json: {
            errors: [],
            data: { things: made ? [wireOf(things, made, request.url.searchParams.has('raw_json'))] : [] },
          },
        });
      }
      case '/api/vote':
        if (!['1', '0', '-1'].includes(form.get('dir') ?? '') || !things.has(id)) {
          return json(404, { message: 'Not Found', error: 404 });
        }
        votes.set(id, form.get('dir') ?? '');
        return json(200, {});
      case '/api/del': {
        const thing = things.get(id);
        if (thing && thing.author !== account) return json(403, { message: 'Forbidden', error: 403 });
        if (thing) thing.isRemoved = true;
        return json(200, {});
      }
      case '/api/remove':
      case '/api/approve':
        return things.has(id) ? json(200, {}) : json(404, { message: 'Not Found', error: 404 });
      case '/api/block_user':
        if (!form.get('name')) return json(400, { message: 'Bad Request', error: 400 });
        blocked.add(form.get('name') ?? '');
        return json(200, {});
      default:
        return json(404, { message: 'Not Found', error: 404 });
    }
  }

  function feed({ path, url }: StandInRequest): StandInAnswer {
    const name = path.replace(/\/?\.rss$/, '');
    const found =
      name === '/search' || name === `/r/${subreddit}/search`
        ? searched(url)
        : name === `/r/${subreddit}/new`
          ? visible('t3')
          : name === `/r/${subreddit}/comments`
            ? visible('t1')
            : null;
    if (found === null)
      return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html></html>' };
    const limit = Math.min(Number(url.searchParams.get('limit') ?? 25), 100);
    const { some } = pageOf(found, url.searchParams.get('after'), limit);
    return {
      status: 200,
      headers: { 'content-type': 'application/atom+xml; charset=UTF-8' },
      body: `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>${path}</id><title>${subreddit}</title><updated>${new Date(theirNow()).toISOString()}</updated>${some.map((thing) => entryOf(things, thing)).join('')}</feed>`,
    };
  }

  const server = await standInServer({
    kindOf(request) {
      const { method, path } = request;
      if (path === '/api/v1/access_token')
        return request.form().get('grant_type') === 'refresh_token' ? 'renewal' : null;
      if (path === '/api/v1/revoke_token') return null;
      return method === 'POST' ? 'write' : 'read';
    },
    answer,
    refusals: {
      'rate-limited': ({ path }) =>
        path === '/api/comment'
          ? refusedWrite(
              'RATELIMIT',
              'Looks like you’ve been doing that a lot. Take a break for 1 minute before trying again.',
              'ratelimit',
            )
          : json(429, { message: 'Too Many Requests', error: 429 }, allowance('0.0')),
      'missing-permission': () =>
        json(
          403,
          { message: 'Forbidden', error: 403 },
          { 'www-authenticate': 'Bearer realm="reddit", error="insufficient_scope"' },
        ),
      refused: () => refusedWrite('TOO_OLD', 'that post is too old to comment on', 'parent'),
    },
    expire: () => {
      accessToken = null;
    },
    revoke: () => {
      accessToken = null;
      refreshToken = null;
    },
  });

  const standIn: RedditStandIn = {
    skewMs: 0,
    url: server.url,
    client,
    code,
    things,
    votes,
    blocked,
    requests: server.requests,
    failNext: server.failNext,
    close: server.close,
    publish: ({ text, author = 'fan_42', at, inReplyTo, byAccount = false }) =>
      add({
        text,
        author: byAccount ? account : author,
        ...(at === undefined ? {} : { at }),
        ...(inReplyTo === undefined ? {} : { parent: inReplyTo }),
      }),
    sendMessage: (author, text) => add({ author, text }, 't4'),
    edit(name, text) {
      const thing = things.get(name);
      if (thing) Object.assign(thing, { text, editedAt: theirNow() });
    },
    remove(name) {
      const thing = things.get(name);
      if (thing) thing.isRemoved = true;
    },
    spoil(name) {
      const thing = things.get(name);
      if (thing) thing.isSpoiled = true;
    },
    makeUnrepliable(name) {
      const thing = things.get(name);
      if (thing) thing.isUnrepliable = true;
    },
    lock(name) {
      const thing = things.get(name);
      if (thing) thing.isLocked = true;
    },
    written: () =>
      [...things.values()]
        .filter(({ author, isRemoved, name }) => author === account && !isRemoved && !name.startsWith('t3'))
        .map(({ name, text, parent }) => ({ externalId: name, text, inReplyTo: parent })),
  };
  return standIn;
}

import type { StandIn } from '../conformance/stand-in.ts';
import { standInServer, type StandInAnswer, type StandInRequest } from '../conformance/stand-in-server.ts';
import { answerGraphql, type World } from './github-graphql.ts';
import { account, type Entry, isThread, jsonText, repository, restOf } from './github-world.ts';

export interface GitHubStandIn extends StandIn {
  readonly url: string;
  readonly token: string;
  /** What `x-oauth-scopes` says; null for a fine-grained token. */
  scopes: string | null;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly reactions: ReadonlySet<string>;
  open(kind: 'Issue' | 'PullRequest' | 'Discussion', text: string, author?: string): string;
  comment(kind: Entry['kind'], parent: string, text: string, author?: string): string;
  lock(nodeId: string): void;
  /** The user types the code in, or declines. */
  device: { state: 'pending' | 'slow' | 'done' | 'denied'; readonly userCode: string };
  /** The next search comes back unfinished. */
  searchesGiveUp: boolean;
}

/** Answers as GitHub does; `publish` makes issues or discussions. */
export async function gitHubStandIn(
  now: () => number,
  publishes: 'Issue' | 'Discussion' = 'Issue',
): Promise<GitHubStandIn> {
  const entries = new Map<string, Entry>();
  const reactions = new Set<string>();
  let token: string | null = 'ghp_a-token-of-the-user';
  let ids = 3_600_000_000n;
  let numbers = 800;

  const theirNow = (): number => Math.floor((now() + standIn.skewMs) / 1000) * 1000;
  const touch = (entry: Entry | undefined): void => {
    if (entry) entry.updatedAt = Math.max(entry.updatedAt, theirNow());
  };
  const world: World = {
    entries,
    reactions,
    add(entry) {
      ids += 1n;
      const isRoot = entry.rootId === undefined;
      if (isRoot) numbers += 1;
      const nodeId = `${entry.kind}_kw${ids}`;
      const at = entry.at ?? theirNow();
      const made: Entry = {
        nodeId,
        id: String(ids),
        number: isRoot ? numbers : 0,
        at,
        updatedAt: at,
        rootId: nodeId,
        replyTo: null,
        isSpoiled: false,
        isLocked: false,
        isMinimized: false,
        ...entry,
      };
      entries.set(nodeId, made);
      touch(entries.get(made.rootId === nodeId ? '' : made.rootId));
      return made;
    },
    remove: (nodeId) => void entries.delete(nodeId),
  };

  const answerOf = (status: number, body: unknown, headers: Record<string, string> = {}): StandInAnswer => ({
    status,
    body: jsonText(body),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      date: new Date(theirNow()).toUTCString(),
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      ...headers,
    },
  });
  const refusal = (status: number, message: string, headers: Record<string, string> = {}): StandInAnswer =>
    answerOf(
      status,
      { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
      headers,
    );

  function answer(request: StandInRequest): StandInAnswer {
    const { path, headers } = request;
    if (!headers['user-agent']) return refusal(403, 'Request forbidden by administrative rules.');
    if (path.startsWith('/login/')) return login(request);
    const given = headers['authorization'];
    if (given !== undefined && (token === null || given !== `Bearer ${token}`)) {
      return refusal(401, 'Bad credentials');
    }
    if (path === '/graphql') {
      if (given === undefined) return refusal(401, 'This endpoint requires you to be authenticated.');
      return answerOf(200, answerGraphql(world, request.json()));
    }
    return rest(request, given !== undefined);
  }

  function login(request: StandInRequest): StandInAnswer {
    const form = request.form();
    if (form.get('client_id') !== 'Ov23-of-the-user') return refusal(404, 'Not Found');
    if (request.path === '/login/device/code') {
      return answerOf(200, {
        device_code: 'device-code',
        user_code: standIn.device.userCode,
        verification_uri: 'https://github.com/login/device',
        expires_in: 900,
        interval: 5,
      });
    }
    if (form.get('device_code') !== 'device-code') return answerOf(200, { error: 'incorrect_device_code' });
    const answers = {
      pending: { error: 'authorization_pending' },
      slow: { error: 'slow_down', interval: 10 },
      denied: { error: 'access_denied' },
      done: { access_token: token, token_type: 'bearer', scope: 'public_repo,notifications' },
    };
    return answerOf(200, answers[standIn.device.state]);
  }

  const commentsOf = (rootId: string, kind: Entry['kind']): Entry[] =>
    [...entries.values()].filter((entry) => entry.rootId === rootId && entry.kind === kind);
  const wire = (entry: Entry): object =>
    restOf(
      entry,
      entries.get(entry.rootId) ?? entry,
      commentsOf(entry.nodeId, 'IssueComment').length,
      entries.get(entry.replyTo ?? ''),
    );

  function listed({ url }: StandInRequest, found: readonly Entry[]): StandInAnswer {
    const parameters = url.searchParams;
    const since = Date.parse(parameters.get('since') ?? '1970-01-01T00:00:00Z');
    if (Number.isNaN(since)) return refusal(422, 'Validation Failed');
    const some = found.filter(({ updatedAt }) => updatedAt >= since);
    if (parameters.get('sort') === 'updated') some.sort((a, b) => a.updatedAt - b.updatedAt);
    if (parameters.get('direction') === 'desc') some.reverse();
    return answerOf(200, pageOf(url, some).map(wire));
  }

  function pageOf(url: URL, found: readonly Entry[]): readonly Entry[] {
    const perPage = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
    const page = Number(url.searchParams.get('page') ?? 1);
    return found.slice((page - 1) * perPage, page * perPage);
  }

  function rest(request: StandInRequest, isSignedIn: boolean): StandInAnswer {
    const { path, method, url } = request;
    if (path === '/user') {
      if (!isSignedIn) return refusal(401, 'Requires authentication');
      const scopes = standIn.scopes === null ? {} : { 'x-oauth-scopes': standIn.scopes };
      return answerOf(
        200,
        { ...account, name: 'The Brand', html_url: 'https://github.com/brand-team' },
        scopes,
      );
    }
    if (path === '/search/issues') return search(url);
    if (path === '/notifications')
      return isSignedIn ? notifications(request) : refusal(401, 'Requires authentication');
    if (!path.startsWith(`/repos/${repository}/`)) return refusal(404, 'Not Found');
    const below = path.slice(`/repos/${repository}/`.length);
    const all = [...entries.values()];
    const isIssue = ({ kind }: Entry): boolean => kind === 'Issue' || kind === 'PullRequest';
    if (below === 'issues') {
      return listed(
        request,
        all.filter((entry) => isIssue(entry)),
      );
    }
    if (below === 'issues/comments') {
      return listed(
        request,
        all.filter(({ kind }) => kind === 'IssueComment'),
      );
    }
    if (below === 'pulls/comments') {
      return listed(
        request,
        all.filter(({ kind }) => kind === 'PullRequestReviewComment'),
      );
    }
    const [, kind = '', number = '', more = ''] = /^(issues|pulls)\/(\d+)(\/.*)?$/.exec(below) ?? [];
    const thread = all.find((entry) => isIssue(entry) && entry.number === Number(number));
    if (kind === '') return refusal(404, 'Not Found');
    if (thread === undefined) return refusal(410, 'This issue was deleted');
    if (more === '' && method === 'GET') return answerOf(200, wire(thread));
    if (kind === 'pulls') return review(request, thread, more);
    if (more !== '/comments') return refusal(404, 'Not Found');
    if (method === 'GET') return listed(request, commentsOf(thread.nodeId, 'IssueComment'));
    return isSignedIn
      ? write(request, thread, 'IssueComment', null)
      : refusal(401, 'Requires authentication');
  }

  function review(request: StandInRequest, thread: Entry, more: string): StandInAnswer {
    if (thread.kind !== 'PullRequest') return refusal(404, 'Not Found');
    if (more === '/comments' && request.method === 'GET')
      return listed(request, commentsOf(thread.nodeId, 'PullRequestReviewComment'));
    const id = /^\/comments\/(\d+)\/replies$/.exec(more)?.[1];
    const parent = commentsOf(thread.nodeId, 'PullRequestReviewComment').find((entry) => entry.id === id);
    // Only to the comment that began the thread.
    if (parent === undefined || parent.replyTo !== null) return refusal(404, 'Not Found');
    return write(request, thread, 'PullRequestReviewComment', parent.nodeId);
  }

  function write(
    request: StandInRequest,
    thread: Entry,
    kind: Entry['kind'],
    replyTo: string | null,
  ): StandInAnswer {
    const { body } = request.json() as { body?: string };
    if (thread.isLocked) return refusal(403, 'Unable to create comment because issue is locked.');
    if (!body?.trim()) return refusal(422, 'Validation Failed');
    if (body.length > 65_536) {
      return answerOf(422, {
        message: 'Validation Failed',
        errors: [{ message: 'body is too long (maximum is 65536 characters)' }],
      });
    }
    const made = world.add({ kind, author: account.login, text: body, rootId: thread.nodeId, replyTo });
    return answerOf(201, wire(made), {
      location: `https://api.github.com/repos/${repository}/issues/comments/1`,
    });
  }

  function search(url: URL): StandInAnswer {
    const q = url.searchParams.get('q') ?? '';
    const type = /\bis:(issue|pr)\b/.exec(q)?.[1];
    const since = Date.parse(/updated:>=(\S+)/.exec(q)?.[1] ?? '');
    if (type === undefined) return refusal(422, "Query must include 'is:issue' or 'is:pull-request'");
    if (q.length > 256 + 80 || (q.match(/\b(AND|OR|NOT)\b/g)?.length ?? 0) > 5) {
      return refusal(422, 'Validation Failed');
    }
    const words = (q.match(/"[^"]*"/g) ?? []).map((word) => word.slice(1, -1).toLowerCase());
    const found = [...entries.values()]
      .filter(({ kind }) => kind === (type === 'issue' ? 'Issue' : 'PullRequest'))
      .filter(({ updatedAt }) => updatedAt >= since)
      .filter((entry) =>
        [entry, ...commentsOf(entry.nodeId, 'IssueComment')].some(({ text }) =>
          words.some((word) => text.toLowerCase().includes(word)),
        ),
      )
      .sort((a, b) => a.updatedAt - b.updatedAt);
    const isIncomplete = standIn.searchesGiveUp;
    standIn.searchesGiveUp = false;
    return answerOf(200, {
      total_count: found.length,
      incomplete_results: isIncomplete,
      items: pageOf(url, found).map(wire),
    });
  }

  function notifications({ headers, url }: StandInRequest): StandInAnswer {
    const since = Date.parse(url.searchParams.get('since') ?? '');
    const threads = [...entries.values()].filter((entry) => isThread(entry) && entry.updatedAt >= since);
    const newest = Math.max(0, ...threads.map(({ updatedAt }) => updatedAt));
    const modified = new Date(newest).toUTCString();
    const own = { 'last-modified': modified, 'x-poll-interval': '120' };
    if (headers['if-modified-since'] === modified) return { status: 304, headers: own };
    const body = threads.map(({ nodeId, kind, number, updatedAt }) => ({
      id: nodeId.replace(/\D/g, ''),
      reason: 'mention',
      updated_at: new Date(updatedAt).toISOString(),
      subject: {
        type: kind,
        title: 'An idea',
        url:
          kind === 'Discussion'
            ? null
            : `https://api.github.com/repos/${repository}/${kind === 'Issue' ? 'issues' : 'pulls'}/${number}`,
      },
    }));
    return answerOf(200, body, own);
  }

  const isGraphql = ({ path }: StandInRequest): boolean => path === '/graphql';
  const server = await standInServer({
    kindOf(request) {
      if (request.path.startsWith('/login/')) return null;
      if (isGraphql(request)) {
        const { query = '' } = (request.json() ?? {}) as { query?: string };
        return query.startsWith('mutation') ? 'write' : 'read';
      }
      return request.method === 'GET' ? 'read' : 'write';
    },
    answer,
    refusals: {
      'rate-limited': (request) => {
        const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(theirNow() / 1000 + 60) };
        return isGraphql(request)
          ? answerOf(200, { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }, reset)
          : refusal(403, 'API rate limit exceeded for user ID 4711.', reset);
      },
      'missing-permission': (request) =>
        isGraphql(request)
          ? answerOf(200, {
              data: null,
              errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by personal access token' }],
            })
          : refusal(403, 'Resource not accessible by personal access token'),
      refused: (request) =>
        isGraphql(request)
          ? answerOf(200, {
              data: null,
              errors: [{ type: 'UNPROCESSABLE', message: 'Body was flagged as spam' }],
            })
          : answerOf(422, {
              message: 'Validation Failed',
              errors: [{ message: 'body was flagged as spam' }],
            }),
    },
    expire: () => {
      token = null;
    },
    revoke: () => {
      token = null;
    },
  });

  const standIn: GitHubStandIn = {
    skewMs: 0,
    url: server.url,
    token: token,
    scopes: 'notifications, public_repo',
    device: { state: 'pending', userCode: 'WDJB-MJHT' },
    searchesGiveUp: false,
    entries,
    reactions,
    requests: server.requests,
    failNext: server.failNext,
    close: server.close,
    publish({ text, author = 'lena', at, inReplyTo, byAccount = false }) {
      const parent = inReplyTo === undefined ? undefined : entries.get(inReplyTo);
      const by = byAccount ? account.login : author;
      const when = at === undefined ? {} : { at };
      if (parent === undefined) return world.add({ kind: publishes, author: by, text, ...when }).nodeId;
      const kind = publishes === 'Issue' ? 'IssueComment' : 'DiscussionComment';
      const replyTo = publishes === 'Discussion' && !isThread(parent) ? parent.nodeId : null;
      return world.add({ kind, author: by, text, rootId: parent.rootId, replyTo, ...when }).nodeId;
    },
    open: (kind, text, author = 'lena') => world.add({ kind, author, text }).nodeId,
    comment(kind, parent, text, author = 'lena') {
      const above = entries.get(parent);
      const rootId = above?.rootId ?? parent;
      const replyTo = kind !== 'IssueComment' && above && !isThread(above) ? parent : null;
      return world.add({ kind, author, text, rootId, replyTo }).nodeId;
    },
    edit(nodeId, text) {
      const entry = entries.get(nodeId);
      if (!entry) return;
      entry.text = text;
      // Time has second steps there: an edit is never at the moment of the writing.
      entry.updatedAt = Math.max(theirNow(), entry.updatedAt + 1_000);
    },
    remove: (nodeId) => world.remove(nodeId),
    lock(nodeId) {
      const entry = entries.get(nodeId);
      if (entry) entry.isLocked = true;
    },
    spoil(nodeId) {
      const entry = entries.get(nodeId);
      if (entry) entry.isSpoiled = true;
    },
    useHugeIds() {
      ids = 9_007_199_254_740_992n;
    },
    written: () =>
      [...entries.values()]
        .filter((entry) => entry.author === account.login && !isThread(entry))
        .map(({ nodeId, text, rootId, replyTo }) => ({
          externalId: nodeId,
          text,
          inReplyTo: replyTo ?? rootId,
        })),
  };
  return standIn;
}

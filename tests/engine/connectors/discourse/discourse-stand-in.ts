import { constants, publicEncrypt } from 'node:crypto';
import {
  standInServer,
  type StandInAnswer,
  type StandInRequest,
  type StandInServer,
} from '../conformance/stand-in-server.ts';
import type { StandIn } from '../conformance/stand-in.ts';
import { takeFile, type Upload } from './discourse-uploads.ts';
import { type Post, postJson as json, userName } from './discourse-post.ts';

export const givenKey = 'f00dfacef00dfacef00dfacef00dface';

export interface DiscourseOptions {
  /** Whatever others write is told to the account. */
  readonly tellsOfAll?: boolean;
  /** Site settings; forums come with 20 characters and 5 minutes. */
  readonly shortest?: number;
  readonly uniqueMinutes?: number;
  readonly holdsPosts?: boolean;
  /** Only members may read. */
  readonly isLoginRequired?: boolean;
}

export interface DiscourseStandIn extends StandIn {
  readonly url: string;
  readonly server: StandInServer;
  post(externalId: string): Post;
  closeTopicOf(externalId: string): void;
  /** What the page of the forum shows after “Authorize”. */
  authorize(pageUrl: string, nonce?: string): string;
  /** By the address that posts have for it. */
  readonly uploads: ReadonlyMap<string, Upload>;
  /** Keys that hold, by client id. */
  readonly keys: ReadonlyMap<string, string>;
  /** Moved to where the account may not look. */
  forbid(externalId: string): void;
  /** Searches answer with success, and that they did not search. */
  searchesAreBusy: boolean;
}

const longest = 32_000;
/** What older forums look at in one page of posts. */
const idWindow = 50;

/** One forum with one topic that everybody answers in, and an account that has a key. */
export async function discourseStandIn(
  now: () => number,
  { shortest = 1, uniqueMinutes = 0, ...options }: DiscourseOptions = {},
): Promise<DiscourseStandIn> {
  const posts: Post[] = [];
  const held: { id: number; topicId: number; raw: string }[] = [];
  const told: { id: number; post: Post; type: number }[] = [];
  const keys = new Map([['given', givenKey]]);
  const closed = new Set<number>();
  const forbidden = new Set<string>();
  const uploads = new Map<string, Upload>();
  let skewMs = 0;
  let ids = 1_000;
  let topics = 50;
  const clock = (): number => now() + skewMs;

  const add = (item: Pick<Post, 'author' | 'at' | 'raw' | 'topicId' | 'replyTo'>): Post => {
    const number = 1 + Math.max(0, ...posts.filter((p) => p.topicId === item.topicId).map((p) => p.number));
    const post: Post = {
      ...item,
      id: (ids += 1),
      number,
      version: 1,
      isDeleted: false,
      isSpoilt: false,
      type: 1,
      isHidden: false,
      isLiked: false,
    };
    posts.push(post);
    return post;
  };
  const root = add({ author: 'host', at: 0, raw: 'Welcome', topicId: topics, replyTo: null });
  const postOf = (externalId: string): Post => {
    const found = posts.find(({ id }) => String(id) === externalId);
    if (!found) throw new Error(`There is no post ${externalId}.`);
    return found;
  };

  const refuse = (status: number, type: string, ...errors: string[]): StandInAnswer => ({
    status,
    body: { errors, error_type: type },
  });
  const notFound = (): StandInAnswer =>
    refuse(404, 'not_found', 'The requested URL or resource could not be found.');
  const invalidAccess = (): StandInAnswer =>
    refuse(403, 'invalid_access', 'You are not permitted to view the requested resource.');
  const notLoggedIn = (): StandInAnswer =>
    refuse(403, 'not_logged_in', 'You need to be logged in to do that.');
  const unprocessable = (...errors: string[]): StandInAnswer => ({
    status: 422,
    body: { action: 'create_post', errors },
  });
  const ok = (body: unknown): StandInAnswer => ({ status: 200, body });

  function latest(before: string | null): StandInAnswer {
    if (before !== null && !/^\d+$/.test(before)) return refuse(400, 'invalid_parameters', 'before');
    const top = before === null ? ids + 1 : Number(before);
    const shown = posts
      .filter(({ id, isDeleted }) => !isDeleted && id < top && id >= top - idWindow)
      .filter((post) => post !== root)
      .sort((a, b) => b.id - a.id);
    return ok({ latest_posts: shown.map((post) => json(post, { hasRaw: true, hasTitle: true })) });
  }

  function search({ searchParams }: URL): StandInAnswer {
    const q = searchParams.get('q') ?? '';
    if (Number(searchParams.get('page') ?? 1) > 10) return refuse(400, 'invalid_parameters', 'page');
    const after = /after:(\d{4}-\d{2}-\d{2})/.exec(q)?.[1];
    const phrase = /"([^"]*)"/.exec(q)?.[1]?.toLowerCase() ?? '';
    if (phrase.length < 3) return refuse(400, 'invalid_parameters', 'Your search term is too short.');
    const found = posts
      .filter((post) => post !== root && !post.isDeleted && post.raw.toLowerCase().includes(phrase))
      .filter(({ at }) => after === undefined || at >= Date.parse(after))
      .sort((a, b) => b.at - a.at)
      .slice(0, 50);
    return ok({
      posts: (standIn.searchesAreBusy ? [] : found).map((post) => ({
        id: post.id,
        username: post.author,
        blurb: post.raw.slice(0, 300),
        topic_id: post.topicId,
        post_number: post.number,
        created_at: new Date(post.at).toISOString(),
      })),
      topics: [{ id: root.topicId, title: 'Tool talk' }],
      grouped_search_result: standIn.searchesAreBusy
        ? { post_ids: [], error: 'The search is overloaded, please try again later.' }
        : { post_ids: found.map(({ id }) => id), more_full_page_results: null },
    });
  }

  function notifications({ searchParams }: URL): StandInAnswer {
    const limit = Number(searchParams.get('limit') ?? 30);
    const offset = Number(searchParams.get('offset') ?? 0);
    if (limit > 60) return refuse(400, 'invalid_parameters', 'limit');
    const shown = told
      .filter(({ post }) => !post.isDeleted)
      .sort((a, b) => b.id - a.id)
      .slice(offset, offset + limit);
    return ok({
      notifications: shown.map(({ id, post, type }) => ({
        id,
        notification_type: type,
        read: false,
        created_at: new Date(post.at).toISOString(),
        post_number: post.number,
        topic_id: post.topicId,
        slug: 'tool-talk',
        fancy_title: 'Tool &amp; talk',
        data: { original_post_id: post.id, display_username: post.author },
      })),
      total_rows_notifications: told.length,
    });
  }

  function create(request: StandInRequest): StandInAnswer {
    const body = request.json() as Record<string, unknown> | undefined;
    const raw = body?.['raw'];
    const topicId = body?.['topic_id'];
    if (typeof raw !== 'string') return refuse(400, 'invalid_parameters', 'raw');
    const inTopic = posts.filter((post) => post.topicId === topicId);
    if (inTopic.length === 0) return notFound();
    if (inTopic.every(({ number, isDeleted }) => number !== 1 || isDeleted)) return invalidAccess();
    if (closed.has(Number(topicId))) return unprocessable('This topic is closed.');
    const replyTo = (body?.['reply_to_post_number'] as number | undefined) ?? null;
    if (replyTo !== null && !inTopic.some(({ number }) => number === replyTo)) {
      return unprocessable('The post you are answering is not there.');
    }
    if (Array.from(raw).length < shortest) {
      return unprocessable(`Body is too short (minimum is ${shortest} characters)`);
    }
    if (Array.from(raw).length > longest) {
      return unprocessable(`Body is limited to ${longest} characters; you entered ${raw.length}.`);
    }
    const isRepeated = posts.some(
      ({ author, raw: other, at }) =>
        author === userName && other === raw && clock() - at < uniqueMinutes * 60_000,
    );
    if (isRepeated) return unprocessable('Body is too similar to what you recently posted');
    const isNested = body?.['nested_post'] === true;
    if (options.holdsPosts) {
      const pending = { id: held.length + 1, topicId: Number(topicId), raw };
      held.push(pending);
      return ok({ success: true, action: 'enqueued', pending_post: { id: pending.id, raw } });
    }
    const post = add({ author: userName, at: clock(), raw, topicId: Number(topicId), replyTo });
    const shown = json(post, { hasRaw: true });
    return ok(isNested ? { success: true, action: 'create_post', post: shown } : shown);
  }

  function topic(topicId: number, url: URL): StandInAnswer {
    const visible = posts.filter((post) => post.topicId === topicId && !post.isDeleted);
    if (visible.length === 0) return notFound();
    if (url.pathname.endsWith('/posts.json')) {
      const wanted = url.searchParams.getAll('post_ids[]').map(Number);
      if (wanted.length > 20) return refuse(400, 'invalid_parameters', 'post_ids');
      return ok({
        post_stream: { posts: visible.filter(({ id }) => wanted.includes(id)).map((post) => json(post)) },
      });
    }
    return ok({
      id: topicId,
      title: 'Tool talk',
      closed: closed.has(topicId),
      archived: false,
      details: { can_create_post: !closed.has(topicId) },
      post_stream: {
        posts: visible.slice(0, 20).map((post) => json(post)),
        stream: visible.map(({ id }) => id),
      },
    });
  }

  function answer(request: StandInRequest): StandInAnswer {
    const { method, path, url, headers } = request;
    if (path === '/user-api-key/new') return { status: 200, headers: { 'auth-api-version': '4' } };
    const key = headers['user-api-key'];
    // A key that is not known is refused, not taken for none.
    if (key !== undefined && ![...keys.values()].includes(key)) return invalidAccess();
    const isMember = key !== undefined;
    if (options.isLoginRequired && !isMember) return notLoggedIn();
    if (method === 'GET') {
      if (path === '/posts.json') return latest(url.searchParams.get('before'));
      if (path === '/search.json') return search(url);
      const one = /^\/posts\/(\d+)\.json$/.exec(path);
      const numbered = /^\/posts\/by_number\/(\d+)\/(\d+)\.json$/.exec(path);
      if (one || numbered) {
        const found = posts.find((post) =>
          one
            ? String(post.id) === one[1]
            : String(post.topicId) === numbered?.[1] && String(post.number) === numbered[2],
        );
        if (found && forbidden.has(String(found.id))) return invalidAccess();
        return found && !found.isDeleted ? ok(json(found, { hasRaw: true })) : notFound();
      }
      const inTopic = /^\/t\/(\d+)(\/posts)?\.json$/.exec(path);
      if (inTopic) return topic(Number(inTopic[1]), url);
      if (path === '/session/current.json') {
        if (!isMember) return notFound();
        return ok({ current_user: { id: 7, username: userName, name: 'The Brand' } });
      }
      if (!isMember) return notLoggedIn();
      if (path === '/notifications.json') return notifications(url);
      if (path === `/posts/${userName}/pending.json`) {
        return ok({
          pending_posts: held.map(({ id, topicId, raw }) => ({ id, raw_text: raw, topic_id: topicId })),
        });
      }
      return notFound();
    }
    if (!isMember) return notLoggedIn();
    if (method === 'POST' && path === '/posts.json') return create(request);
    if (method === 'POST' && path === '/uploads.json') return takeFile(request, uploads);
    if (method === 'POST' && path === '/user-api-key/revoke') {
      for (const [client, value] of keys) if (value === key) keys.delete(client);
      return ok({ success: 'OK' });
    }
    if (method === 'POST' && path === '/post_actions.json') {
      const body = request.json() as { id?: number; post_action_type_id?: number } | undefined;
      const post = posts.find(({ id }) => id === body?.id);
      if (!post || post.isDeleted) return notFound();
      if (post.isLiked || body?.post_action_type_id !== 2 || post.author === userName) return invalidAccess();
      post.isLiked = true;
      return ok(json(post));
    }
    const unliked = /^\/post_actions\/(\d+)\.json$/.exec(path);
    if (method === 'DELETE' && unliked) {
      const post = posts.find(({ id }) => String(id) === unliked[1]);
      if (!post?.isLiked || url.searchParams.get('post_action_type_id') !== '2') return notFound();
      post.isLiked = false;
      return ok(json(post));
    }
    const deleted = /^\/posts\/(\d+)\.json$/.exec(path);
    if (method === 'DELETE' && deleted) {
      const post = posts.find(({ id }) => String(id) === deleted[1]);
      if (!post || post.isDeleted) return notFound();
      if (post.author !== userName) return invalidAccess();
      post.isDeleted = true;
      return ok({});
    }
    return notFound();
  }

  const server = await standInServer({
    kindOf: ({ method, path }) =>
      path.startsWith('/user-api-key') ? null : method === 'GET' ? 'read' : 'write',
    answer,
    refusals: {
      'rate-limited': () => ({
        status: 429,
        headers: { 'retry-after': '60' },
        body: {
          errors: ['You’ve performed this action too many times, please try again later.'],
          error_type: 'rate_limit',
          extras: { wait_seconds: 60 },
        },
      }),
      'missing-permission': invalidAccess,
      refused: () => unprocessable('Body is too similar to what you recently posted'),
    },
    expire: () => keys.clear(),
    revoke: () => keys.clear(),
  });

  let isTopicNext = false;
  const standIn: DiscourseStandIn = {
    searchesAreBusy: false,
    forbid: (externalId) => void forbidden.add(externalId),
    url: server.url,
    server,
    keys,
    uploads,
    get skewMs() {
      return skewMs;
    },
    set skewMs(value) {
      skewMs = value;
    },
    publish({ text, author = 'mira', at = clock(), inReplyTo, byAccount = false }) {
      isTopicNext = inReplyTo === undefined && !isTopicNext;
      const parent = inReplyTo === undefined ? root : postOf(inReplyTo);
      const post = add({
        author: byAccount ? userName : author,
        at,
        raw: text,
        topicId: isTopicNext ? (topics += 1) : parent.topicId,
        replyTo: parent.number > 1 && !isTopicNext ? parent.number : null,
      });
      if (options.tellsOfAll) told.push({ id: told.length + 1, post, type: 1 });
      return String(post.id);
    },
    edit(externalId, text) {
      const post = postOf(externalId);
      post.raw = text;
      post.version += 1;
    },
    remove(externalId) {
      postOf(externalId).isDeleted = true;
    },
    spoil(externalId) {
      postOf(externalId).isSpoilt = true;
    },
    post: postOf,
    closeTopicOf(externalId) {
      closed.add(postOf(externalId).topicId);
    },
    authorize(pageUrl, nonce) {
      const query = new URL(pageUrl).searchParams;
      const client = query.get('client_id') ?? '';
      const key = `key-of-${client}`;
      keys.set(client, key);
      const payload = { key, nonce: nonce ?? query.get('nonce'), push: false, api: 4 };
      const encrypted = publicEncrypt(
        { key: query.get('public_key') ?? '', padding: constants.RSA_PKCS1_PADDING },
        Buffer.from(JSON.stringify(payload)),
      );
      // As Ruby writes it: a line end after every 60 characters.
      return encrypted.toString('base64').replace(/.{60}/g, '$&\n');
    },
    written: () =>
      posts
        .filter(({ author, isDeleted }) => author === userName && !isDeleted)
        .map((post) => ({
          externalId: String(post.id),
          text: post.raw,
          inReplyTo: String(
            posts.find(({ topicId, number }) => topicId === post.topicId && number === (post.replyTo ?? 1))
              ?.id,
          ),
        })),
    failNext: (kind, fault, count) => server.failNext(kind, fault, count),
    requests: server.requests,
    close: () => server.close(),
  };
  return standIn;
}

import {
  standInServer,
  type StandInAnswer,
  type StandInRequest,
  type StandInServer,
} from '../conformance/stand-in-server.ts';
import type { StandIn } from '../conformance/stand-in.ts';
import { takePicture } from './lemmy-uploads.ts';
import { addressOf, createLemmyViews, date, type Item, userName } from './lemmy-views.ts';
import { listRefusal, pageOf, refuse } from './lemmy-lists.ts';

export const password = 'correct horse battery';

export interface LemmyStandIn extends StandIn {
  readonly url: string;
  readonly server: StandInServer;
  lock(externalId: string): void;
  votesOf(externalId: string): ReadonlyMap<string, number>;
  readonly blocked: ReadonlySet<number>;
  /** The code of the second factor; null: the account has none. */
  totp: string | null;
  readonly logins: number;
  /** What was uploaded, by the address that it has. */
  readonly uploads: ReadonlyMap<string, Buffer>;
}

export interface LemmyOptions {
  /** 3: Lemmy 0.19 · 4: Lemmy 1.0. */
  readonly generation: 3 | 4;
  /** Whatever others write names the account, so that it stands in the inbox. */
  readonly namesAccount?: boolean;
}

/** One server of Lemmy with the community `tools` and the account `brand`. */
export async function lemmyStandIn(now: () => number, options: LemmyOptions): Promise<LemmyStandIn> {
  const { generation } = options;
  const items: Item[] = [];
  const people = new Map<string, number>([[userName, 1]]);
  const tokens = new Set<string>();
  const blocked = new Set<number>();
  const uploads = new Map<string, Buffer>();
  let skewMs = 0;
  let totp: string | null = null;
  let logins = 0;
  let postIds = 100;
  let commentIds = 9_000;
  let order = 0;
  const clock = (): number => now() + skewMs;
  const personId = (name: string): number => {
    if (!people.has(name)) people.set(name, people.size + 1);
    return people.get(name) ?? 0;
  };
  const base = `/api/v${generation}`;
  const add = (item: Pick<Item, 'isPost' | 'author' | 'at' | 'text'> & { parent?: Item }): Item => {
    const id = item.isPost ? (postIds += 1) : (commentIds += 1);
    const made: Item = {
      id,
      isPost: item.isPost,
      postId: item.isPost ? id : (item.parent?.postId ?? 1),
      path: item.parent === undefined || item.parent.isPost ? `0.${id}` : `${item.parent.path}.${id}`,
      author: item.author,
      at: item.at,
      order: (order += 1),
      text: item.text,
      isDeleted: false,
      isRemoved: false,
      isSpoilt: false,
      isLocked: false,
      votes: new Map(),
    };
    items.push(made);
    return made;
  };
  const root = add({ isPost: true, author: 'host', at: 0, text: 'Welcome' });
  const itemOf = (externalId: string): Item => {
    const found = items.find((item) => addressOf(item) === externalId);
    if (!found) throw new Error(`There is nothing at ${externalId}.`);
    return found;
  };

  const postOf = (item: Item): Item => items.find(({ isPost, id }) => isPost && id === item.postId) ?? root;
  const { person, view } = createLemmyViews({ generation, personId, postOf });
  const viewAnswer = (item: Item): StandInAnswer => ({
    status: 200,
    body: { [item.isPost ? 'post_view' : 'comment_view']: view(item) },
  });

  const isSignedIn = (request: StandInRequest): boolean =>
    tokens.has(request.headers['authorization']?.replace(/^Bearer /, '') ?? '');
  function list(request: StandInRequest, isPost: boolean): StandInAnswer {
    const refused = listRefusal(request, generation);
    if (refused) return refused;
    const query = request.url.searchParams;
    const postId = Number(query.get('post_id') ?? 0);
    const parentId = Number(query.get('parent_id') ?? 0);
    const depth = Number(query.get('max_depth') ?? 99);
    const term = generation === 4 ? query.get('search_term')?.toLowerCase() : undefined;
    const parent = items.find((item) => !item.isPost && item.id === parentId);
    const found = items.filter(
      (item) =>
        item.isPost === isPost &&
        item !== root &&
        (generation === 3 || !(item.isDeleted || item.isRemoved)) &&
        (postId === 0 || item.postId === postId) &&
        (parentId === 0 || `${item.path}.`.startsWith(`${parent?.path ?? 'none'}.`)) &&
        item.path.split('.').length - (parent?.path.split('.').length ?? 1) <= depth &&
        (term === undefined || item.text.toLowerCase().includes(term)),
    );
    const { shown, next } = pageOf(request, generation, found);
    const views = shown.map(view);
    if (generation === 4) return { status: 200, body: { items: views, next_page: next } };
    return { status: 200, body: isPost ? { posts: views, next_page: next } : { comments: views } };
  }

  function search(request: StandInRequest): StandInAnswer {
    const refused = listRefusal(request, generation);
    const q = request.url.searchParams.get('q');
    if (refused || q === null) return refused ?? { status: 400, body: 'Query deserialize error' };
    const pattern = new RegExp(q.split(' ').join('.*'), 'is');
    const found = items.filter(
      (item) => item !== root && !item.isDeleted && !item.isRemoved && pattern.test(item.text),
    );
    const of = (isPost: boolean): object[] =>
      pageOf(
        request,
        generation,
        found.filter((item) => item.isPost === isPost),
      ).shown.map(view);
    return {
      status: 200,
      body: { type_: 'All', comments: of(false), posts: of(true), communities: [], users: [] },
    };
  }

  function inbox(request: StandInRequest, kind: 'reply' | 'mention' | null): StandInAnswer {
    if (!isSignedIn(request)) return refuse('not_logged_in');
    const refused = listRefusal(request, generation);
    if (refused) return refused;
    const kindOf = (item: Item): 'reply' | 'mention' | null => {
      const parentId = Number(item.path.split('.').at(-2));
      const parent =
        parentId > 0
          ? items.find((each) => !each.isPost && each.id === parentId)
          : item.isPost
            ? undefined
            : postOf(item);
      if (item === root || (item.author === userName && !options.namesAccount)) return null;
      if (parent?.author === userName) return 'reply';
      return options.namesAccount || item.text.includes(`@${userName}`) ? 'mention' : null;
    };
    const found = items.filter(
      (item) =>
        kindOf(item) !== null &&
        (kind === null || kindOf(item) === kind) &&
        !(item.isDeleted || item.isRemoved) &&
        // Only comments are told of by 0.19.
        (generation === 4 || !item.isPost),
    );
    const { shown, next } = pageOf(request, generation, found);
    if (generation === 4) {
      const entries = shown.map((item) => ({
        notification: { id: item.order, kind: kindOf(item), read: false, published_at: date(item.at) },
        data: { type_: item.isPost ? 'post' : 'comment', ...view(item) },
      }));
      return { status: 200, body: { items: entries, next_page: next } };
    }
    const beside = kind === 'reply' ? 'comment_reply' : 'person_mention';
    const views = shown.map((item) => ({
      ...view(item),
      [beside]: { id: item.order, read: false, published: date(item.at) },
    }));
    return { status: 200, body: { [kind === 'reply' ? 'replies' : 'mentions']: views } };
  }

  function one(request: StandInRequest, isPost: boolean): StandInAnswer {
    const id = Number(request.url.searchParams.get('id'));
    const item = items.find((each) => each.isPost === isPost && each.id === id);
    return item ? viewAnswer(item) : refuse(isPost ? 'couldnt_find_post' : 'couldnt_find_comment', 404);
  }

  function logIn(request: StandInRequest): StandInAnswer {
    logins += 1;
    const body = request.json() as Record<string, unknown> | undefined;
    if (body?.['username_or_email'] !== userName || body['password'] !== password) {
      return refuse('incorrect_login', 401);
    }
    if (totp !== null && body['totp_2fa_token'] === undefined) return refuse('missing_totp_token');
    if (totp !== null && body['totp_2fa_token'] !== totp) return refuse('incorrect_totp_token');
    const jwt = `eyJ0eXAiOiJKV1QifQ.${'a'.repeat(20)}${tokens.size}.signature`;
    tokens.add(jwt);
    return { status: 200, body: { jwt, registration_created: false, verify_email_sent: false } };
  }

  function create(body: Record<string, unknown>): StandInAnswer {
    const { content, post_id, parent_id } = body;
    if (typeof content !== 'string' || content.trim() === '' || Array.from(content).length > 10_000) {
      return refuse('invalid_body_field');
    }
    const post = items.find((item) => item.isPost && item.id === post_id);
    if (!post) return refuse('couldnt_find_post', 404);
    if (post.isDeleted || post.isRemoved) return refuse('deleted');
    if (post.isLocked) return refuse('locked');
    const parent =
      parent_id === undefined ? post : items.find((item) => !item.isPost && item.id === parent_id);
    if (!parent || parent.postId !== post.id) return refuse('couldnt_create_comment');
    return viewAnswer(add({ isPost: false, author: userName, at: clock(), text: content, parent }));
  }

  function act(request: StandInRequest, path: string, body: Record<string, unknown>): StandInAnswer {
    const isPost = path.startsWith('/post');
    const id = body[isPost ? 'post_id' : 'comment_id'];
    if (path === (generation === 3 ? '/user/block' : '/account/block/person')) {
      blocked.add(Number(body['person_id']));
      return { status: 200, body: { blocked: true } };
    }
    const item = items.find((each) => each.isPost === isPost && each.id === id);
    if (!item) return refuse(isPost ? 'couldnt_find_post' : 'couldnt_find_comment', 404);
    if (path.endsWith('/like')) {
      if (generation === 3 && typeof body['score'] !== 'number') return refuse('unknown');
      if (generation === 4 && 'score' in body) return refuse('unknown');
      const score = generation === 3 ? Number(body['score']) : body['is_upvote'] === true ? 1 : 0;
      item.votes.set(userName, score);
      return viewAnswer(item);
    }
    if (path.endsWith('/remove')) {
      item.isRemoved = body['removed'] === true;
      return viewAnswer(item);
    }
    const isDeletion = generation === 3 ? path === '/comment/delete' : request.method === 'DELETE';
    if (!isDeletion) return refuse('unknown', 404);
    if (item.author !== userName) return refuse('no_comment_edit_allowed');
    if (item.isDeleted === (body['deleted'] === true)) return refuse('couldnt_update_comment');
    item.isDeleted = body['deleted'] === true;
    return viewAnswer(item);
  }

  function answer(request: StandInRequest): StandInAnswer {
    if (
      request.method === 'POST' &&
      request.path === (generation === 3 ? '/pictrs/image' : `${base}/image`)
    ) {
      return isSignedIn(request)
        ? takePicture(request, generation, server.url, uploads)
        : refuse('not_logged_in');
    }
    // The other generation of the interface is not there.
    if (!request.path.startsWith(`${base}/`)) return { status: 404, body: '' };
    const path = request.path.slice(base.length);
    if (request.method === 'GET') {
      switch (path) {
        case '/site': {
          const user = { local_user_view: { local_user: { id: 1 }, person: person(userName) } };
          return {
            status: 200,
            body: {
              version: generation === 3 ? '0.19.9' : '1.0.0-beta.1',
              all_languages: [
                { id: 0, code: 'und', name: 'Undetermined' },
                { id: 37, code: 'en', name: 'English' },
              ],
              ...(generation === 3 && isSignedIn(request) ? { my_user: user } : {}),
            },
          };
        }
        case '/search':
          return generation === 3 ? search(request) : refuse('unknown', 404);
        case '/comment/list':
          return list(request, false);
        case '/post/list':
          return list(request, true);
        case '/comment':
          return one(request, false);
        case '/post':
          return one(request, true);
        case '/resolve_object': {
          if (!isSignedIn(request)) return refuse('not_logged_in');
          const q = request.url.searchParams.get('q');
          const item = items.find((each) => addressOf(each) === q);
          const name = /\/u\/(\w+)$/.exec(q ?? '')?.[1];
          if (name !== undefined && people.has(name)) {
            return { status: 200, body: { person: { person: person(name) } } };
          }
          if (!item) return refuse('not_found', 404);
          return { status: 200, body: { [item.isPost ? 'post' : 'comment']: view(item) } };
        }
        case '/user/replies':
          return generation === 3 ? inbox(request, 'reply') : refuse('unknown', 404);
        case '/user/mention':
          return generation === 3 ? inbox(request, 'mention') : refuse('unknown', 404);
        case '/account/notification/list':
          return generation === 4 ? inbox(request, null) : refuse('unknown', 404);
        case '/account':
          if (generation === 3) return refuse('unknown', 404);
          if (!isSignedIn(request)) return refuse('not_logged_in');
          return { status: 200, body: { local_user_view: { person: person(userName) } } };
        default:
          return { status: 404, body: '' };
      }
    }
    if (path === (generation === 3 ? '/user/login' : '/account/auth/login')) return logIn(request);
    if (!isSignedIn(request)) return refuse('not_logged_in');
    if (path === (generation === 3 ? '/user/logout' : '/account/auth/logout')) {
      tokens.clear();
      return { status: 200, body: { success: true } };
    }
    const body = request.json() as Record<string, unknown> | undefined;
    if (body === undefined) return { status: 400, body: 'Json deserialize error' };
    return path === '/comment' && request.method === 'POST' ? create(body) : act(request, path, body);
  }

  const server = await standInServer({
    kindOf: ({ method, path, headers }) => {
      if (/\/(login|logout)$/.test(path)) return null;
      if (path.endsWith('/site')) {
        return generation === 3 && path.startsWith(base) && headers['authorization'] ? 'read' : null;
      }
      return method === 'GET' ? 'read' : 'write';
    },
    answer,
    refusals: {
      'rate-limited': () =>
        generation === 3
          ? refuse('rate_limit_error')
          : { status: 429, headers: { 'retry-after': '60' }, body: { error: 'too_many_requests' } },
      'missing-permission': ({ method }) =>
        refuse(method === 'GET' ? 'instance_is_private' : 'person_is_banned_from_community'),
      refused: () => refuse('locked'),
    },
    expire: () => tokens.clear(),
    revoke: () => tokens.clear(),
  });

  let isPostNext = false;
  let retryAfterMs = 60_000;
  return {
    url: server.url,
    server,
    get skewMs() {
      return skewMs;
    },
    set skewMs(value) {
      skewMs = value;
    },
    get totp() {
      return totp;
    },
    set totp(value) {
      totp = value;
    },
    get logins() {
      return logins;
    },
    get retryAfterMs() {
      return retryAfterMs;
    },
    blocked,
    uploads,
    publish({ text, author = 'fan', at = clock(), inReplyTo, byAccount = false }) {
      const parent = inReplyTo === undefined ? root : itemOf(inReplyTo);
      // Posts and comments in turn, so that both kinds are read and answered.
      isPostNext = inReplyTo === undefined && !isPostNext && !(options.namesAccount && generation === 3);
      const by = byAccount ? userName : author;
      return addressOf(
        isPostNext
          ? add({ isPost: true, author: by, at, text })
          : add({ isPost: false, author: by, at, text, parent }),
      );
    },
    edit(externalId, text) {
      itemOf(externalId).text = text;
    },
    remove: (externalId) => void (itemOf(externalId).isDeleted = true),
    spoil: (externalId) => void (itemOf(externalId).isSpoilt = true),
    lock(externalId) {
      postOf(itemOf(externalId)).isLocked = true;
    },
    votesOf: (externalId) => itemOf(externalId).votes,
    written: () =>
      items
        .filter((item) => item.author === userName && !item.isDeleted && !item.isPost)
        .map((item) => {
          const parentId = Number(item.path.split('.').at(-2));
          const parent = items.find((each) => !each.isPost && each.id === parentId);
          return {
            externalId: addressOf(item),
            text: item.text,
            inReplyTo: addressOf(parentId > 0 && parent ? parent : postOf(item)),
          };
        }),
    failNext(kind, fault, count) {
      // 0.19 names no time: the whole window of that kind of call has to pass.
      const hasLongWindow = generation === 3 && (kind === 'write' || !options.namesAccount);
      retryAfterMs = hasLongWindow ? 600_000 : 60_000;
      server.failNext(kind, fault, count);
    },
    requests: server.requests,
    close: () => server.close(),
  };
}

import { gzipSync } from 'node:zlib';
import {
  standInServer,
  type StandInAnswer,
  type StandInRequest,
  type StandInServer,
} from '../conformance/stand-in-server.ts';
import type { StandIn } from '../conformance/stand-in.ts';

export const accessToken = 'token(with)parts)))';
export const appKey = 'appkey((';
const userId = 991;

interface Item {
  readonly kind: 'question' | 'answer' | 'comment';
  readonly id: number;
  readonly questionId: number;
  /** What a comment stands under. */
  readonly postId: number;
  readonly author: string;
  /** Seconds. */
  readonly at: number;
  text: string;
  editedAt: number | null;
  isDeleted: boolean;
  isSpoilt: boolean;
}

export interface StackOptions {
  /** Whatever others write stands in the inbox. */
  readonly tellsOfAll?: boolean;
  /** Characters of a comment; the real one wants 15. */
  readonly shortest?: number;
  /** A comment that is sent again is refused. */
  readonly refusesRepeats?: boolean;
}

export interface StackStandIn extends StandIn {
  readonly apiUrl: string;
  readonly server: StandInServer;
  quota: number;
  /** By method: asks for so many seconds of patience with every answer. */
  readonly backoff: Map<string, number>;
  readonly site: string;
}

const known = new Set(
  'site filter page pagesize sort order fromdate todate q tagged body preview min max'.split(' '),
);
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** One site with one question that everybody answers, and an account with an app of its own. */
export async function stackStandIn(
  now: () => number,
  { shortest = 1, ...options }: StackOptions = {},
): Promise<StackStandIn> {
  const items: Item[] = [];
  const tokens = new Set([accessToken]);
  const people = new Map([['brand', userId]]);
  const backoff = new Map<string, number>();
  const site = 'stackoverflow';
  let skewMs = 0;
  let quota = 300;
  let ids = 79_100_000;
  let commentIds = 500;
  const clock = (): number => Math.floor((now() + skewMs) / 1_000);
  const personId = (name: string): number => {
    if (!people.has(name)) people.set(name, 1_000 + people.size);
    return people.get(name) ?? 0;
  };

  const add = (item: Pick<Item, 'kind' | 'author' | 'at' | 'text'> & { under?: Item }): Item => {
    const id = item.kind === 'comment' ? (commentIds += 1) : (ids += 1);
    const made: Item = {
      kind: item.kind,
      id,
      questionId: item.under?.questionId ?? id,
      postId: item.kind === 'comment' ? (item.under?.postId ?? 0) : id,
      author: item.author,
      at: item.at,
      text: item.text,
      editedAt: null,
      isDeleted: false,
      isSpoilt: false,
    };
    items.push(made);
    return made;
  };
  const root = add({ kind: 'question', author: 'host', at: 1, text: 'Welcome' });
  const externalId = ({ kind, id }: Item): string => (kind === 'comment' ? `comment-${id}` : String(id));
  const itemOf = (wanted: string): Item => {
    const found = items.find((item) => externalId(item) === wanted);
    if (!found) throw new Error(`There is nothing with the id ${wanted}.`);
    return found;
  };

  const owner = (name: string): object => ({
    user_id: personId(name),
    display_name: name === 'brand' ? 'The &quot;Brand&quot;' : name,
    user_type: 'registered',
    link: `https://stackoverflow.com/users/${personId(name)}/x`,
  });
  const title = 'How do I sync &quot;widgets&quot;?';
  const html = ({ text }: Item): string => `<p>${escape(text)}</p>`;
  const body = (item: Item): object => (item.isSpoilt ? {} : { body: html(item) });
  const post = (item: Item, hasBody: boolean): object => ({
    post_id: item.id,
    post_type: item.kind,
    owner: owner(item.author),
    creation_date: item.at,
    ...(item.editedAt === null ? {} : { last_edit_date: item.editedAt }),
    link: `https://stackoverflow.com/${item.kind === 'question' ? 'q' : 'a'}/${item.id}`,
    ...(hasBody ? body(item) : {}),
  });
  const comment = (item: Item, hasBody: boolean): object => ({
    comment_id: item.id,
    post_id: item.postId,
    owner: owner(item.author),
    creation_date: item.at,
    edited: item.editedAt !== null,
    ...(hasBody ? body(item) : {}),
  });

  /** Always packed, errors too. */
  const packed = (status: number, content: object): StandInAnswer => ({
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify(content)),
  });
  const refuse = (id: number, name: string, message: string): StandInAnswer =>
    packed(400, { error_id: id, error_name: name, error_message: message });
  const bad = (message: string): StandInAnswer => refuse(400, 'bad_parameter', message);

  function wrapped(request: StandInRequest, found: readonly object[], method: string): StandInAnswer {
    const query = request.method === 'GET' ? request.url.searchParams : request.form();
    const size = Number(query.get('pagesize') ?? 30);
    const page = Number(query.get('page') ?? 1);
    if (size > 100 || size < 1) return bad('pagesize');
    if (page < 1) return bad('page');
    if (page > 25 && !query.has('access_token'))
      return refuse(403, 'access_denied', 'page above 25 requires access token');
    quota -= 1;
    const wait = backoff.get(method);
    return packed(200, {
      items: found.slice((page - 1) * size, page * size),
      has_more: found.length > page * size,
      quota_max: 300,
      quota_remaining: quota,
      ...(wait === undefined ? {} : { backoff: wait }),
    });
  }

  function answer(request: StandInRequest): StandInAnswer {
    const { method, path: whole, url } = request;
    const query = method === 'GET' ? url.searchParams : request.form();
    const path = whole.replace(/^\/2\.3/, '');
    const invalidated = /^\/access-tokens\/([^/]+)\/invalidate$/.exec(path)?.[1];
    if (invalidated !== undefined) {
      tokens.delete(decodeURIComponent(invalidated));
      return packed(200, { items: [] });
    }
    for (const name of query.keys()) if (!known.has(name)) return bad(name);
    const bearer = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
    if (bearer !== undefined && bearer !== appKey && !tokens.has(bearer)) {
      return refuse(402, 'invalid_access_token', '`access_token` is not valid');
    }
    if (query.get('site') !== site) return bad('site');
    const filter = query.get('filter');
    if (filter !== null && filter !== 'withbody') return bad('filter');
    const hasBody = filter === 'withbody';
    const isSignedIn = bearer !== undefined && tokens.has(bearer);
    const there = items.filter((item) => item !== root && !item.isDeleted);
    const sign = query.get('order') === 'asc' ? 1 : -1;
    const sorted = (found: readonly Item[]): Item[] =>
      [...found].sort((a, b) => sign * (a.at - b.at || a.id - b.id));
    const from = Number(query.get('fromdate') ?? 0);

    if (method === 'POST') return write(request, path, query, isSignedIn);
    switch (path) {
      case '/search/excerpts': {
        const words = (query.get('q') ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
        if (words.length === 0) return bad('q');
        const found = there.filter(
          ({ kind, at, text }) =>
            kind !== 'comment' && at >= from && words.every((word) => text.toLowerCase().includes(word)),
        );
        const excerpts = sorted(found).map((item) => ({
          item_type: item.kind,
          question_id: item.questionId,
          ...(item.kind === 'answer' ? { answer_id: item.id } : {}),
          creation_date: item.at,
          title,
          excerpt: `… ${escape(item.text).slice(0, 20)} …`,
        }));
        return wrapped(request, excerpts, 'search');
      }
      case '/questions': {
        if (query.get('tagged') !== 'widgets') return wrapped(request, [], 'questions');
        const found = there.filter(({ kind, at }) => kind === 'question' && at >= from);
        const questions = sorted(found).map(({ id, at }) => ({ question_id: id, creation_date: at, title }));
        return wrapped(request, questions, 'questions');
      }
      case '/me': {
        if (!isSignedIn) return refuse(401, 'access_token_required', 'This method requires an access_token');
        const me = {
          user_id: userId,
          display_name: 'The &quot;Brand&quot;',
          link: 'https://stackoverflow.com/users/991/brand',
        };
        return wrapped(request, [me], 'me');
      }
      case '/me/inbox': {
        if (!isSignedIn) return refuse(401, 'access_token_required', 'This method requires an access_token');
        const told = options.tellsOfAll ? there : there.filter((item) => isForBrand(item));
        const entries = [...told]
          .sort((a, b) => b.at - a.at || b.id - a.id)
          .map((item) => ({
            item_type: item.kind === 'comment' ? 'comment' : 'new_answer',
            question_id: item.questionId,
            ...(item.kind === 'comment' ? { comment_id: item.id } : { answer_id: item.id }),
            creation_date: item.at,
            is_unread: true,
            title,
            site: { api_site_parameter: site },
          }));
        return wrapped(request, entries, 'inbox');
      }
      default:
        break;
    }
    const under = /^\/posts\/(\d+)\/comments$/.exec(path)?.[1];
    if (under !== undefined) {
      const found = there.filter(({ kind, postId }) => kind === 'comment' && String(postId) === under);
      return wrapped(
        request,
        sorted(found).map((item) => comment(item, hasBody)),
        'posts/comments',
      );
    }
    const byId = /^\/(posts|comments)\/([\d;]+)$/.exec(path);
    if (byId) {
      const wanted = (byId[2] ?? '').split(';');
      if (wanted.length > 100) return bad('ids');
      const isComment = byId[1] === 'comments';
      const found = items.filter(
        (item) =>
          !item.isDeleted && (item.kind === 'comment') === isComment && wanted.includes(String(item.id)),
      );
      return wrapped(
        request,
        sorted(found).map((item) => (isComment ? comment(item, hasBody) : post(item, hasBody))),
        byId[1] ?? '',
      );
    }
    return refuse(404, 'no_method', 'this method cannot be called');
  }

  const isForBrand = ({ kind, author, postId }: Item): boolean =>
    kind === 'comment' &&
    author !== 'brand' &&
    items.some((item) => item.kind !== 'comment' && item.id === postId && item.author === 'brand');

  function write(
    request: StandInRequest,
    path: string,
    query: URLSearchParams,
    isSignedIn: boolean,
  ): StandInAnswer {
    if (!isSignedIn) return refuse(401, 'access_token_required', 'This method requires an access_token');
    if (request.url.search !== '') return bad('parameters of a POST belong into its body');
    const deleted = /^\/comments\/(\d+)\/delete$/.exec(path)?.[1];
    if (deleted !== undefined) {
      const item = items.find(({ kind, id }) => kind === 'comment' && String(id) === deleted);
      if (!item || item.isDeleted) return bad('id');
      if (item.author !== 'brand') return refuse(403, 'access_denied', 'not your comment');
      item.isDeleted = true;
      return wrapped(request, [], 'delete');
    }
    const under = /^\/posts\/(\d+)\/comments\/add$/.exec(path)?.[1];
    const parent = items.find(({ kind, id }) => kind !== 'comment' && String(id) === under);
    if (!parent) return refuse(404, 'no_method', 'this method cannot be called');
    if (parent.isDeleted) return bad('id');
    const text = query.get('body') ?? '';
    const length = Array.from(text).length;
    if (length < shortest) return bad(`Comments must be at least ${shortest} characters in length`);
    if (length > 600) return bad('Comments may be at most 600 characters in length');
    const isRepeated = items.some(
      (item) => item.postId === parent.id && item.author === 'brand' && item.text === text && !item.isDeleted,
    );
    if (options.refusesRepeats && isRepeated) {
      return refuse(409, 'duplicate_request', 'This request was seen already');
    }
    const made = add({ kind: 'comment', author: 'brand', at: clock(), text, under: parent });
    return wrapped(request, [comment(made, query.get('filter') === 'withbody')], 'add');
  }

  const server = await standInServer({
    kindOf: ({ method, path }) =>
      path.includes('/access-tokens/') ? null : method === 'GET' ? 'read' : 'write',
    answer,
    refusals: {
      'rate-limited': () =>
        refuse(
          502,
          'throttle_violation',
          'too many requests from this IP, more requests available in 90 seconds',
        ),
      'missing-permission': () => refuse(403, 'access_denied', 'the application may not do this'),
      refused: () => refuse(407, 'write_failed', 'You cannot comment on this post'),
    },
    expire: () => tokens.clear(),
    revoke: () => tokens.clear(),
  });

  let isQuestionNext = false;
  return {
    apiUrl: `${server.url}/2.3`,
    server,
    site,
    backoff,
    retryAfterMs: 90_000,
    get skewMs() {
      return skewMs;
    },
    set skewMs(value) {
      skewMs = value;
    },
    get quota() {
      return quota;
    },
    set quota(value) {
      quota = value;
    },
    publish({ text, author = 'kim', at, inReplyTo, byAccount = false }) {
      isQuestionNext = inReplyTo === undefined && !isQuestionNext && options.tellsOfAll !== true;
      const kind = inReplyTo !== undefined ? 'comment' : isQuestionNext ? 'question' : 'answer';
      const under = inReplyTo === undefined ? root : itemOf(inReplyTo);
      const seconds = at === undefined ? clock() : Math.floor(at / 1_000);
      const by = byAccount ? 'brand' : author;
      const place = kind === 'question' ? {} : { under };
      return externalId(add({ kind, author: by, at: seconds, text, ...place }));
    },
    edit(id, text) {
      const item = itemOf(id);
      item.text = text;
      item.editedAt = clock();
    },
    remove(id) {
      itemOf(id).isDeleted = true;
    },
    spoil(id) {
      itemOf(id).isSpoilt = true;
    },
    written: () =>
      items
        .filter(({ kind, author, isDeleted }) => kind === 'comment' && author === 'brand' && !isDeleted)
        .map((item) => ({ externalId: externalId(item), text: item.text, inReplyTo: String(item.postId) })),
    failNext: (kind, fault, count) => server.failNext(kind, fault, count),
    requests: server.requests,
    close: () => server.close(),
  };
}

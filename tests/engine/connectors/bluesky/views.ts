import { type Account, invalid, isObject, type Json, type Network, Refused, type Stored } from './network.ts';

/** What app.bsky.* answers, as the account `viewer` sees it. */
export interface Views {
  searchPosts(parameters: URLSearchParams): Json;
  listNotifications(parameters: URLSearchParams, viewer: Account): Json;
  getPostThread(parameters: URLSearchParams, viewer: Account | null): Json;
  getPosts(parameters: URLSearchParams, viewer: Account | null): Json;
  getAuthorFeed(parameters: URLSearchParams): Json;
}

const sortTimes = new WeakMap<Stored, number>();

function sortAtOf(post: Stored): number {
  const known = sortTimes.get(post);
  if (known !== undefined) return known;
  const time = Math.min(Date.parse(String(post.value['createdAt'])), post.indexedAt);
  sortTimes.set(post, time);
  return time;
}

export const didOf = (uri: string): string => uri.split('/')[2] ?? '';
const parentOf = ({ value }: Stored): string | null =>
  isObject(value['reply']) && isObject(value['reply']['parent'])
    ? String(value['reply']['parent']['uri'])
    : null;
const rootOf = ({ uri, value }: Stored): string =>
  isObject(value['reply']) && isObject(value['reply']['root']) ? String(value['reply']['root']['uri']) : uri;

/** Refuses what it does not know, as nothing over there would tell of a misspelt name. */
function read(
  parameters: URLSearchParams,
  names: readonly string[],
): { limit: number; cursor: string | null } {
  for (const name of parameters.keys()) {
    if (!names.includes(name)) throw invalid(`Unknown parameter ${name}`);
  }
  const limit = Number(parameters.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid('limit must be between 1 and 100');
  return { limit, cursor: parameters.get('cursor') };
}

export function createViews(
  network: Network,
  handleOf: (did: string) => string,
  spoiled: ReadonlySet<string>,
  blockedBy: ReadonlySet<string>,
): Views {
  const all = (): Stored[] =>
    [...network.records.values()].filter(({ value }) => value['$type'] === 'app.bsky.feed.post');

  function postView(post: Stored, viewer: Account | null): Json {
    // A search shows nobody's own state here, and looks at thousands of posts.
    const like =
      viewer &&
      [...network.records.values()].find(
        ({ uri, value }) =>
          value['$type'] === 'app.bsky.feed.like' &&
          didOf(uri) === viewer.did &&
          isObject(value['subject']) &&
          value['subject']['uri'] === post.uri,
      );
    const gate = network.records.get(rootOf(post).replace('app.bsky.feed.post', 'app.bsky.feed.threadgate'));
    const isGated = gate?.value['allow'] !== undefined && viewer !== null && didOf(gate.uri) !== viewer.did;
    const did = didOf(post.uri);
    const view = {
      uri: post.uri,
      cid: post.cid,
      author: {
        did,
        handle: handleOf(did),
        displayName: '',
        labels: [],
        viewer: { muted: false, blockedBy: blockedBy.has(did) },
      },
      record: post.value,
      replyCount: 0,
      repostCount: 0,
      likeCount: 0,
      quoteCount: 0,
      bookmarkCount: 0,
      indexedAt: new Date(post.indexedAt).toISOString(),
      viewer: {
        ...(like ? { like: like.uri } : {}),
        threadMuted: false,
        ...(isGated ? { replyDisabled: true } : {}),
      },
      labels: [],
    };
    if (!spoiled.has(post.uri)) return view;
    const { author: _, ...rest } = view;
    return rest;
  }

  function page(found: readonly Stored[], limit: number, cursor: string | null) {
    const cursorOf = (post: Stored): string => `${sortAtOf(post)}__${post.cid}`;
    const ordered = found.toSorted((a, b) => sortAtOf(b) - sortAtOf(a) || (a.cid < b.cid ? 1 : -1));
    const start = cursor === null ? 0 : ordered.findIndex((post) => isBehind(post, cursor));
    const posts = start === -1 ? [] : ordered.slice(start, start + limit);
    const last = posts.at(-1);
    return { posts, cursor: last && posts.length === limit ? { cursor: cursorOf(last) } : {} };
  }

  function isBehind(post: Stored, cursor: string): boolean {
    const [, at, cid] = /^(\d+)__(\w+)$/.exec(cursor) ?? [];
    if (at === undefined || cid === undefined) throw invalid('Malformed cursor');
    return sortAtOf(post) < Number(at) || (sortAtOf(post) === Number(at) && post.cid < cid);
  }

  function threadOf(post: Stored, viewer: Account | null, depth: number, height: number): Json {
    const answers = all().filter((each) => parentOf(each) === post.uri);
    const parentUri = parentOf(post);
    const parent = parentUri === null ? undefined : network.records.get(parentUri);
    return {
      $type: 'app.bsky.feed.defs#threadViewPost',
      post: postView(post, viewer),
      ...(height > 0 && parentUri !== null
        ? {
            parent: parent
              ? threadOf(parent, viewer, 0, height - 1)
              : { $type: 'app.bsky.feed.defs#notFoundPost', uri: parentUri, notFound: true },
          }
        : {}),
      ...(depth > 0 ? { replies: answers.map((answer) => threadOf(answer, viewer, depth - 1, 0)) } : {}),
    };
  }

  // Thousands of posts are asked for page by page.
  const found = new Map<string, boolean>();
  const isFound = (post: Stored, q: string): boolean => {
    const name = `${post.cid} ${q}`;
    const known = found.get(name);
    if (known !== undefined) return known;
    const isMatch = matches(String(post.value['text']), handleOf(didOf(post.uri)), q);
    found.set(name, isMatch);
    return isMatch;
  };

  return {
    searchPosts(parameters) {
      const { limit, cursor } = read(parameters, ['q', 'sort', 'since', 'until', 'tag', 'limit', 'cursor']);
      const q = parameters.get('q') ?? '';
      if (q.trim() === '') throw invalid('Params must have the property "q"');
      if (parameters.get('sort') !== 'latest') throw invalid('Only the latest are in the order of time');
      const since = timeOf(parameters.get('since')) ?? Number.NEGATIVE_INFINITY;
      const until = timeOf(parameters.get('until')) ?? Number.POSITIVE_INFINITY;
      const found = all().filter(
        (post) =>
          sortAtOf(post) >= since &&
          sortAtOf(post) < until &&
          !blockedBy.has(didOf(post.uri)) &&
          isFound(post, q),
      );
      const { posts, cursor: next } = page(found, limit, cursor);
      return { posts: posts.map((post) => postView(post, null)), ...next };
    },

    listNotifications(parameters, viewer) {
      const { limit, cursor } = read(parameters, ['reasons', 'limit', 'cursor']);
      const reasons = parameters.getAll('reasons');
      const isOwn = (uri: unknown): boolean => typeof uri === 'string' && didOf(uri) === viewer.did;
      const found = all()
        .filter(({ uri }) => !isOwn(uri))
        .flatMap((post) => {
          const facets = Array.isArray(post.value['facets']) ? (post.value['facets'] as unknown[]) : [];
          const isNamed = JSON.stringify(facets).includes(`"did":"${viewer.did}"`);
          const reason = isOwn(parentOf(post)) || isOwn(rootOf(post)) ? 'reply' : isNamed ? 'mention' : null;
          return reason === null ? [] : [{ post, reason }];
        })
        .filter(({ reason }) => reasons.length === 0 || reasons.includes(reason))
        .filter(({ post }) => cursor === null || post.indexedAt < Date.parse(cursor))
        .sort((a, b) => b.post.indexedAt - a.post.indexedAt);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        notifications: shown.map(({ post, reason }) => {
          const { uri, cid, author, record, indexedAt } = postView(post, viewer);
          return { uri, cid, author, record, indexedAt, reason, isRead: true, labels: [] };
        }),
        ...(last && found.length > limit ? { cursor: new Date(last.post.indexedAt).toISOString() } : {}),
        seenAt: new Date(0).toISOString(),
      };
    },

    getPostThread(parameters, viewer) {
      read(parameters, ['uri', 'depth', 'parentHeight']);
      const uri = parameters.get('uri') ?? '';
      const post = network.records.get(uri);
      if (!post) throw new Refused(400, 'NotFound', `Post not found: ${uri}`);
      if (blockedBy.has(didOf(uri))) {
        return {
          thread: {
            $type: 'app.bsky.feed.defs#blockedPost',
            uri,
            blocked: true,
            author: { did: didOf(uri) },
          },
        };
      }
      const gate = network.records.get(
        rootOf(post).replace('app.bsky.feed.post', 'app.bsky.feed.threadgate'),
      );
      return {
        thread: threadOf(
          post,
          viewer,
          Number(parameters.get('depth') ?? 6),
          Number(parameters.get('parentHeight') ?? 80),
        ),
        ...(gate ? { threadgate: { uri: gate.uri, cid: gate.cid, record: gate.value, lists: [] } } : {}),
      };
    },

    getPosts(parameters, viewer) {
      read(parameters, ['uris']);
      const uris = parameters.getAll('uris');
      if (uris.length < 1 || uris.length > 25) throw invalid('array too big (maximum 25) at uris');
      return {
        posts: uris.flatMap((uri) => {
          const post = network.records.get(uri);
          return post && !blockedBy.has(didOf(uri)) ? [postView(post, viewer)] : [];
        }),
      };
    },

    getAuthorFeed(parameters) {
      const { limit, cursor } = read(parameters, ['actor', 'filter', 'limit', 'cursor']);
      const actor = parameters.get('actor') ?? '';
      const found = all().filter(({ uri }) => [didOf(uri), handleOf(didOf(uri))].includes(actor));
      if (found.length === 0) throw invalid('Profile not found');
      const { posts, cursor: next } = page(found, limit, cursor);
      return { feed: posts.map((post) => ({ post: postView(post, null) })), ...next };
    },
  };
}

function timeOf(text: string | null): number | null {
  if (text === null) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalid(`Invalid datetime ${text}`);
  return time;
}

/** Words and phrases must all be there, whole and in whatever case. */
function matches(text: string, handle: string, q: string): boolean {
  const wordsOf = (words: string): string[] => words.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const words = wordsOf(text);
  return (q.match(/"[^"]*"|\S+/g) ?? []).every((part) => {
    if (part.startsWith('from:')) return handle === part.slice(5);
    if (part.startsWith('#')) return text.toLowerCase().split(/\s+/).includes(part.toLowerCase());
    const wanted = wordsOf(part);
    return words.some((_, at) => wanted.every((word, offset) => words[at + offset] === word));
  });
}

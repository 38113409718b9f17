import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention, PollContext, PollPage } from '../connector.ts';
import { mentionOf, pageOfAccount } from './adapt.ts';
import { asAccount, xrpc } from './api.ts';
import type { Service } from './service.ts';
import { type BlueskyCursor, type BlueskySettings, defaultPublicUrl } from './settings.ts';
import { type Ask, pageLimit, type Stream, streamsOf } from './streams.ts';
import { type Post, postsAnswerSchema, postSchema, threadAnswerSchema } from './wire.ts';

/** Search and notifications are indexed some time after a post is written. */
const overlapMs = 30 * 60_000;
const firstLookBackMs = 7 * 24 * 60 * 60_000;
/** Of 3,000 in five minutes; what is left of a search is read at the next poll. */
const mostRequests = 60;
const mostRecent = 50;
const recentForMs = 3 * 24 * 60 * 60_000;
/** By the platform. */
const postsPerLookUp = 25;

type Context = PollContext<BlueskySettings, BlueskyCursor>;
type Page = PollPage<BlueskySettings, BlueskyCursor>;
export async function* poll(context: Context): AsyncGenerator<Page> {
  const { ask, isSpent } = createAsk(context);
  const { streams, warning } = streamsOf(context, ask);
  const book = createBook(context, new Set(streams.map(({ key }) => key)));
  for (const stream of streams.toSorted((a, b) => book.newestOf(a.key) - book.newestOf(b.key))) {
    if (isSpent()) break;
    for await (const page of readStream(context, stream, book, isSpent)) {
      yield warning && !page.warning ? { ...page, warning } : page;
    }
  }
  yield* lookAgain(ask, book);
}

/** Requests are counted, so that one source does not use up what everybody behind one address may ask. */
function createAsk(context: Context): { ask: Ask; isSpent: () => boolean } {
  const { account, settings } = context;
  let left = mostRequests;
  const service: Service = {
    context,
    host: ('apiUrl' in settings ? settings.apiUrl : undefined) ?? defaultPublicUrl,
    allowPrivateNetwork: 'allowPrivateNetwork' in settings && settings.allowPrivateNetwork === true,
    credentials: null,
  };
  return {
    isSpent: () => left <= 0,
    ask: (request, schema) => {
      left -= 1;
      if (account === null) return xrpc(service, request, schema);
      return asAccount({ ...context, account }, (own) => xrpc(own, request, schema));
    },
  };
}

type StreamState = BlueskyCursor['streams'][string];

/** What the cursor knows, while a poll goes on. */
function createBook(context: Context, keys: ReadonlySet<string>) {
  const { cursor } = context;
  const now = context.now();
  // What is not listened for any more begins anew when it comes back.
  const states = new Map<string, StreamState>(
    Object.entries(cursor?.streams ?? {}).filter(([key]) => keys.has(key)),
  );
  const delivered = new Map<string, BlueskyCursor['recent'][number]>();
  const before = cursor?.recent ?? [];
  const earliest = now - firstLookBackMs;
  return {
    earliest,
    stateOf: (key: string): StreamState | undefined => states.get(key),
    newestOf: (key: string): number => states.get(key)?.newest ?? earliest,
    set: (key: string, state: StreamState): void => {
      states.set(key, state);
    },
    note: ({ uri, cid, ...post }: Post): void => {
      delivered.set(uri, { uri, cid, at: Date.parse(post.indexedAt) });
    },
    /** Two searches, or two pages that shifted, bring the same post. */
    wasGiven: ({ uri, cid }: Post): boolean => delivered.get(uri)?.cid === cid,
    /** Brought by an earlier poll and not by this one. */
    unseen: () => before.filter(({ uri, at }) => !delivered.has(uri) && at > now - recentForMs),
    cursor(gone: ReadonlySet<string> = new Set()): BlueskyCursor {
      const recent = [...delivered.values(), ...before.filter(({ uri }) => !delivered.has(uri))]
        .filter(({ uri }) => !gone.has(uri))
        .sort((a, b) => b.at - a.at)
        .slice(0, mostRecent);
      return { streams: Object.fromEntries(states), recent };
    },
  };
}
type Book = ReturnType<typeof createBook>;

/**
 * The new part first, then what an earlier poll left. The cursor of every page says what is still to be read below it,
 * so that a reading that is cut short loses nothing.
 */
async function* readStream(
  context: Context,
  stream: Stream,
  book: Book,
  isSpent: () => boolean,
): AsyncGenerator<Page> {
  const before = book.stateOf(stream.key);
  const older = before?.gap;
  const from = before === undefined ? book.earliest : before.newest - overlapMs;
  let newest = before?.newest ?? book.earliest;
  for (const window of [{ from, until: null }, ...(older ? [older] : [])]) {
    const left = window.until === null ? older : undefined;
    let lowest = window.until;
    let cursor: string | undefined;
    let isDone = false;
    while (!isDone) {
      if (isSpent()) {
        if (!stream.canResume && cursor !== undefined) yield cutShort(stream, book, newest);
        return;
      }
      const raw = await stream.read(window, cursor);
      const { posts, warning } = readPosts(raw.posts);
      const orders = posts.map((post) => stream.orderOf(post));
      newest = Math.max(newest, ...orders);
      const oldest = Math.min(...orders, raw.oldest ?? Number.POSITIVE_INFINITY);
      // One more millisecond: others of the same instant may follow on the next page.
      if (oldest !== Number.POSITIVE_INFINITY) lowest = oldest + 1;
      isDone = raw.cursor === undefined || raw.cursor === cursor || oldest < window.from;
      cursor = raw.cursor;
      if (isDone) book.set(stream.key, { newest, ...(left ? { gap: left } : {}) });
      else if (stream.canResume && lowest !== null) {
        book.set(stream.key, { newest, gap: { from: left?.from ?? window.from, until: lowest } });
      }
      yield pageOf(context, stream, book, posts, warning);
    }
  }
}

function pageOf(
  { settings }: Context,
  stream: Stream,
  book: Book,
  posts: readonly Post[],
  warning: EarshotError | undefined,
): Page {
  const kept = posts
    .map((post) => ({ post, mention: mentionOf(post) }))
    .filter(({ post, mention }) => !book.wasGiven(post) && stream.keeps(mention))
    .toReversed();
  for (const { post } of kept) book.note(post);
  return {
    items: kept.map(({ mention }) => mention),
    cursor: book.cursor(),
    ...(warning ? { warning } : {}),
    ...sourceOf(settings, posts),
  };
}

/** It cannot be asked for from the middle: going on from the top at every poll would never get further. */
function cutShort(stream: Stream, book: Book, newest: number): Page {
  book.set(stream.key, { newest });
  return {
    items: [],
    cursor: book.cursor(),
    warning: new EarshotError(
      'bad-response',
      `There was more on Bluesky than Earshot reads at once (${mostRequests * pageLimit} posts). The oldest were left out.`,
    ),
  };
}

function sourceOf(settings: BlueskySettings, posts: readonly Post[]): Pick<Page, 'source'> {
  if (settings.what !== 'author') return {};
  const [own] = posts.filter(({ author }) => [author.did, author.handle].includes(settings.author));
  if (!own) return {};
  return { source: { name: `@${own.author.handle} on Bluesky`, url: pageOfAccount(own.author.did) } };
}

export function readPosts(raw: readonly unknown[]): { posts: Post[]; warning?: EarshotError } {
  const posts = raw.map((item) => postSchema.safeParse(item)).flatMap(({ data }) => data ?? []);
  const rejected = raw.length - posts.length;
  if (rejected === 0) return { posts };
  return {
    posts,
    warning: new EarshotError(
      'bad-response',
      `${rejected} of ${raw.length} posts of Bluesky could not be read.`,
      {
        rejected,
      },
    ),
  };
}

/** Posts that this poll did not bring again: those that are not there any more are said to be gone, replaced ones are given anew. */
async function* lookAgain(ask: Ask, book: Book): AsyncGenerator<Page> {
  const unseen = book.unseen();
  const gone = new Set<string>();
  const changed: IncomingMention[] = [];
  for (let start = 0; start < unseen.length; start += postsPerLookUp) {
    const asked = unseen.slice(start, start + postsPerLookUp);
    const answer = await ask(
      { nsid: 'app.bsky.feed.getPosts', params: { uris: asked.map(({ uri }) => uri) } },
      postsAnswerSchema,
    );
    // One that is there and cannot be read is not gone.
    const named = new Set(answer.posts.map((post) => (post as { uri?: unknown } | null)?.uri));
    for (const { uri } of asked) if (!named.has(uri) && (await isGone(ask, uri))) gone.add(uri);
    for (const post of readPosts(answer.posts).posts) {
      if (asked.some(({ uri, cid }) => uri === post.uri && cid !== post.cid)) {
        book.note(post);
        changed.push(mentionOf(post));
      }
    }
  }
  if (gone.size === 0 && changed.length === 0) return;
  yield { items: changed, removed: [...gone], cursor: book.cursor(gone) };
}

/** What its author hides from this account is left out as well, and is there. */
async function isGone(ask: Ask, uri: string): Promise<boolean> {
  try {
    const { thread } = await ask(
      { nsid: 'app.bsky.feed.getPostThread', params: { uri, depth: 0, parentHeight: 0 } },
      threadAnswerSchema,
    );
    return thread.notFound === true;
  } catch (error) {
    if (error instanceof EarshotError && error.code === 'not-found') return true;
    throw error;
  }
}

/** Everything that is still shown is given again; searches are kept, because each new word begins by itself. */
export function rewind({ streams, recent }: BlueskyCursor): BlueskyCursor {
  return {
    streams: Object.fromEntries(Object.entries(streams).filter(([key]) => key.startsWith('search '))),
    recent,
  };
}

import type { StandIn } from '../conformance/stand-in.ts';
import { standInServer, type StandInAnswer, type StandInRequest } from '../conformance/stand-in-server.ts';
import { createSignIn } from './youtube-sign-in.ts';
import {
  commentOf,
  feedOf,
  own,
  reasonAgainst,
  searchVideos,
  type StoredComment,
  threadOf,
  videoId,
  videos,
} from './youtube-wording.ts';

export interface YouTubeStandIn extends StandIn {
  readonly url: string;
  readonly apiKey: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly comments: ReadonlyMap<string, StoredComment>;
  /** Units and searches that Google has counted. */
  readonly spent: { units: number; searches: number };
  /** Gives the code that the page of consent would, for a challenge. */
  consent(url: string): string;
  /** Seconds that a refresh token of an app in testing lasts; null for a published one. */
  refreshTokenSeconds: number | null;
  setCommentsOff(videoId: string): void;
  setPrivate(videoId: string): void;
  setStatus(id: string, status: StoredComment['status']): void;
  useUpQuota(): void;
  readonly banned: ReadonlySet<string>;
}

/** Answers as YouTube does, and counts what Google counts. */
export async function youTubeStandIn(now: () => number): Promise<YouTubeStandIn> {
  const comments = new Map<string, StoredComment>();
  const closedVideos = new Set<string>();
  const privateVideos = new Set<string>();
  const banned = new Set<string>();
  const spent = { units: 0, searches: 0 };
  const signIn = createSignIn();
  let ids = 0;
  let isQuotaUsedUp = false;

  const theirNow = (): number => Math.floor((now() + standIn.skewMs) / 1000) * 1000;
  const answerOf = (status: number, body?: unknown): StandInAnswer => ({
    status,
    body,
    headers: { date: new Date(theirNow()).toUTCString() },
  });
  const refuse = (status: number, reason: string, message = reason): StandInAnswer =>
    answerOf(status, {
      error: { code: status, message, errors: [{ domain: 'youtube', reason, message }], status: 'X' },
    });

  function add(comment: Pick<StoredComment, 'author' | 'text'> & Partial<StoredComment>): StoredComment {
    ids += 1;
    const parentId = comment.parentId ?? null;
    const id = parentId === null ? `UgzT${ids}` : `${parentId}.r${ids}`;
    const at = comment.at ?? theirNow();
    const made: StoredComment = {
      id,
      parentId: null,
      videoId,
      at,
      updatedAt: at,
      status: 'published',
      isSpoiled: false,
      ...comment,
    };
    comments.set(id, made);
    return made;
  }

  function answer(request: StandInRequest): StandInAnswer {
    const { path, url } = request;
    if (path === '/feeds/videos.xml') {
      const body = feedOf(url.searchParams.get('channel_id') ?? '');
      return body === null
        ? { status: 404, headers: { 'content-type': 'text/html' }, body: '<html></html>' }
        : { status: 200, headers: { 'content-type': 'text/xml; charset=UTF-8' }, body };
    }
    if (path === '/token' || path === '/revoke') return signIn.token(request, standIn.refreshTokenSeconds);
    if (url.searchParams.has('key')) return refuse(400, 'keyInAddress');
    const owner = signIn.isOwner(request);
    if (owner === null) {
      return request.headers['x-goog-api-key'] === undefined
        ? refuse(401, 'authError', 'Invalid Credentials')
        : answerOf(400, {
            error: {
              code: 400,
              message: 'API key not valid. Please pass a valid API key.',
              errors: [{ domain: 'global', reason: 'badRequest' }],
              status: 'INVALID_ARGUMENT',
              details: [{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' }],
            },
          });
    }
    const resource = path.replace('/youtube/v3/', '');
    const isWrite = request.method !== 'GET';
    if (resource === 'search') spent.searches += 1;
    else spent.units += isWrite ? (resource === 'commentThreads' ? 52 : 50) : 1;
    if (isQuotaUsedUp) return refuse(403, 'quotaExceeded', 'The request cannot be completed.');
    if (isWrite && !owner) return refuse(401, 'required', 'Login Required');
    switch (`${request.method} ${resource}`) {
      case 'GET channels':
        return channels(url, owner);
      case 'GET videos':
        return listOf(
          (url.searchParams.get('id') ?? '').split(','),
          (id) => videos.find((video) => video.id === id) ?? null,
          50,
        );
      case 'GET search':
        return search(url);
      case 'GET commentThreads':
        return threads(url, owner);
      case 'GET comments':
        return listComments(url);
      case 'POST comments':
        return insert(request);
      case 'POST commentThreads':
        return insertThread(request);
      case 'POST comments/setModerationStatus':
        return moderate(url);
      case 'DELETE comments':
        return remove(url);
      default:
        return refuse(404, 'notFound');
    }
  }

  function listOf(
    asked: readonly string[],
    find: (id: string) => object | null,
    most: number,
  ): StandInAnswer {
    if (asked.length > most) return refuse(400, 'invalidParameter');
    const items = asked.flatMap((id) => find(id) ?? []);
    return answerOf(200, { items, pageInfo: { totalResults: items.length } });
  }

  function channels(url: URL, owner: boolean): StandInAnswer {
    const isMine = url.searchParams.get('mine') === 'true';
    if (isMine && !owner) return refuse(401, 'required', 'Login Required');
    const isOwn = isMine || url.searchParams.get('id') === own.id;
    const items = isOwn ? [{ id: own.id, snippet: { title: own.title, customUrl: own.handle } }] : [];
    return answerOf(200, { items });
  }

  function search({ searchParams }: URL): StandInAnswer {
    const items = searchVideos(searchParams);
    return items === null ? refuse(400, 'invalidParameter') : answerOf(200, { items });
  }

  const repliesTo = (id: string): StoredComment[] =>
    [...comments.values()].filter(({ parentId, status }) => parentId === id && status === 'published');

  function threads(url: URL, owner: boolean): StandInAnswer {
    const { searchParams } = url;
    const filters = ['allThreadsRelatedToChannelId', 'videoId', 'id'].filter((name) =>
      searchParams.has(name),
    );
    if (filters.length !== 1) return refuse(400, 'incompatibleParameters');
    const status = searchParams.get('moderationStatus') ?? 'published';
    if (status !== 'published' && !owner) return refuse(403, 'forbidden');
    const video = searchParams.get('videoId');
    if (video !== null && privateVideos.has(video)) return refuse(403, 'forbidden');
    if (video !== null && closedVideos.has(video)) return refuse(403, 'commentsDisabled');
    if (video !== null && !videos.some(({ id }) => id === video)) return refuse(404, 'videoNotFound');
    const channel = searchParams.get('allThreadsRelatedToChannelId');
    if (channel !== null && channel !== own.id) return refuse(404, 'channelNotFound');
    const found = [...comments.values()]
      .filter((comment) => comment.parentId === null && comment.status === status)
      .filter((comment) => video === null || comment.videoId === video)
      .filter(({ id }) => !searchParams.has('id') || searchParams.get('id') === id)
      .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    return paged(url, found, (comment) => threadOf(comment, repliesTo(comment.id), isPlain(url)));
  }

  function paged(
    url: URL,
    found: readonly StoredComment[],
    wire: (comment: StoredComment) => object,
  ): StandInAnswer {
    const most = Number(url.searchParams.get('maxResults') ?? 20);
    if (most < 1 || most > 100) return refuse(400, 'invalidParameter');
    const start = Number(url.searchParams.get('pageToken')?.slice('page'.length) ?? 0);
    const end = start + most;
    return answerOf(200, {
      kind: 'youtube#list',
      ...(end < found.length ? { nextPageToken: `page${end}` } : {}),
      items: found.slice(start, end).map(wire),
    });
  }

  const isPlain = (url: URL): boolean => url.searchParams.get('textFormat') === 'plainText';

  function listComments(url: URL): StandInAnswer {
    const parent = url.searchParams.get('parentId');
    if (parent !== null) {
      if (comments.get(parent)?.parentId !== null) return refuse(404, 'commentNotFound');
      return paged(url, repliesTo(parent), (comment) => commentOf(comment, isPlain(url), false));
    }
    return listOf(
      (url.searchParams.get('id') ?? '').split(','),
      (id) => {
        const comment = comments.get(id);
        return comment?.status === 'published' ? commentOf(comment, isPlain(url), false) : null;
      },
      50,
    );
  }

  function refusedText(text: string): StandInAnswer | null {
    const reason = reasonAgainst(text);
    return reason === null ? null : refuse(400, reason);
  }

  function insert(request: StandInRequest): StandInAnswer {
    const { snippet } = request.json() as { snippet: { parentId?: string; textOriginal?: string } };
    const parent = comments.get(snippet.parentId ?? '');
    // The id of an answer is no parent.
    if (parent === undefined || parent.parentId !== null) return refuse(404, 'parentCommentNotFound');
    const text = snippet.textOriginal ?? '';
    const made = { author: own.id, text, parentId: parent.id, videoId: parent.videoId };
    return refusedText(text) ?? answerOf(200, commentOf(add(made), true, true));
  }

  function insertThread(request: StandInRequest): StandInAnswer {
    const { snippet } = request.json() as {
      snippet: { videoId?: string; topLevelComment: { snippet: { textOriginal: string } } };
    };
    const video = videos.find(({ id }) => id === snippet.videoId);
    if (video === undefined) return refuse(404, 'videoNotFound');
    if (closedVideos.has(video.id)) return refuse(403, 'commentsDisabled');
    const text = snippet.topLevelComment.snippet.textOriginal;
    return (
      refusedText(text) ?? answerOf(200, threadOf(add({ author: own.id, text, videoId: video.id }), [], true))
    );
  }

  function moderate(url: URL): StandInAnswer {
    const comment = comments.get(url.searchParams.get('id') ?? '');
    const status = url.searchParams.get('moderationStatus') as StoredComment['status'];
    if (comment === undefined) return refuse(404, 'commentNotFound');
    if (!['published', 'heldForReview', 'rejected'].includes(status)) return refuse(400, 'invalidParameter');
    if (url.searchParams.get('banAuthor') === 'true') {
      if (status !== 'rejected') return refuse(400, 'banWithoutReject');
      banned.add(comment.author);
    }
    comment.status = status;
    return answerOf(204);
  }

  function remove(url: URL): StandInAnswer {
    const id = url.searchParams.get('id') ?? '';
    const comment = comments.get(id);
    if (comment === undefined) return refuse(404, 'commentNotFound');
    if (comment.author !== own.id) return refuse(403, 'forbidden');
    comments.delete(id);
    return answerOf(204);
  }

  const server = await standInServer({
    kindOf(request) {
      if (request.path === '/token') {
        return request.form().get('grant_type') === 'refresh_token' ? 'renewal' : null;
      }
      if (request.path === '/revoke') return null;
      return request.method === 'GET' ? 'read' : 'write';
    },
    answer,
    refusals: {
      'rate-limited': () => refuse(403, 'rateLimitExceeded', 'Rate Limit Exceeded'),
      'missing-permission': () =>
        answerOf(403, {
          error: {
            code: 403,
            message: 'Request had insufficient authentication scopes.',
            status: 'PERMISSION_DENIED',
            errors: [{ domain: 'global', reason: 'insufficientPermissions' }],
            details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
          },
        }),
      refused: () => refuse(400, 'parentCommentIsPrivate', 'The comment is private.'),
    },
    expire: signIn.expire,
    revoke: signIn.revoke,
  });

  const standIn: YouTubeStandIn = {
    skewMs: 0,
    url: server.url,
    apiKey: signIn.apiKey,
    client: signIn.client,
    credentials: signIn.credentials(now() + 24 * 3_600_000),
    comments,
    spent,
    banned,
    refreshTokenSeconds: null,
    requests: server.requests,
    failNext: server.failNext,
    close: server.close,
    consent: (url) => signIn.consent(url),
    setPrivate: (id) => void privateVideos.add(id),
    setCommentsOff: (id) => void closedVideos.add(id),
    setStatus(id, status) {
      const comment = comments.get(id);
      if (comment) comment.status = status;
    },
    useUpQuota() {
      isQuotaUsedUp = true;
    },
    publish({ text, author = 'dana-okafor', at, inReplyTo, byAccount = false }) {
      const above = inReplyTo === undefined ? undefined : comments.get(inReplyTo);
      const parentId = above === undefined ? null : (above.parentId ?? above.id);
      return add({
        author: byAccount ? own.id : `UC${author}`,
        text,
        parentId,
        ...(at === undefined ? {} : { at }),
      }).id;
    },
    edit(id, text) {
      const comment = comments.get(id);
      if (comment) Object.assign(comment, { text, updatedAt: theirNow() });
    },
    remove: (id) => void comments.delete(id),
    spoil(id) {
      const comment = comments.get(id);
      if (comment) comment.isSpoiled = true;
    },
    written: () =>
      [...comments.values()]
        .filter(({ author }) => author === own.id)
        .map(({ id, text, parentId }) => ({ externalId: id, text, inReplyTo: parentId })),
  };
  return standIn;
}

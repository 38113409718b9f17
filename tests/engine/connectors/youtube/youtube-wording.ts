/** What is on the stand-in for YouTube, as its interface words it. */
export interface StoredComment {
  readonly id: string;
  /** The comment that starts its thread; null for that one. */
  readonly parentId: string | null;
  readonly videoId: string;
  /** A channel id. */
  readonly author: string;
  text: string;
  readonly at: number;
  updatedAt: number;
  status: 'published' | 'heldForReview' | 'likelySpam' | 'rejected';
  isSpoiled: boolean;
}

export const own = { id: 'UCbrand', title: 'The Brand', handle: '@the-brand' };
export const videoId = 'vid00000001';

const video = (id: string, title: string, description: string, publishedAt: string) => ({
  kind: 'youtube#video',
  id,
  snippet: { title, description, publishedAt, channelId: own.id, channelTitle: own.title },
});
/** The newest first. */
export const videos = [
  video('vid00000002', 'Acme & others, compared', 'All of them.\nEven Acme.', '2026-11-20T10:00:00Z'),
  video(videoId, 'How it works', 'A tour.', '2026-11-19T10:00:00Z'),
] as const;

const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
const handleOf = (author: string): string => (author === own.id ? own.handle : `@${author.slice(2)}`);

/** `textOriginal` is shown to its author alone; single comments often come without their video. */
export function commentOf(comment: StoredComment, isPlain: boolean, hasVideo: boolean): object {
  const { id, parentId, author, text, at, updatedAt } = comment;
  return {
    kind: 'youtube#comment',
    id,
    snippet: {
      authorDisplayName: handleOf(author),
      authorProfileImageUrl: 'https://yt3.example/p.jpg',
      authorChannelUrl: `http://www.youtube.com/${handleOf(author)}`,
      authorChannelId: { value: author },
      ...(parentId === null ? {} : { parentId }),
      ...(hasVideo ? { videoId: comment.videoId } : {}),
      textDisplay: isPlain ? text : text.replaceAll('&', '&amp;').replaceAll('\n', '<br>'),
      ...(author === own.id ? { textOriginal: text } : {}),
      canRate: true,
      likeCount: 0,
      ...(comment.isSpoiled ? {} : { publishedAt: iso(at) }),
      updatedAt: iso(updatedAt),
    },
  };
}

export function threadOf(
  comment: StoredComment,
  replies: readonly StoredComment[],
  isPlain: boolean,
): object {
  return {
    kind: 'youtube#commentThread',
    id: comment.id,
    snippet: {
      channelId: own.id,
      videoId: comment.videoId,
      topLevelComment: commentOf(comment, isPlain, true),
      canReply: true,
      totalReplyCount: replies.length,
      isPublic: true,
    },
    ...(replies.length === 0
      ? {}
      : { replies: { comments: replies.slice(-2).map((reply) => commentOf(reply, isPlain, true)) } }),
  };
}

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The keyless feed of a channel; null for one that is not there. */
export function feedOf(channelId: string): string | null {
  if (channelId !== own.id) return null;
  const page = `https://www.youtube.com/channel/${own.id}`;
  const entries = videos.map(
    ({ id, snippet }) => `<entry>
  <id>yt:video:${id}</id><yt:videoId>${id}</yt:videoId><yt:channelId>${own.id}</yt:channelId>
  <title>${xml(snippet.title)}</title><link rel="alternate" href="https://www.youtube.com/watch?v=${id}"/>
  <author><name>${own.title}</name><uri>${page}</uri></author>
  <published>${snippet.publishedAt.replace('Z', '+00:00')}</published><updated>2026-11-20T12:00:00+00:00</updated>
  <media:group><media:title>${xml(snippet.title)}</media:title>
   <media:description>${xml(snippet.description)}</media:description></media:group></entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <id>yt:channel:${own.id}</id><title>${own.title}</title><link rel="alternate" href="${page}"/>
 <author><name>${own.title}</name><uri>${page}</uri></author><published>2020-01-01T00:00:00+00:00</published>
 ${entries.join('\n')}</feed>`;
}

/** What a search finds; null when it was asked wrongly. */
export function searchVideos(parameters: URLSearchParams): object[] | null {
  const after = Date.parse(parameters.get('publishedAfter') ?? '');
  if (Number.isNaN(after) || parameters.get('type') !== 'video') return null;
  const words = (parameters.get('q') ?? '').toLowerCase().split('|');
  return videos
    .filter(({ snippet }) => Date.parse(snippet.publishedAt) >= after)
    .filter(({ snippet }) =>
      words.some((word) =>
        `${snippet.title} ${snippet.description}`.toLowerCase().includes(word.replaceAll('"', '')),
      ),
    )
    .map(({ id, snippet }) => ({ id: { kind: 'youtube#video', videoId: id }, snippet }));
}

export function reasonAgainst(text: string): string | null {
  if (text.trim() === '') return 'commentTextRequired';
  return Array.from(text).length > 10_000 ? 'commentTextTooLong' : null;
}

import { z } from 'zod';
import type { IncomingMention } from '../connector.ts';
import type { parseFeed } from '../feeds/parse-feed.ts';
import { singleLine } from '../text/clean-text.ts';
import { textToDocument } from '../text/html-to-document.ts';
import type { YouTubeComment, YouTubeVideo } from './wire.ts';

export const platform = 'youtube';
const site = 'https://www.youtube.com';

type FeedItem = Awaited<ReturnType<typeof parseFeed>>['feed']['items'][number];

/** What replying to a mention needs. */
export const contextSchema = z.object({
  videoId: z.string().nullable(),
  /** The channel that the video is of, where it is known. */
  channelId: z.string().nullish(),
  /** Null for a video: answering it starts a thread. */
  threadId: z.string().nullable(),
  /** Of the video. */
  title: z.string().nullish(),
});
export type YouTubeContext = z.infer<typeof contextSchema>;

export const commentKey = (id: string): string => `comment/${id}`;
export const videoKey = (id: string): string => `video/${id}`;

export function commentUrl(id: string, videoId: string | null): string | null {
  if (videoId === null) return null;
  return `${site}/watch?v=${encodeURIComponent(videoId)}&lc=${encodeURIComponent(id)}`;
}

export interface ThreadPlace {
  readonly threadId: string;
  readonly videoId: string | null;
  readonly channelId?: string | null;
  /** Of the video. */
  readonly title: string | null;
}

/** Comments are asked for as plain text. Each thread under a video is a conversation. */
export function mentionOfComment(
  { id, snippet }: YouTubeComment,
  { threadId, videoId, channelId, title }: ThreadPlace,
): IncomingMention {
  const isAnswer = id !== threadId;
  const context: YouTubeContext = {
    videoId,
    threadId,
    ...(channelId ? { channelId } : {}),
    ...(title === null ? {} : { title }),
  };
  return {
    key: commentKey(id),
    externalId: id,
    platform,
    kind: 'comment',
    title: null,
    document: textToDocument(snippet.textDisplay),
    url: commentUrl(id, videoId),
    author: authorOf(snippet),
    publishedAt: Date.parse(snippet.publishedAt),
    rootKey: commentKey(threadId),
    parentKey: isAnswer ? commentKey(threadId) : null,
    conversationTitle: title,
    language: null,
    context,
  };
}

function authorOf(snippet: YouTubeComment['snippet']): IncomingMention['author'] {
  const name = singleLine(snippet.authorDisplayName);
  const channel = snippet.authorChannelId?.value ?? null;
  return {
    key: channel,
    name: name || 'Somebody on YouTube',
    handle: name.startsWith('@') ? name : null,
    url: channel === null ? null : `${site}/channel/${encodeURIComponent(channel)}`,
  };
}

interface VideoWords {
  readonly id: string;
  readonly title: string | null;
  readonly description: string;
  readonly channelId: string | null;
  readonly channelName: string;
  readonly publishedAt: number | null;
}

export function mentionOfVideo({ id, snippet }: YouTubeVideo): IncomingMention {
  return adaptVideo({
    id,
    title: snippet.title,
    description: snippet.description,
    channelId: snippet.channelId,
    channelName: snippet.channelTitle,
    publishedAt: Date.parse(snippet.publishedAt),
  });
}

/** An entry of a channel's feed; null when it is no video. */
export function mentionOfEntry(entry: FeedItem): IncomingMention | null {
  const id = /^yt:video:([\w-]{6,20})$/.exec(entry.id ?? '')?.[1];
  if (id === undefined) return null;
  return adaptVideo({
    id,
    title: entry.title,
    description: entry.body?.value ?? '',
    channelId: /\/channel\/(UC[\w-]+)/.exec(entry.author?.url ?? '')?.[1] ?? null,
    channelName: entry.author?.name ?? '',
    publishedAt: entry.publishedAt,
  });
}

function adaptVideo({
  id,
  title,
  description,
  channelId,
  channelName,
  publishedAt,
}: VideoWords): IncomingMention {
  const line = singleLine(title ?? '') || null;
  const context: YouTubeContext = { videoId: id, channelId, threadId: null };
  return {
    key: videoKey(id),
    externalId: id,
    platform,
    kind: 'video',
    title: line,
    document: textToDocument(description),
    url: `${site}/watch?v=${encodeURIComponent(id)}`,
    author: {
      key: channelId,
      name: singleLine(channelName) || 'A channel on YouTube',
      handle: null,
      url: channelId === null ? null : `${site}/channel/${encodeURIComponent(channelId)}`,
    },
    publishedAt,
    rootKey: videoKey(id),
    parentKey: null,
    conversationTitle: line,
    language: null,
    context,
  };
}

import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention } from '../connector.ts';
import { eachInTurn } from '../each-in-turn.ts';
import { createQueryFilter } from '../text/query-filter.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import { mentionOfEntry, mentionOfVideo } from './adapt.ts';
import { placeOf, readFeed } from './api.ts';
import {
  type CommentState,
  createCommentState,
  cursorOf,
  lookAgain,
  pollThreads,
  type Stream,
} from './read-comments.ts';
import { list, search } from './requests.ts';
import type { YouTubePage, YouTubePollContext } from './settings.ts';
import { foundSchema, videoSchema } from './wire.ts';

/** With a hundred searches a day, one source must not use them all. */
const searchEveryMs = 30 * 60_000;
/** As long as one of the hundred has to last, with some left for other sources. */
const searchShareMs = 16 * 60_000;
/** The index learns of videos minutes to hours after they are public. */
const searchOverlapMs = 24 * 60 * 60_000;
const firstLookBackMs = 7 * 24 * 60 * 60_000;
const mostFound = 50;
/** Of the videos that were found, the newest whose comments are read. */
const mostRead = 20;
const longestSearch = 400;

export async function* pollYouTube(context: YouTubePollContext): AsyncGenerator<YouTubePage> {
  const { what, videos = '', channels = '' } = context.settings;
  if (what === 'uploads') return yield* pollUploads(context, channels.split(' '));
  const state = createCommentState(context);
  if (what === 'search') yield* pollSearch(state);
  else {
    const streams = what === 'videos' ? videoStreams(videos.split(' ')) : channelStreams(context);
    const warned = (warning: EarshotError): YouTubePage => ({ items: [], cursor: cursorOf(state), warning });
    yield* eachInTurn(streams, (stream) => pollThreads(state, stream), warned);
  }
  yield* lookAgain(state);
  if (state.isSweep) yield { items: [], cursor: cursorOf(state) };
}

const everything = (): boolean => true;

function videoStreams(ids: readonly string[], isWanted: Stream['isWanted'] = everything): Stream[] {
  return ids.map((videoId) => ({
    key: `video ${videoId}`,
    parameters: { videoId },
    isWanted,
    // Nobody chose those that a search found: it is no news that one of them is closed.
    mayBeClosed: isWanted !== everything,
  }));
}

function channelStreams({ settings, account }: YouTubePollContext): Stream[] {
  const own = account?.identity.externalId ?? '';
  const named = (settings.channels ?? '').split(' ').filter((id) => id !== '');
  const ids = named.length > 0 ? named : own.startsWith('UC') ? [own] : [];
  if (ids.length === 0) {
    throw new EarshotError(
      'unsupported',
      'An API key has no channel of its own: name the channel whose comments you want.',
    );
  }
  const statuses = settings.what === 'held' ? ['heldForReview', 'likelySpam'] : [null];
  return ids.flatMap((id) =>
    statuses.map((status) => ({
      key: `channel ${id}${status === null ? '' : ` ${status}`}`,
      parameters: {
        allThreadsRelatedToChannelId: id,
        ...(status === null ? {} : { moderationStatus: status }),
      },
      isWanted: everything,
      mayBeClosed: false,
    })),
  );
}

/** Needs no account: the newest fifteen videos of each channel. */
async function* pollUploads(
  context: YouTubePollContext,
  channels: readonly string[],
): AsyncGenerator<YouTubePage> {
  const cursor = cursorOf(createCommentState(context));
  async function* read(channel: string): AsyncGenerator<YouTubePage> {
    const feed = await readFeed(context, placeOf(context.settings), channel);
    const found = feed.items.map((entry) => mentionOfEntry(entry));
    const items = found.filter((item) => item !== null);
    const broken = found.length - items.length;
    yield {
      items: items.toReversed(),
      cursor,
      ...(channels.length === 1 ? { source: { name: feed.title, url: feed.link } } : {}),
      ...(broken === 0 && feed.end === 'whole' ? {} : { warning: feedWarning(broken) }),
    };
  }
  yield* eachInTurn(channels, read, (warning): YouTubePage => ({ items: [], cursor, warning }));
}

function feedWarning(broken: number): EarshotError {
  return new EarshotError(
    'bad-response',
    broken === 0 ? 'The feed of YouTube was cut off.' : `${broken} videos of YouTube could not be read.`,
    { rejected: broken },
  );
}

/** Videos that name a tracker's words, and the comments on them that do. */
async function* pollSearch(state: CommentState): AsyncGenerator<YouTubePage> {
  const { context } = state;
  const { searches, warning } = searchesFor(context);
  const isWanted = createQueryFilter(context.queries);
  for (const q of searches) {
    const stream = `search ${q}`;
    const known = state.newest.get(stream);
    const since = known === undefined ? context.now() - firstLookBackMs : known - searchOverlapMs;
    const { body } = await search(context, context.account, {
      part: 'snippet',
      type: 'video',
      q,
      order: 'date',
      publishedAfter: new Date(since).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      maxResults: '50',
    });
    const ids = body.items.flatMap((raw) => {
      const found = foundSchema.safeParse(raw);
      return found.success ? [found.data.id.videoId] : [];
    });
    const videos = await fullVideos(state, ids);
    const items = videos.filter((video) => isWanted(video)).toReversed();
    const newestAt = Math.max(0, ...videos.map(({ publishedAt }) => publishedAt ?? 0));
    if (newestAt > 0) state.newest.set(stream, Math.max(known ?? 0, newestAt));
    const fresh = items.map(({ externalId }) => externalId);
    state.found = [...state.found.filter((id) => !fresh.includes(id)), ...fresh].slice(-mostFound);
    yield {
      items,
      cursor: cursorOf(state),
      hints: { minimumIntervalMs: Math.max(searchEveryMs, searches.length * searchShareMs) },
      ...(warning === null ? {} : { warning }),
    };
  }
  for (const stream of videoStreams(state.found.slice(-mostRead), isWanted)) {
    yield* pollThreads(state, stream);
  }
}

/** A search cuts descriptions short; asked for by id they come whole. */
async function fullVideos(state: CommentState, ids: readonly string[]): Promise<readonly IncomingMention[]> {
  if (ids.length === 0) return [];
  const { body } = await list(state.context, state.context.account, 'videos', {
    part: 'snippet',
    id: ids.join(','),
  });
  return body.items
    .flatMap((raw) => {
      const video = videoSchema.safeParse(raw);
      if (!video.success) return [];
      state.titles.set(video.data.id, video.data.snippet.title);
      return [mentionOfVideo(video.data)];
    })
    .toSorted((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0));
}

/** As few searches as hold all words: `|` stands for “or”. */
function searchesFor({ queries }: YouTubePollContext): {
  readonly searches: readonly string[];
  readonly warning: EarshotError | null;
} {
  if (queries.length === 0) {
    throw new EarshotError(
      'unsupported',
      'There is nothing to search YouTube for yet. Add a tracker with a name or a word.',
    );
  }
  const { terms, unsearchable } = allSearchTerms(queries);
  const warning =
    unsearchable === 0
      ? null
      : new EarshotError(
          'unsupported',
          `${unsearchable === 1 ? 'A tracker names' : `${unsearchable} trackers name`} no word that YouTube could search for. Add a name or a word to every part of the query.`,
          { count: unsearchable },
        );
  if (terms.length === 0 && warning !== null) throw warning;
  const searches: string[] = [];
  for (const { text } of terms) {
    const phrase = `"${text.replace(/["|]/g, ' ').slice(0, longestSearch)}"`;
    const last = searches.at(-1);
    if (last !== undefined && last.length + phrase.length < longestSearch) {
      searches[searches.length - 1] = `${last}|${phrase}`;
    } else searches.push(phrase);
  }
  return { searches, warning };
}

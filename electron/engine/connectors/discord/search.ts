import { EarshotError } from '../../../../shared/contract/errors.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import { isWritten } from './adapt.ts';
import { isDiscord } from './api.ts';
import { messagePage } from './messages.ts';
import { readAll, type ReadablePlace, type ServerNow } from './places.ts';
import { firstLookBackMs, mentionsOf, type Page, type Polling } from './polling.ts';
import { compareIds, idAt, idBefore, laterId, timeOfId } from './snowflake.ts';
import { channelSchema, type DiscordMessage, searchAnswerSchema } from './wire.ts';

/** What is written is found a while later. */
const overlapMs = 60 * 60_000;
const hitsPerPage = 25;
const mostContent = 1_024;
const mostPages = 400;

/** Null: not to be read. */
type Places = Map<string, ReadablePlace | null>;

/** One search after the other; each page is stored with the newest id that it reached. */
export async function* searchServer(polling: Polling, now: ServerNow): AsyncGenerator<Page> {
  const { context, cursor, api } = polling;
  const { terms, unsearchable } = allSearchTerms(context.queries);
  if (terms.length === 0) throw nothingToSearch(unsearchable);
  const places: Places = new Map(now.places.map((place) => [place.channelId, place]));

  for (const { text } of terms) {
    const key = `${now.server.id} ${text.toLowerCase()}`;
    const known = cursor.searches.get(key);
    const earliest = idAt(context.now() - firstLookBackMs);
    let newest = known ?? earliest;
    // The overlap is read once, and what it brings does not move the cursor back.
    let from = known === undefined ? earliest : laterId(earliest, idAt(timeOfId(known) - overlapMs));
    for (let round = 0; round < mostPages; round += 1) {
      const answer = await api.get(`/guilds/${now.server.id}/messages/search`, searchAnswerSchema, {
        content: text.slice(0, mostContent),
        min_id: from,
        sort_by: 'timestamp',
        sort_order: 'asc',
        limit: String(hitsPerPage),
      });
      // The number of hits says nothing about whether there are more: the next page starts behind the last one.
      const page = messagePage(answer.messages.flat());
      if (page.newestId === null || compareIds(page.newestId, from) <= 0) break;
      from = page.newestId;
      newest = laterId(newest, from);
      for (const thread of readAll(answer.threads).items) {
        const place = now.placeOf(thread);
        if (place) places.set(thread.id, place);
      }
      const written = page.messages.filter((message) => isWritten(message, polling.botId));
      await polling.checkTextIsGiven(written);
      cursor.searches.set(key, newest);
      const items = await inTheirPlaces(polling, now, places, written);
      const warning = page.warning ?? (unsearchable > 0 ? nothingToSearch(unsearchable) : null);
      yield { items, cursor: polling.snapshot(), ...(warning ? { warning } : {}) };
    }
    cursor.searches.set(key, laterId(newest, idBefore(earliest)));
  }
}

async function inTheirPlaces(
  polling: Polling,
  now: ServerNow,
  places: Places,
  messages: readonly DiscordMessage[],
): Promise<Page['items']> {
  const items: Page['items'][number][] = [];
  for (const message of messages) {
    let place = places.get(message.channel_id);
    if (place === undefined) {
      place = await placeAt(polling, now, message.channel_id);
      places.set(message.channel_id, place);
    }
    if (place) items.push(...(await mentionsOf(polling, [message], place)));
  }
  return items;
}

/** The index still knows channels that were deleted, or closed to the bot. */
async function placeAt({ api }: Polling, now: ServerNow, channelId: string): Promise<ReadablePlace | null> {
  try {
    return now.placeOf(await api.get(`/channels/${channelId}`, channelSchema));
  } catch (error) {
    if (isDiscord(error, 50001, 50013, 10003)) return null;
    throw error;
  }
}

function nothingToSearch(count: number): EarshotError {
  return new EarshotError(
    'unsupported',
    count === 0
      ? 'There is nothing to search for yet. Add a tracker with a name or a word.'
      : `${count === 1 ? 'A tracker names' : `${count} trackers name`} no word that Discord could search for. Add a name or a word to every part of the query.`,
    { count },
  );
}

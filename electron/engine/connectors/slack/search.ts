import { EarshotError } from '../../../../shared/contract/errors.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import { brokenWarning } from './messages.ts';
import { firstLookBackMs, type Page, placeOf, type Polling } from './polling.ts';
import { compareTs, laterTs, timeOfTs, tsAt } from './timestamp.ts';
import { matchSchema, messageSchema, searchSchema } from './wire.ts';

/** What is written is found a while later. */
const overlapMs = 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
const hitsPerPage = 100;
const mostPages = 20;

/** One search after the other, from the newest hit back to what is known; the mark moves when all of it was read. */
export async function* searchWorkspace(polling: Polling): AsyncGenerator<Page> {
  const { context, api, cursor, facts } = polling;
  if (facts.isBot) {
    throw new EarshotError(
      'forbidden',
      'Slack searches for people only, not for bots. Connect Slack once more with a user token (xoxp-), or listen to channels.',
    );
  }
  const { terms, unsearchable } = allSearchTerms(context.queries);
  if (terms.length === 0) {
    throw new EarshotError(
      'unsupported',
      'There is nothing to search for yet. Add a tracker with a name or a word.',
    );
  }
  for (const { text } of terms) {
    const key = `${facts.teamId} ${text.toLowerCase()}`;
    const last = cursor.searches.get(key) ?? tsAt(context.now() - firstLookBackMs);
    const from = tsAt(timeOfTs(last) - overlapMs);
    // The day itself is left out by Slack, and its days are those of somebody's time zone.
    const after = new Date(timeOfTs(from) - 2 * dayMs).toISOString().slice(0, 10);
    let newest = last;
    for (let page = 1; page <= mostPages; page += 1) {
      const answer = await api.read(
        'search.messages',
        {
          query: `"${text.replaceAll('"', ' ')}" after:${after}`,
          sort: 'timestamp',
          sort_dir: 'desc',
          count: hitsPerPage,
          page,
        },
        searchSchema,
      );
      const { matches, paging } = answer.messages;
      const read = matches.map(readMatch);
      const hits = read.filter((hit) => hit !== null);
      const items: Page['items'][number][] = [];
      for (const { message, channel } of hits.filter((hit) => compareTs(hit.message.ts, from) >= 0)) {
        newest = laterTs(newest, message.ts);
        items.push(...(await polling.mentionsOf([message], placeOf(polling, channel))));
      }
      const isAll =
        page >= (paging?.pages ?? 1) || hits.some(({ message }) => compareTs(message.ts, from) < 0);
      const isLast = isAll || page === mostPages;
      if (isLast) cursor.searches.set(key, newest);
      const cutOff = isLast && !isAll ? cutOffWarning(text) : null;
      const warning = cutOff ?? brokenWarning(read.length - hits.length) ?? unsearchableWarning(unsearchable);
      yield { items: items.reverse(), cursor: polling.snapshot(), ...(warning ? { warning } : {}) };
      if (isLast) break;
    }
  }
}

/** The thread of a hit stands in its address alone. */
function readMatch(raw: unknown) {
  const match = matchSchema.safeParse(raw);
  const message = messageSchema.safeParse(raw);
  if (!match.success || !message.success) return null;
  const threadTs = /[?&]thread_ts=(\d+\.\d+)/.exec(match.data.permalink)?.[1];
  return {
    channel: match.data.channel,
    message: threadTs === undefined ? message.data : { ...message.data, thread_ts: threadTs },
  };
}

/** To read them all again at each poll would use up what Slack allows and bring nothing older. */
function cutOffWarning(text: string): EarshotError {
  const most = (mostPages * hitsPerPage).toLocaleString('en');
  return new EarshotError(
    'too-large',
    `Slack finds more than ${most} messages with “${text}”: the older ones are left out. Choose a rarer word, or listen to channels.`,
  );
}

function unsearchableWarning(count: number): EarshotError | null {
  if (count === 0) return null;
  return new EarshotError(
    'unsupported',
    `${count === 1 ? 'A tracker names' : `${count} trackers name`} no word that Slack could search for. Add a name or a word to every part of the query.`,
    { count },
  );
}

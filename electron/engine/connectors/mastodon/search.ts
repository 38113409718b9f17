import { EarshotError } from '../../../../shared/contract/errors.ts';
import { createQueryFilter } from '../text/query-filter.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import { readStatuses } from './caller.ts';
import {
  type Listening,
  type MastodonCursor,
  type Page,
  remember,
  statusesPerPage,
  warningOf,
} from './listening.ts';
import { type MastodonStatus, searchSchema } from './wire.ts';

const dayMs = 24 * 60 * 60_000;
const firstLookBackMs = 7 * dayMs;
/** Posts reach a server late, and its search later still; days are as fine as it counts. */
const overlapMs = 2 * dayMs;
const mostPagesOfOne = 10;

/**
 * Each word in turn, the one that was searched for longest ago first. The order of hits is not promised, so a search
 * is complete or is made again from the same day.
 */
export async function* searchPages(listening: Listening, start: MastodonCursor): AsyncGenerator<Page> {
  const { context } = listening;
  const { terms, unsearchable } = allSearchTerms(context.queries);
  if (terms.length === 0) {
    throw new EarshotError(
      'unsupported',
      'There is nothing to search Mastodon for yet. Add a tracker with a name or a word.',
    );
  }
  const warning = unsearchable === 0 ? {} : { warning: unsearchableWarning(unsearchable) };
  const isWanted = createQueryFilter(context.queries);
  // A record's own names are people's words, “constructor” among them.
  const searched = new Map(Object.entries(start.searched));
  const texts = [...new Set(terms.map(({ text }) => searchText(text)))];
  let cursor = start;
  for (const text of texts.sort((a, b) => (searched.get(a) ?? 0) - (searched.get(b) ?? 0))) {
    if (listening.requestsLeft() <= 0) return;
    const last = searched.get(text);
    const from = last === undefined ? context.now() - firstLookBackMs : last - overlapMs;
    const { statuses, broken, all, end } = await hitsOf(listening, text, from);
    const known = new Map(cursor.recent.map(({ id, editedAt }) => [id, editedAt]));
    const fresh = statuses.filter(
      ({ id, edited_at: editedAt }) => !known.has(id) || known.get(id) !== (editedAt ?? null),
    );
    const items = (await listening.mentionsOf(fresh)).filter(isWanted);
    // Otherwise it is made again from the same day.
    if (end !== 'no-requests') searched.set(text, context.now());
    const wanted = texts.filter((each) => searched.has(each));
    cursor = {
      ...remember(cursor, fresh),
      searched: Object.fromEntries(wanted.map((each) => [each, searched.get(each) ?? 0])),
    };
    const cutOff = end === 'too-many' ? { warning: tooManyWarning(text) } : warning;
    yield { items, cursor, ...(broken > 0 ? warningOf(broken, all) : cutOff) };
  }
}

function searchText(text: string): string {
  return /\s/.test(text) ? `"${text}"` : text;
}

interface Hits {
  readonly statuses: readonly MastodonStatus[];
  readonly broken: number;
  readonly all: number;
  /** Why no more were read. */
  readonly end: 'all' | 'no-requests' | 'too-many';
}

/** The newest first, each once. */
async function hitsOf(listening: Listening, text: string, from: number): Promise<Hits> {
  const after = new Date(from - dayMs).toISOString().slice(0, 10);
  const found = new Map<string, MastodonStatus>();
  let broken = 0;
  let all = 0;
  let end: Hits['end'] = 'too-many';
  for (let page = 0; page < mostPagesOfOne; page += 1) {
    if (listening.requestsLeft() <= 0) {
      end = 'no-requests';
      break;
    }
    const { data } = await listening.caller.ask(
      {
        path: '/api/v2/search',
        query: [
          ['q', `${text} after:${after}`],
          ['type', 'statuses'],
          ['limit', String(statusesPerPage)],
          ['offset', String(page * statusesPerPage)],
        ],
      },
      searchSchema,
    );
    const read = readStatuses(data.statuses);
    for (const status of read.statuses) if (!found.has(status.uri)) found.set(status.uri, status);
    broken += read.broken;
    all += data.statuses.length;
    if (data.statuses.length < statusesPerPage) {
      end = 'all';
      break;
    }
  }
  const statuses = [...found.values()].sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return { statuses, broken, all, end };
}

function tooManyWarning(text: string): EarshotError {
  return new EarshotError(
    'too-large',
    `There are more posts with ${text} than can be read: some are missing. Let a tracker say more exactly what it looks for.`,
  );
}

function unsearchableWarning(count: number): EarshotError {
  return new EarshotError(
    'unsupported',
    `${count === 1 ? 'A tracker names' : `${count} trackers name`} no word that Mastodon could search for. Add a name or a word to every part of the query.`,
    { count },
  );
}

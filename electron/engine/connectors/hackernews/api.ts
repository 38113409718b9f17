import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Http } from '../../ports/http.ts';
import type { Search } from './searches.ts';
import { type SearchAnswer, searchAnswerSchema } from './wire.ts';

export const defaultApiUrl = 'https://hn.algolia.com/api/v1';
/** The most that one search gives, however it is paged. */
export const mostHits = 1_000;
/** 1,000 long comments, each with its highlighted copy. */
const maxBytes = 32 * 1024 * 1024;

export interface ApiOptions {
  readonly apiUrl: string;
  readonly http: Http;
  readonly allowPrivateNetwork: boolean;
  readonly signal: AbortSignal;
}

/** Seconds; `until` is left out of the window. Null: up to now. */
export interface TimeWindow {
  readonly from: number;
  readonly until: number | null;
}

/** Newest first. Throws EarshotError. */
export async function searchByDate(
  { apiUrl, http, allowPrivateNetwork, signal }: ApiOptions,
  search: Search,
  { from, until }: TimeWindow,
): Promise<SearchAnswer> {
  const url = new URL(`${apiUrl.replace(/\/+$/, '')}/search_by_date`);
  url.search = new URLSearchParams({
    query: search.text,
    tags: '(story,comment)',
    numericFilters: [`created_at_i>=${from}`, ...(until === null ? [] : [`created_at_i<${until}`])].join(','),
    hitsPerPage: String(mostHits),
    // The index is lenient by default: it would take near spellings and the beginnings of longer words.
    typoTolerance: 'false',
    queryType: search.isPrefix ? 'prefixLast' : 'prefixNone',
    ...(search.isAuthor ? { restrictSearchableAttributes: 'author' } : {}),
  }).toString();
  const answer = await http.send({
    url: url.href,
    headers: { accept: 'application/json' },
    signal,
    allowPrivateNetwork,
    maxBytes,
  });
  const parsed = searchAnswerSchema.safeParse(parseJson(await answer.bytes()));
  if (parsed.success) return parsed.data;
  throw new EarshotError(
    'bad-response',
    'The Hacker News search gave an answer that Earshot does not understand.',
    {
      issues: parsed.error.issues.slice(0, 5).map(({ path, message }) => ({ path: path.join('.'), message })),
    },
  );
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not JSON: the schema says so, as of every other answer that is not what it should be.
    return null;
  }
}

import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { CallContext } from '../connector.ts';
import type { SearchTerm } from '../text/search-terms.ts';
import { momentText } from './adapt.ts';
import { answerSchema } from './wire.ts';

export const defaultApiUrl = 'https://api.gdeltproject.org/api/v2/doc/doc';
/** The most that one answer lists. */
export const mostArticles = 250;

export interface ApiOptions extends CallContext {
  readonly apiUrl: string;
  readonly allowPrivateNetwork: boolean;
}

/** Newest first. Throws EarshotError, `rejected` with GDELT's own words for a query that it does not take. */
export async function listArticles(
  { apiUrl, allowPrivateNetwork, http, signal }: ApiOptions,
  terms: readonly SearchTerm[],
  window: { readonly from: number; readonly until: number },
): Promise<readonly unknown[]> {
  const url = new URL(apiUrl);
  url.search = new URLSearchParams({
    query: queryText(terms),
    mode: 'artlist',
    format: 'json',
    maxrecords: String(mostArticles),
    sort: 'datedesc',
    startdatetime: momentText(window.from),
    enddatetime: momentText(window.until),
  }).toString();
  const answer = await http.send({
    url: url.href,
    headers: { accept: 'application/json' },
    signal,
    allowPrivateNetwork,
  });
  const text = new TextDecoder().decode(await answer.bytes()).trim();
  if (text === '') return [];
  // A query that it does not understand is told in plain words, with status 200.
  if (!text.startsWith('{')) throw refusal(text);
  const parsed = answerSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.articles ?? [];
  throw new EarshotError('bad-response', 'GDELT gave an answer that Earshot does not understand.');
}

/** Several are one request: GDELT takes one every five seconds. A phrase must stand in quotes. */
function queryText(terms: readonly SearchTerm[]): string {
  const texts = terms.map(({ text }) => (/[^\p{L}\p{N}]/u.test(text) ? `"${text}"` : text));
  return texts.length === 1 ? (texts[0] ?? '') : `(${texts.join(' OR ')})`;
}

function refusal(text: string): EarshotError {
  if (/<html|<!doctype/i.test(text)) {
    return new EarshotError('bad-response', 'GDELT answered with a web page instead of its list.');
  }
  const said = text.replace(/\s+/g, ' ').slice(0, 200);
  if (/limit requests/i.test(said)) {
    return new EarshotError('server-error', 'GDELT asks for fewer requests. Earshot waits.');
  }
  return new EarshotError('rejected', `GDELT does not take this search: ${said} Change the tracker’s words.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema says that it is not what it should be.
    return null;
  }
}

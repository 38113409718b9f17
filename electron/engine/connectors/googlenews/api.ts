import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { CallContext } from '../connector.ts';
import { parseFeed } from '../feeds/parse-feed.ts';
import type { ParsedFeed } from '../feeds/wire.ts';

export const defaultApiUrl = 'https://news.google.com/rss/search';

export interface ApiOptions extends CallContext {
  readonly apiUrl: string;
  readonly allowPrivateNetwork: boolean;
  /** Language and country, as `en-US`. */
  readonly edition: string;
}

/** Up to about a hundred stories, by relevance. `days`: how far back. Throws EarshotError. */
export async function searchNews(
  { apiUrl, allowPrivateNetwork, edition, http, signal }: ApiOptions,
  words: string,
  days: number,
): Promise<ParsedFeed> {
  const [language = 'en', country = 'US'] = edition.split('-');
  const url = new URL(apiUrl);
  // The three must agree, or another edition answers.
  url.search = new URLSearchParams({
    q: `${words} when:${days}d`,
    hl: edition,
    gl: country,
    ceid: `${country}:${language}`,
  }).toString();
  const answer = await http.send({
    url: url.href,
    headers: { accept: 'application/rss+xml, application/xml;q=0.9' },
    signal,
    allowPrivateNetwork,
  });
  try {
    const contentType = answer.headers['content-type'] ?? null;
    const { feed, failure } = await parseFeed(answer.body, { url: answer.url, contentType });
    if (failure !== null) throw failure;
    return feed;
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'not-a-feed') throw error;
    // A page for people: the consent page of some countries, or “unusual traffic”.
    throw new EarshotError(
      'bad-response',
      'Google News answered with a page for people instead of its list. Earshot waits and asks again.',
      {},
      error,
    );
  }
}

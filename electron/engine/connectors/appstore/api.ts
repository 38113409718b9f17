import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { CallContext } from '../connector.ts';
import { answerSchema } from './wire.ts';

export const defaultApiUrl = 'https://itunes.apple.com';
export const reviewsPerPage = 50;
export const mostPages = 10;

export interface ApiOptions extends CallContext {
  readonly apiUrl: string;
  readonly allowPrivateNetwork: boolean;
  readonly appId: string;
  /** A storefront, as `us`. */
  readonly country: string;
}

/** One page, the newest first; `page` from 1 to 10. Throws EarshotError. */
export async function listReviews(options: ApiOptions, page: number): Promise<readonly unknown[]> {
  const { apiUrl, appId, country } = options;
  const base = `${apiUrl.replace(/\/+$/, '')}/${country}/rss/customerreviews`;
  const entries = await ask(options, `${base}/page=${page}/id=${appId}/sortby=mostrecent/json`);
  if (entries.length > 0 || page > 1) return entries;
  // Now and then one order of the parameters gives nothing although there are reviews; the other one does.
  return ask(options, `${base}/id=${appId}/page=${page}/sortby=mostrecent/json`);
}

async function ask(
  { http, signal, allowPrivateNetwork }: ApiOptions,
  url: string,
): Promise<readonly unknown[]> {
  const answer = await http.send({
    url,
    headers: { accept: 'application/json' },
    signal,
    allowPrivateNetwork,
  });
  const parsed = answerSchema.safeParse(parseJson(await answer.bytes()));
  if (!parsed.success) {
    throw new EarshotError('bad-response', 'The App Store gave an answer that Earshot does not understand.');
  }
  const { entry } = parsed.data.feed;
  if (entry === undefined) return [];
  return Array.isArray(entry) ? entry : [entry];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // The schema says that it is not what it should be.
    return null;
  }
}

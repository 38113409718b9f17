import type { Failure } from '../../../shared/contract/errors.ts';
import type { TestResult } from './use-source-test.ts';

/** A feed that a page links to. */
export interface FeedOffer {
  readonly url: string;
  readonly title: string | null;
}

/** `hasTrackers` false: nothing could match, so nothing is said about it. */
export function testWords(
  { fetched, matched }: Pick<TestResult, 'fetched' | 'matched'>,
  hasTrackers: boolean,
): { headline: string; detail: string } {
  if (fetched === 0) return { headline: 'It answers.', detail: 'There is nothing in it at the moment.' };
  const headline = fetched === 1 ? '1 item.' : `${fetched} items.`;
  if (!hasTrackers) return { headline, detail: '' };
  if (matched === 0) return { headline, detail: 'None of them matches a tracker.' };
  return { headline, detail: matched === 1 ? '1 matches a tracker.' : `${matched} match a tracker.` };
}

/** The feeds that a failure names (`not-a-feed` says what the page links to). */
export function offersOf(failure: Failure): readonly FeedOffer[] {
  const feeds = failure.details?.['feeds'];
  if (!Array.isArray(feeds)) return [];
  return feeds.flatMap((feed: unknown): FeedOffer[] => {
    if (typeof feed === 'string') return [{ url: feed, title: null }];
    if (typeof feed !== 'object' || feed === null || !('url' in feed) || typeof feed.url !== 'string')
      return [];
    return [{ url: feed.url, title: 'title' in feed && typeof feed.title === 'string' ? feed.title : null }];
  });
}

/** Where a feed was found when that is not the address that was typed. */
export function foundAddress(
  typed: Readonly<Record<string, unknown>>,
  found: TestResult['settings'],
): string | null {
  const key = Object.keys(found).find(
    (each) => typeof found[each] === 'string' && found[each] !== typed[each],
  );
  const address = key === undefined ? null : found[key];
  return typeof address === 'string' && /^https?:/i.test(address) ? address : null;
}

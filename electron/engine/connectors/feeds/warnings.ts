import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { ParsedFeed } from './wire.ts';

/** What the user should know of a feed whose items were taken all the same; null when all is well. */
export function warningOf(
  feed: ParsedFeed,
  failure: EarshotError | null,
  hadItems: boolean,
): EarshotError | null {
  const kept = `${feed.items.length} ${feed.items.length === 1 ? 'item' : 'items'}`;
  if (feed.end === 'too-large') {
    return new EarshotError(
      'too-large',
      `The feed is longer than Earshot reads. The newest ${kept} of its beginning were taken.`,
      {
        ...failure?.details,
        items: feed.items.length,
      },
    );
  }
  if (failure !== null) {
    return new EarshotError(
      failure.code,
      `The feed broke off; ${kept} came whole. ${failure.message}`,
      failure.details,
      failure,
    );
  }
  if (feed.end === 'cut-off') {
    return new EarshotError(
      'bad-response',
      `The feed ends in the middle; ${kept} came whole. Its site may be in trouble.`,
      {
        items: feed.items.length,
      },
    );
  }
  if (feed.end === 'too-deep') {
    return new EarshotError(
      'bad-response',
      `The feed is nested deeper than any feed should be; the ${kept} before that were read.`,
      {
        items: feed.items.length,
      },
    );
  }
  if (feed.droppedItems > 0) {
    return new EarshotError(
      'too-large',
      `The feed lists ${feed.items.length + feed.droppedItems} items; the newest ${kept} were read.`,
      {
        items: feed.items.length,
        dropped: feed.droppedItems,
      },
    );
  }
  if (feed.items.length === 0 && hadItems) {
    return new EarshotError(
      'bad-response',
      'The feed gave items before and now has none. What it gave is kept.',
      {},
    );
  }
  return null;
}

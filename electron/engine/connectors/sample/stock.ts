import { blurtleAbroad } from './stock/blurtle-abroad.ts';
import { blurtleEveryday } from './stock/blurtle-everyday.ts';
import { blurtleEvents } from './stock/blurtle-events.ts';
import { blurtleOtherSenses } from './stock/blurtle-other-senses.ts';
import { fivemoonsReviews } from './stock/fivemoons-reviews.ts';
import { keptForLive } from './stock/kept-for-live.ts';
import { inkpondThreads } from './stock/inkpond-threads.ts';
import { widgetNews } from './stock/widget-news.ts';
import { readShelf, type Story } from './story.ts';

let stories: readonly Story[] | null = null;

/** Everything the community can say. Read when it is first wanted: most people never open the sample. */
export function allStories(): readonly Story[] {
  stories ??= [
    ...blurtleEveryday,
    ...blurtleEvents,
    ...blurtleAbroad,
    ...blurtleOtherSenses,
    ...inkpondThreads,
    ...keptForLive,
    ...fivemoonsReviews,
    ...widgetNews,
  ].flatMap(readShelf);
  return stories;
}

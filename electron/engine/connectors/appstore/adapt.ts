import type { IncomingMention } from '../connector.ts';
import { cleanText, singleLine } from '../text/clean-text.ts';
import { textToDocument } from '../text/html-to-document.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import type { Review } from './wire.ts';

export const platform = 'appstore';
const mostStars = 5;

/** A review as a mention: its stars stand in the text, so that they are searched for and counted as words. */
export function mentionOf(review: Review, country: string): IncomingMention {
  const key = `appstore/${review.id.label}`;
  const title = singleLine(review.title.label);
  return {
    key,
    externalId: review.id.label,
    platform,
    kind: 'review',
    title: title || null,
    document: textToDocument(
      [cleanText(review.content.label), starsOf(review, country)].filter((part) => part !== '').join('\n\n'),
    ),
    url: review.link === undefined ? null : absoluteUrl(review.link.attributes.href, null),
    author: {
      key: review.author.uri?.label ?? null,
      name: review.author.name.label,
      handle: null,
      url: review.author.uri === undefined ? null : absoluteUrl(review.author.uri.label, null),
    },
    publishedAt: updatedAt(review),
    rootKey: key,
    parentKey: null,
    conversationTitle: title || null,
    language: null,
  };
}

/** Null when it cannot be read. */
export function updatedAt(review: Review): number | null {
  const at = Date.parse(review.updated.label);
  return Number.isNaN(at) ? null : at;
}

function starsOf(review: Review, country: string): string {
  const stars = Math.min(mostStars, Math.max(0, Math.trunc(Number(review['im:rating'].label) || 0)));
  const version = review['im:version']?.label ?? '';
  return [
    `${'★'.repeat(stars)}${'☆'.repeat(mostStars - stars)} ${stars} of ${mostStars} stars`,
    ...(version === '' ? [] : [`version ${version}`]),
    `App Store ${country.toUpperCase()}`,
  ].join(' · ');
}

import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { absoluteUrl, normalizeUrl } from '../text/normalize-url.ts';
import type { Article } from './wire.ts';

export const platform = 'gdelt';

/** Its language names are English ones; those that have no short code stay unknown. */
const languages = new Map(
  'ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv mk ms nl no pl pt ro ru sk sl sq sr sv ta te th tr uk ur vi zh'
    .split(' ')
    .map((code) => [new Intl.DisplayNames(['en'], { type: 'language' }).of(code)?.toLowerCase(), code]),
);

/** Null when its address is none. There is no text beyond the headline. */
export function mentionOf(article: Article): IncomingMention | null {
  const url = absoluteUrl(article.url, null);
  if (url === null || !/^https?:/i.test(url)) return null;
  const key = `gdelt/${normalizeUrl(url)}`;
  const title = singleLine(article.title);
  return {
    key,
    externalId: article.url,
    platform,
    kind: 'article',
    title: title || null,
    document: [],
    url,
    author: { key: article.domain, name: article.domain, handle: null, url: null },
    publishedAt: seenAt(article.seendate),
    rootKey: key,
    parentKey: null,
    conversationTitle: title || null,
    language: languages.get((article.language ?? '').toLowerCase()) ?? null,
  };
}

export function seenAt(seendate: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(seendate) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** As the API wants moments: 20261120081500, UTC. */
export function momentText(at: number): string {
  return new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
}

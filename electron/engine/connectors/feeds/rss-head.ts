import { absoluteUrl } from '../text/normalize-url.ts';
import { atomLink, atomPerson, firstText, languageOf, linkOf, personOf, rssTitle } from './item-fields.ts';
import type { FeedHead, FeedPerson } from './wire.ts';
import { findAll, textOf, type XmlElement } from './xml-element.ts';

const minuteMs = 60_000;
const periodsMs: Readonly<Record<string, number>> = {
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 604_800_000,
  monthly: 2_592_000_000,
  yearly: 31_536_000_000,
};
const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** What an RSS or RDF channel says of itself, from its children that are no items. */
export function rssHead(channel: XmlElement, format: 'rss' | 'rdf'): FeedHead {
  const hours = findAll(channel, 'rss:skiphours').flatMap((list) =>
    findAll(list, 'rss:hour').map((hour) => Number(textOf(hour) ?? 'x') % 24),
  );
  const days = findAll(channel, 'rss:skipdays').flatMap((list) =>
    findAll(list, 'rss:day').map((day) => dayNames.indexOf((textOf(day) ?? '').toLowerCase())),
  );
  return {
    format,
    title: rssTitle(channel),
    link: channelLink(channel),
    language: languageOf(firstText(channel, 'rss:language', 'dc:language') ?? channel.language),
    intervalMs: intervalOf(channel),
    skipHours: hours.filter((hour) => Number.isInteger(hour) && hour >= 0),
    skipDays: days.filter((day) => day !== -1),
    isExpired: false,
    next: atomLink(channel, 'next'),
    hub: atomLink(channel, 'hub'),
  };
}

export function channelLink(channel: XmlElement): string | null {
  for (const element of findAll(channel, 'rss:link')) {
    const link = linkOf(element) ?? absoluteUrl(element.attributes.get('href'), element.base);
    if (link !== null) return link;
  }
  return atomLink(channel, 'alternate');
}

export function channelAuthor(channel: XmlElement): FeedPerson | null {
  const element = findAll(
    channel,
    'dc:creator',
    'atom:author',
    'rss:author',
    'itunes:author',
    'rss:managingeditor',
  )[0];
  if (element === undefined) return null;
  return element.vocabulary === 'atom' ? atomPerson(element) : personOf(textOf(element));
}

function intervalOf(channel: XmlElement): number | null {
  const ttl = Number(firstText(channel, 'rss:ttl') ?? 'x') * minuteMs;
  const period = periodsMs[(firstText(channel, 'sy:updateperiod') ?? '').toLowerCase()] ?? Number.NaN;
  const frequency = Number(firstText(channel, 'sy:updatefrequency') ?? 1);
  const updateMs = frequency > 0 ? period / frequency : period;
  const longest = Math.max(...[ttl, updateMs].filter((ms) => Number.isFinite(ms) && ms > 0), 0);
  return longest > 0 ? longest : null;
}

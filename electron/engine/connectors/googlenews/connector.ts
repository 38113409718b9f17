import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { SettingField } from '../../../../shared/contract/methods/connectors.ts';
import type { Connector, IncomingMention, PollContext, PollPage } from '../connector.ts';
import { listensOnly, listensOnlyCapabilities } from '../listens-only.ts';
import { allSearchTerms, type SearchTerm } from '../text/search-terms.ts';
import { mentionOf, platform } from './adapt.ts';
import { defaultApiUrl, searchNews } from './api.ts';
import { serviceFields, serviceShape } from '../service-fields.ts';

const minimumIntervalMs = 15 * 60_000;
const dayMs = 86_400_000;
const firstDays = 7;
/** Further back than this it is asked anew, as at the first time. */
const mostDays = 30;
/** A search more is a request more; what is left over has its turn in the next poll. */
const mostSearches = 10;
/** Stories are listed by relevance, and such a list was cut. */
const fullList = 100;

const editions = [
  ['en-US', 'English, United States'],
  ['en-GB', 'English, United Kingdom'],
  ['en-IN', 'English, India'],
  ['de-DE', 'German, Germany'],
  ['de-AT', 'German, Austria'],
  ['de-CH', 'German, Switzerland'],
  ['fr-FR', 'French, France'],
  ['es-ES', 'Spanish, Spain'],
  ['it-IT', 'Italian, Italy'],
  ['nl-NL', 'Dutch, Netherlands'],
  ['pl-PL', 'Polish, Poland'],
  ['pt-BR', 'Portuguese, Brazil'],
  ['sv-SE', 'Swedish, Sweden'],
  ['ja-JP', 'Japanese, Japan'],
] as const;

const settingsSchema = z.object({
  edition: z
    .string()
    .regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'Choose a language and a country.')
    .default('en-US'),
  ...serviceShape,
});
const cursorSchema = z.object({
  /** By search: when it was last made. */
  searchedAt: z.record(z.string(), z.number().int()),
});
type Settings = z.infer<typeof settingsSchema>;
type Cursor = z.infer<typeof cursorSchema>;

const fields: SettingField[] = [
  {
    key: 'edition',
    label: 'Edition',
    help: 'Whose news are searched. Add a source for each edition you need.',
    type: 'select',
    isRequired: true,
    isAdvanced: false,
    options: editions.map(([value, label]) => ({ value, label })),
  },
  ...serviceFields(defaultApiUrl),
];

export const googleNewsConnector: Connector<Settings, Cursor> = {
  info: {
    id: 'googlenews',
    name: 'Google News',
    summary: 'News stories that your trackers match, in the edition you choose. Needs no account.',
    platforms: [{ id: platform, name: 'Google News' }],
    capabilities: {
      ...listensOnlyCapabilities,
      listens: 'search',
      replyNote: 'These are news articles: open one and write to its editors, or comment there.',
      cannot: [
        'Google gives headlines alone, about a hundred of a search, and links that lead through its own page.',
      ],
      minimumIntervalMs,
    },
    settings: fields,
    ...listensOnly,
  },
  settingsSchema,
  cursorSchema,
  hostOf: ({ apiUrl }) => new URL(apiUrl ?? defaultApiUrl).hostname,
  describe: ({ edition }) => ({
    name: edition === 'en-US' ? 'Google News' : `Google News (${edition})`,
    url: 'https://news.google.com/',
  }),
  poll,
};

async function* poll(context: PollContext<Settings, Cursor>): AsyncGenerator<PollPage<Settings, Cursor>> {
  const { terms, unsearchable } = allSearchTerms(context.queries);
  if (terms.length === 0) throw nothingToSearch(unsearchable);
  const { settings } = context;
  const now = context.now();
  const known = new Map(Object.entries(context.cursor?.searchedAt ?? {}));
  const searched = new Map(terms.map((term) => [term.text, known.get(term.text) ?? 0]));
  const turn = terms.toSorted((a, b) => (searched.get(a.text) ?? 0) - (searched.get(b.text) ?? 0));

  for (const term of turn.slice(0, mostSearches)) {
    const feed = await searchNews(
      {
        ...context,
        apiUrl: settings.apiUrl ?? defaultApiUrl,
        allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
        edition: settings.edition,
      },
      wordsOf(term),
      daysSince(searched.get(term.text) ?? 0, now),
    );
    searched.set(term.text, now);
    const items = feed.items
      .map(mentionOf)
      .filter((mention): mention is IncomingMention => mention !== null)
      .sort((a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0));
    const warning = warningOf(feed.items.length, items.length, unsearchable);
    yield {
      items,
      cursor: { searchedAt: Object.fromEntries(searched) },
      ...(warning === null ? {} : { warning }),
    };
  }
}

function wordsOf({ text }: SearchTerm): string {
  return /[^\p{L}\p{N}]/u.test(text) ? `"${text}"` : text;
}

function daysSince(searchedAt: number, now: number): number {
  const days = Math.ceil((now - searchedAt) / dayMs);
  return days > mostDays || days < 0 ? firstDays : Math.max(1, days);
}

function warningOf(listed: number, read: number, unsearchable: number): EarshotError | null {
  if (listed >= fullList) {
    return new EarshotError(
      'too-large',
      'More stories match than Google News lists at once, so some may be missing. A more exact tracker misses none.',
    );
  }
  if (read < listed) {
    return new EarshotError('bad-response', `${listed - read} of ${listed} stories could not be read.`, {
      rejected: listed - read,
    });
  }
  return unsearchable === 0 ? null : nothingToSearch(unsearchable);
}

function nothingToSearch(count: number): EarshotError {
  return new EarshotError(
    'unsupported',
    count === 0
      ? 'There is nothing to search Google News for yet. Add a tracker with a name or a word.'
      : 'A tracker names no word that Google News could search for. Add a name or a word to every part of the query.',
  );
}

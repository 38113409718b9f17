import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Connector, IncomingMention, PollContext, PollPage } from '../connector.ts';
import { listensOnly, listensOnlyCapabilities } from '../listens-only.ts';
import { allSearchTerms, type SearchTerm } from '../text/search-terms.ts';
import { mentionOf, platform, seenAt } from './adapt.ts';
import { defaultApiUrl, listArticles, mostArticles } from './api.ts';
import { articleSchema } from './wire.ts';
import { serviceFields, serviceShape } from '../service-fields.ts';

/** Fresh articles come every quarter of an hour, some of them late. */
const minimumIntervalMs = 15 * 60_000;
const overlapMs = 60 * 60_000;
const firstLookBackMs = 7 * 86_400_000;
/** It refuses words of one or two letters. */
const shortestTerm = 3;
/** What fits into one request; the next ones have their turn in the next poll. */
const termsPerRequest = 10;

const settingsSchema = z.object({
  ...serviceShape,
});
const cursorSchema = z.object({
  /** By term: up to when it has been searched. */
  through: z.record(z.string(), z.number().int()),
});
type Settings = z.infer<typeof settingsSchema>;
type Cursor = z.infer<typeof cursorSchema>;

export const gdeltConnector: Connector<Settings, Cursor> = {
  info: {
    id: 'gdelt',
    name: 'GDELT news search',
    summary: 'News articles in some hundred languages whose words your trackers match. Needs no account.',
    platforms: [{ id: platform, name: 'News (GDELT)' }],
    capabilities: {
      ...listensOnlyCapabilities,
      listens: 'search',
      replyNote: 'These are news articles: open one and write to its editors, or comment there.',
      cannot: ['GDELT gives headlines alone, without text or author, and reaches back about three months.'],
      minimumIntervalMs,
    },
    settings: [...serviceFields(defaultApiUrl)],
    ...listensOnly,
  },
  settingsSchema,
  cursorSchema,
  hostOf: ({ apiUrl }) => new URL(apiUrl ?? defaultApiUrl).hostname,
  describe: () => ({ name: 'GDELT news search', url: 'https://www.gdeltproject.org/' }),
  poll,
};

/** One request a poll, for the terms that are furthest behind and stand at the same place. */
async function* poll(context: PollContext<Settings, Cursor>): AsyncGenerator<PollPage<Settings, Cursor>> {
  const { terms: all, unsearchable } = allSearchTerms(context.queries);
  const terms = all.filter(({ text }) => text.length >= shortestTerm);
  const left = unsearchable + all.length - terms.length;
  if (terms.length === 0) throw nothingToSearch(left);
  const now = context.now();
  const known = new Map(Object.entries(context.cursor?.through ?? {}));
  const throughOf = (term: SearchTerm): number => known.get(term.text) ?? now - firstLookBackMs;
  const behind = terms.toSorted((a, b) => throughOf(a) - throughOf(b));
  const asked = behind.slice(0, termsPerRequest);
  const from = Math.min(...asked.map(throughOf)) - (context.cursor === null ? 0 : overlapMs);

  const { settings } = context;
  const listed = await listArticles(
    {
      ...context,
      apiUrl: settings.apiUrl ?? defaultApiUrl,
      allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
    },
    asked,
    { from, until: now },
  );
  const items: IncomingMention[] = [];
  let newest = from;
  for (const raw of listed) {
    const article = articleSchema.safeParse(raw);
    const mention = article.success ? mentionOf(article.data) : null;
    if (!article.success || mention === null) continue;
    newest = Math.max(newest, Math.min(seenAt(article.data.seendate), now));
    items.push(mention);
  }
  const searched = Object.fromEntries(terms.map((term) => [term.text, throughOf(term)]));
  for (const term of asked) searched[term.text] = Math.max(newest, now - overlapMs);
  const warning = warningOf(listed.length, items.length, left);
  yield { items, cursor: { through: searched }, ...(warning === null ? {} : { warning }) };
}

function warningOf(listed: number, read: number, left: number): EarshotError | null {
  if (listed >= mostArticles) {
    return new EarshotError(
      'too-large',
      `More articles match than the ${mostArticles} newest that GDELT lists at once. A more exact tracker misses none.`,
    );
  }
  if (read < listed) {
    return new EarshotError('bad-response', `${listed - read} of ${listed} articles could not be read.`, {
      rejected: listed - read,
    });
  }
  return left === 0 ? null : nothingToSearch(left);
}

function nothingToSearch(count: number): EarshotError {
  return new EarshotError(
    'unsupported',
    count === 0
      ? 'There is nothing to search GDELT for yet. Add a tracker with a name or a word.'
      : 'A tracker names no word of three letters or more that GDELT could search for.',
  );
}

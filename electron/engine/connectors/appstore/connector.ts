import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { SettingField } from '../../../../shared/contract/methods/connectors.ts';
import type { Connector, IncomingMention, PollContext, PollPage } from '../connector.ts';
import { listensOnly, listensOnlyCapabilities } from '../listens-only.ts';
import { mentionOf, platform, updatedAt } from './adapt.ts';
import { defaultApiUrl, listReviews, mostPages, reviewsPerPage } from './api.ts';
import { reviewSchema } from './wire.ts';
import { serviceFields, serviceShape } from '../service-fields.ts';

const minimumIntervalMs = 60 * 60_000;
/** Reviews are shown some hours after they were written, in an order of their own. */
const overlapMs = 3 * 86_400_000;

const settingsSchema = z.object({
  appId: z
    .string()
    .trim()
    .transform((text) => /id(\d+)/.exec(text)?.[1] ?? text)
    .pipe(z.string().regex(/^\d{1,15}$/, 'Enter the number in the address of the app’s page, after “id”.')),
  country: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]{2}$/, 'Enter the two letters of a country, as us or de.'),
  ...serviceShape,
});
const cursorSchema = z.object({
  /** The time of the newest review seen. */
  newest: z.number().int(),
});
type Settings = z.infer<typeof settingsSchema>;
type Cursor = z.infer<typeof cursorSchema>;

const fields: SettingField[] = [
  {
    key: 'appId',
    label: 'App',
    help: 'The address of the app’s page in the App Store, or the number after “id” in it.',
    type: 'text',
    isRequired: true,
    isAdvanced: false,
  },
  {
    key: 'country',
    label: 'Country',
    help: 'Two letters, as us or de. Every country has reviews of its own: add a source for each.',
    type: 'text',
    isRequired: true,
    isAdvanced: false,
  },
  ...serviceFields(defaultApiUrl),
];

export const appStoreConnector: Connector<Settings, Cursor> = {
  info: {
    id: 'appstore',
    name: 'App Store reviews',
    summary: 'Reviews of an app in Apple’s App Store, country by country. Needs no account.',
    platforms: [{ id: platform, name: 'App Store' }],
    capabilities: {
      ...listensOnlyCapabilities,
      listens: 'follow',
      replyNote:
        'Apple lets only the app’s own team answer: open App Store Connect and paste your answer there.',
      cannot: [
        `Apple shows the newest ${reviewsPerPage * mostPages} reviews of a country, and now and then none at all for an hour.`,
      ],
      minimumIntervalMs,
    },
    settings: fields,
    ...listensOnly,
  },
  settingsSchema,
  cursorSchema,
  hostOf: ({ apiUrl }) => new URL(apiUrl ?? defaultApiUrl).hostname,
  describe: ({ appId, country }) => ({
    name: `App Store ${country.toUpperCase()}: ${appId}`,
    url: `https://apps.apple.com/${country}/app/id${appId}`,
  }),
  poll,
};

/** Pages until one holds nothing that could be new. The cursor moves when all of them are in. */
async function* poll(context: PollContext<Settings, Cursor>): AsyncGenerator<PollPage<Settings, Cursor>> {
  const { settings, cursor } = context;
  const options = {
    ...context,
    apiUrl: settings.apiUrl ?? defaultApiUrl,
    allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
    appId: settings.appId,
    country: settings.country,
  };
  const before = cursor?.newest ?? 0;
  let newest = before;
  for (let page = 1; page <= mostPages; page++) {
    const entries = await listReviews(options, page);
    const { items, broken } = readReviews(entries, settings.country);
    newest = Math.max(newest, ...items.map(({ publishedAt }) => Math.min(publishedAt ?? 0, context.now())));
    const oldest = Math.min(...items.map(({ publishedAt }) => publishedAt ?? Number.POSITIVE_INFINITY));
    const isLast = page === mostPages || entries.length < reviewsPerPage || oldest < before - overlapMs;
    yield {
      items: items.toReversed(),
      cursor: { newest: isLast ? newest : before },
      ...(broken === 0
        ? {}
        : {
            warning: new EarshotError(
              'bad-response',
              `${broken} of ${entries.length} reviews could not be read.`,
              { rejected: broken },
            ),
          }),
    };
    if (isLast) return;
  }
}

function readReviews(
  entries: readonly unknown[],
  country: string,
): { readonly items: IncomingMention[]; readonly broken: number } {
  const items: IncomingMention[] = [];
  let broken = 0;
  for (const entry of entries) {
    // The first entry may be the app itself.
    if (typeof entry === 'object' && entry !== null && !('im:rating' in entry)) continue;
    const review = reviewSchema.safeParse(entry);
    if (review.success && updatedAt(review.data) !== null) items.push(mentionOf(review.data, country));
    else broken += 1;
  }
  return { items, broken };
}

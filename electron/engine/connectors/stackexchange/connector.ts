import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import type { Connector, PollContext, PollPage } from '../connector.ts';
import { createQueryFilter } from '../text/query-filter.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import {
  account,
  type AccountSite,
  enterAs,
  signInInfo,
  siteOf,
  type StackAccount,
  type StackCredentials,
} from './account.ts';
import { platform, siteOrigin } from './adapt.ts';
import { call, defaultApiUrl } from './api.ts';
import {
  cursorSchema,
  inboxStream,
  listen,
  searchStream,
  type StackCursor,
  type Stream,
  tagStream,
} from './listen.ts';
import { actions, mostCharacters, reply, type StackPrepared } from './reply.ts';
import { settingsSchema, type StackAccountSettings, type StackSettings } from './settings.ts';
import { serviceFields } from '../service-fields.ts';

/** Without a key 300 requests a day are answered, for everybody behind one address. */
const minimumIntervalMs = 15 * 60_000;
const defaultSite = 'stackoverflow';

const serverFields: ConnectorInfo['settings'] = [...serviceFields(defaultApiUrl)];

const info: ConnectorInfo = {
  id: platform,
  name: 'Stack Exchange',
  summary:
    'Questions and answers on Stack Overflow and its sister sites: a search, tags, or what is said to your account.',
  platforms: [{ id: platform, name: 'Stack Exchange' }],
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'optional',
    canReply: true,
    replyNote: null,
    text: {
      unit: 'code-points',
      most: mostCharacters,
      mostBytes: null,
      addressCounts: null,
      isServerOfMentionFree: false,
    },
    media: null,
    markup: 'markdown',
    isChat: false,
    actions: [{ action: 'delete', on: ['own-reply'], note: null }],
    cannot: [
      'Earshot answers by comment, of 15 to 600 characters; an answer of your own to a question has to be written on the site.',
      'Words of which a tracker names only the beginning (acme*) are searched for as whole words, because the search knows no beginnings.',
      'Comments cannot be searched for, so those of others come only when they are said to your account.',
      'Comments want 50 reputation, and new members may write only a few a day.',
      'Comments stand in one row under a question or an answer: begin with @name to tell somebody of yours.',
      'Writing wants an app of your own with a post on Stack Apps, which every comment links to.',
      'Without a key Stack Exchange answers 300 requests a day; an account, or the key of an app, makes it 10,000.',
      'Edits and deletions are noticed for three days.',
    ],
    minimumIntervalMs,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'What is said to your account needs the account.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'search', label: 'A search for what your trackers say', isSearch: true },
        { value: 'tags', label: 'New questions with certain tags' },
        { value: 'inbox', label: 'Comments and answers to your account' },
      ],
    },
    {
      key: 'site',
      label: 'Site',
      help: 'Such as stackoverflow.com or unix.stackexchange.com; Stack Overflow, or the account’s own, when it is left out.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['search', 'tags'] },
    },
    {
      key: 'tags',
      label: 'Tags',
      help: 'One to five, each listened to by itself; only for listening to tags.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['tags'] },
    },
    {
      key: 'key',
      label: 'Key of an app',
      help: 'From an app of yours on Stack Apps: 10,000 requests a day instead of 300. It is no secret.',
      type: 'text',
      isRequired: false,
      isAdvanced: true,
    },
    ...serverFields,
  ],
  signIn: signInInfo,
  accountSettings: [
    {
      key: 'site',
      label: 'Site',
      help: 'Where the account answers, such as stackoverflow.com; it has another profile on every site.',
      type: 'text',
      isRequired: true,
      isAdvanced: false,
    },
    ...serverFields,
  ],
  permissions: [
    { name: 'read_inbox', why: 'Reads what is said to your account.' },
    { name: 'write_access', why: 'Comments, and deletes comments sent from Earshot, only when you say so.' },
    { name: 'no_expiry', why: 'You do not have to sign in again every day.' },
  ],
};

export const stackExchangeConnector: Connector<
  StackSettings,
  StackCursor,
  StackCredentials,
  StackAccountSettings,
  StackPrepared
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: ({ apiUrl }) => new URL(apiUrl ?? defaultApiUrl).hostname,
  describe: ({ what, site = defaultSite, tags }) => {
    const origin = siteOrigin(site);
    const host = new URL(origin).host;
    if (what === 'inbox')
      return { name: 'Stack Exchange: said to your account', url: 'https://stackexchange.com/' };
    if (what === 'search') return { name: host, url: origin };
    const [first = ''] = tags.split(' ');
    return { name: `${host}: ${tags}`, url: `${origin}/questions/tagged/${encodeURIComponent(first)}` };
  },
  accountNeededFor: ({ what }) =>
    what === 'inbox' ? 'What is said to an account is shown to that account alone.' : null,
  poll,
  account,
  reply,
  actions,
};

async function* poll(
  context: PollContext<StackSettings, StackCursor>,
): AsyncGenerator<PollPage<StackSettings, StackCursor>> {
  const { settings, queries, cursor } = context;
  const { site, ask } = enter(context);
  const { streams, warning } = streamsOf(settings, queries, site);
  const pages = listen({
    streams,
    site,
    cursor,
    now: context.now(),
    ask,
    isWanted: settings.what === 'search' ? createQueryFilter(queries) : () => true,
  });
  for await (const page of pages) yield { ...(warning ? { warning } : {}), ...page };
}

function enter(context: PollContext<StackSettings, StackCursor>): AccountSite {
  const { what, site, key, apiUrl, allowPrivateNetwork } = context.settings;
  if (context.account !== null) {
    // The inbox is read with the account's own site: its ids are of that one.
    return enterAs(context.account as StackAccount, context, what === 'inbox' ? undefined : site);
  }
  if (what === 'inbox') {
    throw new EarshotError('unauthorized', 'This source needs an account. Choose one in its settings.');
  }
  const here = siteOf({ site: site ?? defaultSite, apiUrl, allowPrivateNetwork }, context, null);
  return { site: here.site, ask: (asked) => call({ ...here, bearer: key ?? null }, asked) };
}

function streamsOf(
  { what, tags }: StackSettings,
  queries: PollContext<StackSettings, StackCursor>['queries'],
  site: string,
): { readonly streams: Stream[]; readonly warning: EarshotError | null } {
  if (what === 'inbox') return { streams: [inboxStream(site)], warning: null };
  if (what === 'tags') return { streams: tags.split(' ').map(tagStream), warning: null };
  const { terms, unsearchable } = allSearchTerms(queries);
  const warning =
    unsearchable === 0
      ? null
      : new EarshotError(
          'unsupported',
          `${unsearchable === 1 ? 'A tracker names' : `${unsearchable} trackers name`} no word that Stack Exchange could search for. Add a name or a word to every part of the query.`,
          { count: unsearchable },
        );
  if (terms.length > 0) return { streams: terms.map(({ text }) => searchStream(text)), warning };
  throw (
    warning ??
    new EarshotError(
      'unsupported',
      'There is nothing to search Stack Exchange for yet. Add a tracker with a name or a word.',
    )
  );
}

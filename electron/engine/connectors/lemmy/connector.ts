import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import type { Connector, PollContext, PollPage } from '../connector.ts';
import { privateNetworkField } from '../service-fields.ts';
import { createQueryFilter } from '../text/query-filter.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import {
  account,
  enterAs,
  type LemmyAccount,
  type LemmyAccountSettings,
  type LemmyCredentials,
  signInInfo,
} from './account.ts';
import { platform } from './adapt.ts';
import { call, type Generation, type LemmyCall, type LemmyServer, readSite } from './api.ts';
import { cursorSchema, type LemmyCursor, listen } from './listen.ts';
import { mediaLimit } from './media.ts';
import { actions, type LemmyPrepared, mostCharacters, reply } from './reply.ts';
import { type LemmySettings, settingsSchema } from './settings.ts';
import { type Listening, streamsOf } from './streams.ts';

const minimumIntervalMs = 5 * 60_000;
/** A server answers 60 searches in ten minutes, for everybody behind one address. */
const mostSearches = 20;
const mostRequests = 60;

const info: ConnectorInfo = {
  id: platform,
  name: 'Lemmy',
  summary: 'Posts and comments on Lemmy: a search, a community, or the answers and mentions of your account.',
  platforms: [{ id: platform, name: 'Lemmy' }],
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
    media: mediaLimit,
    markup: 'markdown',
    isChat: false,
    actions: [
      { action: 'like', on: ['mention'], note: 'Votes it up.' },
      { action: 'unlike', on: ['mention'], note: 'Takes your vote back.' },
      {
        action: 'hide',
        on: ['mention'],
        note: 'Removes it for everybody; only moderators of the community may.',
      },
      { action: 'unhide', on: ['mention'], note: 'Puts back what a moderator removed.' },
      { action: 'delete', on: ['own-reply'], note: null },
      { action: 'block', on: ['mention'], note: 'Your account sees nothing of this person any more.' },
    ],
    cannot: [
      'A server knows only the communities that somebody on it follows, so a search finds what has reached that server.',
      'Lemmy searches for parts of words and knows no phrases; Earshot keeps of the hits what your trackers match.',
      'Private messages are not read: Lemmy keeps them apart from answers.',
      'Servers decide how large a picture may be and how many an hour they take, usually six.',
      'Lemmy has no permissions for programs: a sign-in may do everything that the account may.',
    ],
    minimumIntervalMs,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'Answers and mentions need an account.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'search', label: 'A search for what your trackers say', isSearch: true },
        { value: 'community', label: 'Everything new in a community' },
        { value: 'inbox', label: 'Answers to your account and mentions of it' },
      ],
    },
    {
      key: 'server',
      label: 'Server',
      help: 'Whose search and communities are read, such as lemmy.world: a large server knows more of the others. Not needed with an account.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
    },
    {
      key: 'community',
      label: 'Community',
      help: 'Such as tools@lemmy.world; only for listening to a community.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['community'] },
    },
    privateNetworkField('the server'),
  ],
  signIn: signInInfo,
  accountSettings: [
    {
      key: 'server',
      label: 'Server',
      help: 'Where your account is, such as lemmy.world.',
      type: 'text',
      isRequired: true,
      isAdvanced: false,
    },
    privateNetworkField('the server'),
  ],
  permissions: [
    {
      name: 'Everything the account may do',
      why: 'Lemmy offers no smaller permission. Earshot reads, answers, votes, and deletes its own answers, and only when you say so.',
    },
  ],
};

export const lemmyConnector: Connector<
  LemmySettings,
  LemmyCursor,
  LemmyCredentials,
  LemmyAccountSettings,
  LemmyPrepared
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: ({ server }) => (server === undefined ? null : new URL(server).hostname),
  describe,
  accountNeededFor: ({ what, server }) => {
    if (what === 'inbox') return 'Answers and mentions are shown to the account alone.';
    return server === undefined ? 'Choose an account, or name the server to listen to.' : null;
  },
  poll,
  account,
  reply,
  actions,
};

function describe({ what, server, community }: LemmySettings): { name: string; url: string | null } {
  const host = server === undefined ? null : new URL(server).host;
  const at = host === null ? '' : ` on ${host}`;
  if (what === 'community') {
    const url = server === undefined ? null : `${server}/c/${community ?? ''}`;
    return { name: `Lemmy: ${community ?? ''}`, url };
  }
  return { name: what === 'inbox' ? 'Lemmy: answers and mentions' : `Lemmy${at}`, url: server ?? null };
}

interface Place {
  readonly server: string;
  readonly generation: Generation;
  readonly languages: ReadonlyMap<number, string>;
  readonly ask: <Answer>(asked: LemmyCall<Answer>) => Promise<Answer>;
}

async function* poll(
  context: PollContext<LemmySettings, LemmyCursor>,
): AsyncGenerator<PollPage<LemmySettings, LemmyCursor>> {
  const { settings, queries, cursor } = context;
  const { listening, warning } = listeningTo(settings, queries);
  const { server, generation, languages, ask } = await enter(context);
  const isFitting = listening.what === 'search' ? createQueryFilter(queries) : () => true;
  const pages = listen({
    streams: streamsOf(listening, generation, { server, languages }),
    cursor,
    now: context.now(),
    mostRequests: listening.what === 'search' && generation === 3 ? mostSearches : mostRequests,
    ask,
    isWanted: isFitting,
  });
  for await (const page of pages) yield { ...(warning ? { warning } : {}), ...page };
}

function listeningTo(
  { what, community }: LemmySettings,
  queries: PollContext<LemmySettings, LemmyCursor>['queries'],
): { readonly listening: Listening; readonly warning: EarshotError | null } {
  if (what === 'community') return { listening: { what, community: community ?? '' }, warning: null };
  if (what === 'inbox') return { listening: { what }, warning: null };
  const { terms, unsearchable } = allSearchTerms(queries);
  const warning =
    unsearchable === 0
      ? null
      : new EarshotError(
          'unsupported',
          `${unsearchable === 1 ? 'A tracker names' : `${unsearchable} trackers name`} no word that Lemmy could search for. Add a name or a word to every part of the query.`,
          { count: unsearchable },
        );
  if (terms.length > 0) return { listening: { what, terms }, warning };
  throw (
    warning ??
    new EarshotError(
      'unsupported',
      'There is nothing to search Lemmy for yet. Add a tracker with a name or a word.',
    )
  );
}

async function enter(context: PollContext<LemmySettings, LemmyCursor>): Promise<Place> {
  const { settings, http, signal } = context;
  if (context.account !== null) {
    const place = await enterAs(context.account as LemmyAccount, context);
    return { ...place, server: place.server.server };
  }
  if (settings.server === undefined || settings.what === 'inbox') {
    throw new EarshotError('unauthorized', 'This source needs an account. Choose one in its settings.');
  }
  const server: LemmyServer = {
    http,
    signal,
    now: () => context.now(),
    server: settings.server,
    allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
    jwt: null,
  };
  const { generation, languages } = await readSite(server);
  return { server: server.server, generation, languages, ask: (asked) => call(server, generation, asked) };
}

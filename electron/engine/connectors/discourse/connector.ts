import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import type { Connector, PollContext, PollPage } from '../connector.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import {
  account,
  type AccountForum,
  type DiscourseAccount,
  enterAs,
  forumOf,
  signInInfo,
} from './account.ts';
import { platform } from './adapt.ts';
import { call, type DiscourseCredentials } from './api.ts';
import { inboxCursorSchema, listenToInbox } from './listen-inbox.ts';
import { listenToPosts, postsCursorSchema } from './listen-posts.ts';
import { mediaLimit } from './media.ts';
import { actions, type DiscoursePrepared, mostCharacters, reply } from './reply.ts';
import { type DiscourseAccountSettings, type DiscourseSettings, settingsSchema } from './settings.ts';
import { privateNetworkField } from '../service-fields.ts';

/** A key may ask 2,880 times a day, listening and answering together. */
const minimumIntervalMs = 5 * 60_000;

const cursorSchema = z.object({
  posts: postsCursorSchema.optional(),
  inbox: inboxCursorSchema.optional(),
});
export type DiscourseCursor = z.infer<typeof cursorSchema>;

const info: ConnectorInfo = {
  id: platform,
  name: 'Discourse',
  summary: 'Posts on a Discourse forum: everything public, or what is said to your account.',
  platforms: [{ id: platform, name: 'Discourse' }],
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
      { action: 'like', on: ['mention'], note: null },
      { action: 'unlike', on: ['mention'], note: 'Forums let a like be taken back for a few minutes only.' },
      { action: 'delete', on: ['own-reply'], note: 'The forum shows for a day that it was deleted.' },
    ],
    cannot: [
      'What a forum shows to its members only is read with an account of that forum.',
      'An account answers on its own forum alone.',
      'Forums decide how short an answer may be, usually 20 characters, and refuse one that is too like the one before.',
      'Some forums hold answers until a moderator has seen them; Earshot then counts them as sent.',
      'Forums decide how large a picture may be, and let new members put only one into an answer.',
      'Edits and deletions of older posts are noticed for a day.',
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
        { value: 'posts', label: 'Every new post on the forum' },
        { value: 'inbox', label: 'Answers, mentions and messages to your account' },
      ],
    },
    {
      key: 'server',
      label: 'Forum',
      help: 'Its address, such as forum.example.org. Not needed with an account.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
    },
    privateNetworkField('the forum'),
  ],
  signIn: signInInfo,
  accountSettings: [
    {
      key: 'server',
      label: 'Forum',
      help: 'Where your account is, such as forum.example.org.',
      type: 'text',
      isRequired: true,
      isAdvanced: false,
    },
    privateNetworkField('the forum'),
  ],
  permissions: [
    { name: 'read', why: 'Reads what your account may read: new posts, and what is said to you.' },
    { name: 'write', why: 'Answers, likes, and deletes answers sent from Earshot, only when you say so.' },
  ],
};

export const discourseConnector: Connector<
  DiscourseSettings,
  DiscourseCursor,
  DiscourseCredentials,
  DiscourseAccountSettings,
  DiscoursePrepared
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: ({ server }) => (server === undefined ? null : new URL(server).hostname),
  describe: ({ what, server }) => {
    const host = server === undefined ? null : server.replace(/^https?:\/\//, '');
    const name = what === 'inbox' ? 'Discourse: answers and mentions' : 'Discourse';
    return {
      name: host === null ? name : what === 'inbox' ? `${name} on ${host}` : host,
      url: server ?? null,
    };
  },
  accountNeededFor: ({ what, server }) => {
    if (what === 'inbox') return 'What is said to an account is shown to that account alone.';
    return server === undefined ? 'Choose an account, or name the forum to listen to.' : null;
  },
  poll,
  account,
  reply,
  actions,
};

async function* poll(
  context: PollContext<DiscourseSettings, DiscourseCursor>,
): AsyncGenerator<PollPage<DiscourseSettings, DiscourseCursor>> {
  const { settings, cursor, queries } = context;
  const options = { ...enter(context), now: context.now() };
  if (settings.what === 'inbox') {
    for await (const page of listenToInbox({ ...options, cursor: cursor?.inbox ?? null })) {
      yield { ...page, cursor: { inbox: page.cursor } };
    }
    return;
  }
  const { terms } = allSearchTerms(queries);
  for await (const page of listenToPosts({ ...options, terms, cursor: cursor?.posts ?? null })) {
    yield { ...page, cursor: { posts: page.cursor } };
  }
}

function enter(context: PollContext<DiscourseSettings, DiscourseCursor>): AccountForum {
  const { settings } = context;
  if (context.account !== null) return enterAs(context.account as DiscourseAccount, context);
  const { server, what, allowPrivateNetwork } = settings;
  if (server === undefined || what === 'inbox') {
    throw new EarshotError('unauthorized', 'This source needs an account. Choose one in its settings.');
  }
  const forum = forumOf({ server, allowPrivateNetwork }, context, null);
  return { server, ask: (asked) => call(forum, asked) };
}

import type { ConnectorInfo, SettingField } from '../../../../shared/contract/methods/connectors.ts';
import { platform } from './adapt.ts';
import { mediaLimit, textLimit } from './reply.ts';
import { defaultDirectory, defaultPublicUrl, defaultServer } from './settings.ts';
import { privateNetworkField } from '../service-fields.ts';

const handleField: SettingField = {
  key: 'identifier',
  label: 'Handle',
  help: 'Such as name.bsky.social, without the @.',
  type: 'text',
  isRequired: true,
  isAdvanced: false,
};

export const blueskyInfo: ConnectorInfo = {
  id: platform,
  name: 'Bluesky',
  summary:
    'Mentions, replies and quotes of your account, posts that your trackers match, tags and authors on Bluesky.',
  platforms: [{ id: platform, name: 'Bluesky' }],
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'optional',
    canReply: true,
    replyNote: null,
    text: textLimit,
    media: mediaLimit,
    markup: 'plain',
    isChat: false,
    actions: [
      { action: 'like', on: ['mention'], note: null },
      { action: 'unlike', on: ['mention'], note: null },
      {
        action: 'hide',
        on: ['mention'],
        note: 'Only in threads that your account started: the answer is folded away for everybody.',
      },
      { action: 'unhide', on: ['mention'], note: null },
      { action: 'delete', on: ['own-reply'], note: null },
      {
        action: 'mute',
        on: ['mention'],
        note: 'Mutes the author for this account; the author is not told.',
      },
      {
        action: 'block',
        on: ['mention'],
        note: 'Blocks the author. Blocks on Bluesky are public, and both sides stop seeing one another.',
      },
    ],
    cannot: [
      'Direct messages are neither read nor answered: Bluesky keeps them apart from posts, and an app password does not open them.',
      'A reply cannot be edited: Bluesky has no editing. Delete it and send another one.',
      'Searching needs an account: Bluesky refuses searches from nobody.',
      'The search finds whole words: a tracker for acme* finds “acme”, not “acmephone”.',
      'Replies have pictures but no videos: Bluesky takes videos by another way.',
      'A like cannot say who else liked, and followers are not counted: Bluesky tells that only one by one.',
    ],
    minimumIntervalMs: 2 * 60_000,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'Everything but the posts of one author needs an account.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'mentions', label: 'Mentions, replies and quotes of the account' },
        { value: 'search', label: 'Posts that the trackers match', isSearch: true },
        { value: 'tag', label: 'A tag' },
        { value: 'author', label: 'The posts of one author' },
      ],
    },
    {
      key: 'tag',
      label: 'Tag',
      help: 'For a tag: with or without #.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['tag'] },
    },
    {
      key: 'author',
      label: 'Author',
      help: 'For the posts of one author: the handle, or the address of the profile.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['author'] },
    },
    {
      key: 'apiUrl',
      label: 'Address of the public service',
      help: `Only for an author without an account, on a network of your own. Otherwise ${defaultPublicUrl}.`,
      type: 'url',
      isRequired: false,
      isAdvanced: true,
    },
    privateNetworkField('that address'),
  ],
  signIn: [
    {
      id: 'app-password',
      kind: 'enter',
      name: 'App password (lasts)',
      steps: [
        'Open https://bsky.app/settings/app-passwords in your browser; sign in there if it asks.',
        'Press “Add App Password”, give it the name Earshot, and leave “Allow access to your direct messages” off.',
        'Copy the password that appears (xxxx-xxxx-xxxx-xxxx): it is shown once.',
        'Enter your handle and that password here. Never enter your main password.',
        'It lasts until you revoke it on the same page.',
      ],
      fields: [
        handleField,
        {
          key: 'password',
          label: 'App password',
          help: 'The one that you just created, as xxxx-xxxx-xxxx-xxxx.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
    {
      id: 'oauth',
      kind: 'redirect',
      name: 'In the browser (two weeks)',
      steps: [
        'Your browser opens the page of your Bluesky server.',
        'Sign in there, check that the page names your account, and press “Authorize”.',
        'The page sends you back to this computer, and Earshot goes on by itself.',
        'Bluesky ends such a sign-in after two weeks: you will be asked to do this again. An app password lasts until you revoke it.',
        'A server may refuse programs that run on your own computer. If it does, use an app password.',
      ],
      fields: [{ ...handleField, isRequired: false, help: 'Fills in the page for you. May stay empty.' }],
    },
  ],
  accountSettings: [
    {
      key: 'server',
      label: 'Server',
      help: `Only if your account is on a server of its own. Otherwise ${defaultServer}.`,
      type: 'url',
      isRequired: false,
      isAdvanced: false,
    },
    {
      key: 'directory',
      label: 'Directory of accounts',
      help: `Only for a network of your own. Otherwise ${defaultDirectory}.`,
      type: 'url',
      isRequired: false,
      isAdvanced: true,
    },
    privateNetworkField('the server'),
  ],
  permissions: [
    {
      name: 'Read and write posts (atproto, transition:generic)',
      why: 'To read what is written to you and to search, and to send your replies and likes. Earshot writes nothing that you did not send.',
    },
  ],
};

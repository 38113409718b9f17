import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import { defaultTextLimit } from './account.ts';
import { platform } from './adapt.ts';
import { privateNetworkField } from '../service-fields.ts';

/** A poll may make more than a hundred requests, of 300 that a server allows in five minutes. */
const minimumIntervalMs = 2 * 60_000;

const signInSteps = [
  'Enter the name of the server that has the account, such as mastodon.social.',
  'The page of that server opens in your browser. Sign in there if it asks.',
  'Read what Earshot may do and choose Authorize.',
];

export const info: ConnectorInfo = {
  id: 'mastodon',
  name: 'Mastodon',
  summary:
    'Mentions of your account, tags and searches on any Mastodon server and servers of its kind (GoToSocial, Pleroma, Akkoma). Tags need no account where the server shows them to everybody.',
  platforms: [{ id: platform, name: 'Mastodon' }],
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'optional',
    canReply: true,
    replyNote: null,
    text: defaultTextLimit,
    media: {
      mostFiles: 4,
      types: ['image/jpeg', 'image/png', 'image/webp'],
      mostBytes: 16 * 1024 * 1024,
      mostAlt: 1_500,
    },
    opensWithAuthor: true,
    markup: 'plain',
    isChat: false,
    actions: [
      { action: 'like', on: ['mention'], note: 'Favourites it; its author is told.' },
      { action: 'unlike', on: ['mention'], note: null },
      { action: 'delete', on: ['own-reply'], note: 'Other servers are asked to delete it too; most do.' },
      {
        action: 'mute',
        on: ['mention'],
        note: 'The account no longer sees what its author writes. They are not told.',
      },
      {
        action: 'block',
        on: ['mention'],
        note: 'Its author can no longer see or follow the account, nor answer it. They can find out.',
      },
    ],
    cannot: [
      'A server knows only what reached it: posts on servers that nobody there follows are missed. Listen on a large server as well.',
      'Search finds posts of people who allow it, on servers that have a full-text search; others find nothing.',
      'An answer cannot be hidden from a thread: Mastodon has no such thing. Mute or block its author.',
      'Answers go out unlisted where the post is public: everybody can read them, timelines do not show them.',
      'Answers begin with the name of whom they are for, and it counts: without it the server would not tell them.',
      'Videos and moving pictures cannot be attached: servers take minutes to convert them.',
      'Edits and deletions of older posts are not seen: lists do not tell of them, so only the newest are looked at again.',
    ],
    minimumIntervalMs,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'Mentions and searches need an account.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'mentions', label: 'Mentions of your account' },
        { value: 'tag', label: 'A tag' },
        { value: 'search', label: 'Posts that your trackers match', isSearch: true },
      ],
    },
    {
      key: 'tag',
      label: 'Tag',
      help: 'For a tag: one word, with or without its #.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['tag'] },
    },
    {
      key: 'server',
      label: 'Server',
      help: 'For a tag without an account: the server to read it on, such as mastodon.social.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['tag'] },
    },
    privateNetworkField('the server'),
  ],
  signIn: [
    {
      id: 'browser',
      kind: 'redirect',
      name: 'Sign in on your server',
      steps: [...signInSteps, 'The page leads back to this computer, and the account is there.'],
      fields: [],
    },
    {
      id: 'code',
      kind: 'paste',
      name: 'Sign in with a code',
      steps: [...signInSteps, 'The page shows a code. Copy it and paste it here.'],
      fields: [],
    },
    {
      id: 'token',
      kind: 'enter',
      name: 'Paste an access token',
      steps: [
        'On your server open Preferences, then Development (for example https://mastodon.social/settings/applications), and choose New application.',
        'Give it a name, such as Earshot, and leave the redirect address as it is.',
        'Choose what it may do: the list below. Without write:statuses it can only listen.',
        'Choose Submit, open the application that is now in the list, and copy “Your access token”.',
      ],
      fields: [
        {
          key: 'token',
          label: 'Access token',
          help: 'One long word. It is kept encrypted on this computer.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
  ],
  accountSettings: [
    {
      key: 'server',
      label: 'Server',
      help: 'The server that has the account, such as mastodon.social.',
      type: 'text',
      isRequired: true,
      isAdvanced: false,
    },
    privateNetworkField('the server'),
  ],
  permissions: [
    { name: 'read:accounts', why: 'To read the account’s own name, which shows that the sign-in works.' },
    { name: 'read:statuses', why: 'To read tags and the threads that mentions stand in.' },
    { name: 'read:notifications', why: 'To hear who mentions the account.' },
    { name: 'read:search', why: 'To search, and to find a post of another server before answering it.' },
    { name: 'write:statuses', why: 'To answer, and to take an answer back.' },
    { name: 'write:media', why: 'To attach pictures.' },
    { name: 'write:favourites', why: 'To favourite a mention.' },
    { name: 'write:mutes', why: 'To mute its author.' },
    { name: 'write:blocks', why: 'To block its author.' },
  ],
};

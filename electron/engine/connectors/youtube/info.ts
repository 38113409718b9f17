import type { ConnectorInfo, SettingField } from '../../../../shared/contract/methods/connectors.ts';
import { platform } from './adapt.ts';
import { serviceFields } from '../service-fields.ts';

const minimumIntervalMs = 5 * 60_000;

const serverFields: readonly SettingField[] = [...serviceFields('Google’s own')];

const project = [
  'Open https://console.cloud.google.com/projectcreate and make a project: YouTube wants every user of Earshot to have one of their own.',
  'Open https://console.cloud.google.com/apis/library/youtube.googleapis.com and enable the YouTube Data API v3.',
];

export const info: ConnectorInfo = {
  id: 'youtube',
  name: 'YouTube',
  summary:
    'Comments on your channel and on videos, videos that name your trackers’ words, and new videos of channels. New videos need no account.',
  platforms: [{ id: platform, name: 'YouTube' }],
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'optional',
    canReply: true,
    replyNote: null,
    text: {
      unit: 'code-points',
      most: 10_000,
      mostBytes: null,
      addressCounts: null,
      isServerOfMentionFree: false,
    },
    media: null,
    markup: 'plain',
    isChat: false,
    actions: [
      {
        action: 'hide',
        on: ['mention'],
        note: 'Holds the comment for review, so that nobody else sees it. Only on your own channel.',
      },
      { action: 'unhide', on: ['mention'], note: 'Publishes it again.' },
      {
        action: 'block',
        on: ['mention'],
        note: 'Rejects the comment for good and bans its author from your channel.',
      },
      { action: 'delete', on: ['own-reply'], note: null },
    ],
    cannot: [
      'All comments of YouTube cannot be searched, because there is no such search: videos that name your words are found, and then the comments on them.',
      'YouTube gives each Google project 100 searches and 10,000 units a day; an answer costs 50, so about 190 fit into a day. Earshot keeps 2,000 units back for answers.',
      'Of a search YouTube gives the newest 50 videos; the more words there are, the longer Earshot waits between searches.',
      'Words of which a tracker names only the beginning (acme*) are searched for as whole words, because YouTube’s search knows no beginnings.',
      'Likes, hearts and pins are not possible, because YouTube offers them to no program.',
      'Answers stand one level deep: one to somebody in a thread goes under the first comment and begins with their name.',
      'New answers to old threads come up to a quarter of an hour late, and in threads beyond the newest 500 not at all: looking for them costs quota.',
      'Comments on community posts are not read: YouTube does not say how.',
    ],
    minimumIntervalMs,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'Everything but new videos needs a connected account or an API key.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'comments', label: 'Comments on all videos of your channel' },
        { value: 'held', label: 'Comments on your channel that YouTube holds back' },
        { value: 'videos', label: 'Comments on certain videos' },
        { value: 'search', label: 'Videos that your trackers match, and comments on them', isSearch: true },
        { value: 'uploads', label: 'New videos of channels' },
      ],
    },
    {
      key: 'channels',
      label: 'Channels',
      help: 'Ids that begin with UC, with spaces between: on the channel’s page under “more”, “Share channel”, “Copy channel ID”. Left empty for comments: your own channel.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['comments', 'held', 'uploads'] },
    },
    {
      key: 'videos',
      label: 'Videos',
      help: 'Addresses or ids, with spaces between. Only for comments on certain videos.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['videos'] },
    },
    ...serverFields,
  ],
  signIn: [
    {
      id: 'browser',
      kind: 'redirect',
      name: 'Sign in with Google',
      steps: [
        ...project,
        'Open https://console.cloud.google.com/auth/clients, fill in the consent screen (external, your own address), and create a client of the type “Desktop app”.',
        'Open https://console.cloud.google.com/auth/audience and choose “Publish app”. While it is in testing, Google ends every sign-in after seven days.',
        'Copy the client id and the client secret into the fields here.',
        'Continue: Google asks in your browser. Its warning that the app is not verified is about your own project: choose “Advanced” and go on.',
        'Where Google asks which account, choose the channel that shall answer.',
      ],
      fields: [
        {
          key: 'clientId',
          label: 'Client id',
          help: 'Ends with .apps.googleusercontent.com.',
          type: 'text',
          isRequired: true,
          isAdvanced: false,
        },
        {
          key: 'clientSecret',
          label: 'Client secret',
          help: 'Shown once, when the client is created.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
    {
      id: 'key',
      kind: 'enter',
      name: 'API key, for reading only',
      steps: [
        ...project,
        'Open https://console.cloud.google.com/apis/credentials, choose “Create credentials” and “API key”, and restrict it to the YouTube Data API v3.',
        'Paste it here. It reads what is public; answering needs signing in.',
      ],
      fields: [
        {
          key: 'apiKey',
          label: 'API key',
          help: 'Begins with AIza.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
        {
          key: 'channelId',
          label: 'Your channel',
          help: 'Its id begins with UC. With it your own comments are told from those of others.',
          type: 'text',
          isRequired: false,
          isAdvanced: false,
        },
      ],
    },
  ],
  accountSettings: [...serverFields],
  permissions: [
    {
      name: 'youtube.force-ssl',
      why: 'To read and write comments on YouTube: the narrowest permission with which one can answer.',
    },
  ],
};

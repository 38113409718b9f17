import type { ConnectorInfo, SettingField } from '../../../../shared/contract/methods/connectors.ts';
import { platform } from './adapt.ts';
import { publicApi } from './api.ts';
import { mostCharacters } from './reply.ts';
import { privateNetworkField } from '../service-fields.ts';

/** Three requests a poll of the sixty an hour that there are without an account. */
const minimumIntervalMs = 5 * 60_000;

const serverFields: readonly SettingField[] = [
  {
    key: 'apiUrl',
    label: 'Interface address',
    help: `Only for a GitHub Enterprise Server of your own, such as https://github.example.org/api/v3. Otherwise ${publicApi}.`,
    type: 'url',
    isRequired: false,
    isAdvanced: true,
  },
  privateNetworkField('that server'),
];

export const info: ConnectorInfo = {
  id: 'github',
  name: 'GitHub',
  summary:
    'Issues, pull requests, discussions and their comments on GitHub. Issues and repositories need no account.',
  platforms: [{ id: platform, name: 'GitHub' }],
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'optional',
    canReply: true,
    replyNote: null,
    text: {
      unit: 'utf16',
      most: mostCharacters,
      mostBytes: null,
      addressCounts: null,
      isServerOfMentionFree: false,
    },
    media: null,
    markup: 'markdown',
    isChat: false,
    actions: [
      { action: 'like', on: ['mention'], note: 'Adds a thumbs-up.' },
      { action: 'unlike', on: ['mention'], note: null },
      {
        action: 'hide',
        on: ['mention'],
        note: 'Folds a comment up as off-topic for everybody. Only for who may write in the repository.',
      },
      { action: 'unhide', on: ['mention'], note: 'Unfolds it again.' },
      { action: 'delete', on: ['own-reply'], note: null },
    ],
    cannot: [
      'Discussions need an account: GitHub shows them to programs in no other way.',
      'Without an account deletions are not seen, and sixty requests an hour is all that GitHub allows: connect one to listen to more than a repository or two.',
      'In a discussion answers stand one level deep, and in an issue side by side: quote what you answer.',
      'Of a long discussion the newest 30 comments and the newest 20 answers under each are read, and of a review what was said on lines, not its summary: GitHub gives the rest only piece by piece.',
      'Words of which a tracker names only the beginning (acme*) are searched for as whole words, because GitHub’s search knows no beginnings. Follow repositories to hear the rest.',
      'Every answer ends or begins with a remark that GitHub’s pages do not show and its e-mails may: by it an answer is found again when a connection breaks off.',
      'Notifications about discussions are left out, because GitHub does not say there which one it is. Follow the discussions of a repository instead.',
      'Pictures cannot be put into an answer: GitHub takes uploads from its own pages alone.',
      'Fine-grained tokens cannot answer in other people’s repositories: GitHub lets them write only where they were let in.',
    ],
    minimumIntervalMs,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'Discussions and the inbox need a connected account.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'search', label: 'Issues and pull requests that your trackers match', isSearch: true },
        { value: 'repository', label: 'Everything in repositories: issues, pull requests, comments' },
        { value: 'discussions', label: 'Discussions: of repositories, or that your trackers match' },
        { value: 'inbox', label: 'Threads your account is named in or takes part in' },
      ],
    },
    {
      key: 'repositories',
      label: 'Repositories',
      help: 'As owner/name, with spaces between. For discussions it may be left empty: then all of GitHub is searched.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['repository', 'discussions'] },
    },
    {
      key: 'leavesBotsOut',
      label: 'Leave bots out',
      help: 'What accounts marked as bots write is not kept.',
      type: 'boolean',
      isRequired: false,
      isAdvanced: false,
    },
    ...serverFields,
  ],
  signIn: [
    {
      id: 'token',
      kind: 'enter',
      name: 'Paste a token',
      steps: [
        'Open https://github.com/settings/tokens/new?scopes=public_repo,notifications&description=Earshot as the account that shall answer.',
        'Take a classic token: fine-grained ones cannot answer in repositories of other people.',
        'Choose how long it holds. The permissions public_repo and notifications are ticked already; take repo in place of public_repo to answer in private repositories too.',
        'Choose “Generate token”, copy what begins with ghp_ and paste it here.',
      ],
      fields: [
        {
          key: 'token',
          label: 'Token',
          help: 'Begins with ghp_.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
    {
      id: 'device',
      kind: 'device',
      name: 'Enter a code on GitHub',
      steps: [
        'This needs an OAuth app of your own, which takes a minute: open https://github.com/settings/applications/new. Any name, home page and callback address will do.',
        'Tick “Enable Device Flow” and register it.',
        'Copy its client id into the field here; no secret is needed.',
        'Continue: a page opens, where you type the code that is shown here and allow it.',
      ],
      fields: [
        {
          key: 'clientId',
          label: 'Client id',
          help: 'From the page of your OAuth app.',
          type: 'text',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
  ],
  accountSettings: [...serverFields],
  permissions: [
    { name: 'public_repo', why: 'To comment, react and delete own comments in public repositories.' },
    { name: 'notifications', why: 'To read the threads that the account is named in.' },
  ],
};

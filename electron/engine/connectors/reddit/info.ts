import type { ConnectorInfo, SettingField } from '../../../../shared/contract/methods/connectors.ts';
import { redirectPort } from './account.ts';
import { platform } from './adapt.ts';
import { serviceFields } from '../service-fields.ts';

export const minimumIntervalMs = 3 * 60_000;

const serverFields: readonly SettingField[] = [...serviceFields('Reddit’s own')];
const clientFields: readonly SettingField[] = [
  {
    key: 'clientId',
    label: 'Client id',
    help: 'The short text below the name of your app on Reddit’s page of apps.',
    type: 'text',
    isRequired: true,
    isAdvanced: false,
  },
  {
    key: 'clientSecret',
    label: 'Client secret',
    help: 'Leave empty for an installed app, which has none.',
    type: 'secret',
    isRequired: false,
    isAdvanced: false,
  },
];

export const info: ConnectorInfo = {
  id: 'reddit',
  name: 'Reddit',
  summary:
    'Posts and comments on Reddit by search, by subreddit, and what is said to your account. Searching and subreddits need no account.',
  platforms: [{ id: platform, name: 'Reddit' }],
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
    markup: 'markdown',
    isChat: false,
    actions: [
      { action: 'like', on: ['mention'], note: 'Upvotes it. Reddit bans accounts that do so by machine.' },
      { action: 'unlike', on: ['mention'], note: null },
      {
        action: 'hide',
        on: ['mention'],
        note: 'Removes it for everybody. Only a moderator of the subreddit can do that.',
      },
      { action: 'unhide', on: ['mention'], note: 'Approves it again, as a moderator.' },
      { action: 'delete', on: ['own-reply'], note: null },
      { action: 'block', on: ['mention'], note: 'Its author cannot write to the account any more.' },
    ],
    cannot: [
      'A new connection needs a client id that Reddit has approved: since November 2025 nobody gets one without asking, and commercial use needs a contract.',
      'Searching finds posts, never comments: Reddit’s search does not know comments. Follow the comments of subreddits to hear them.',
      'Without an account edits and deletions are not seen: feeds do not tell of them.',
      'Edits and deletions are seen of the newest hundred that a source gave: more at once Reddit does not tell.',
      'Words of which a tracker names only the beginning (acme*) are searched for as whole words, because Reddit’s search knows no beginnings. Follow subreddits to hear the rest.',
      'A private message cannot be voted on, removed or taken back: Reddit has nothing for that.',
      'Of a busy subreddit some may be missed: Reddit gives no more than the newest 1,000 items.',
      'Pictures cannot be put into an answer: Reddit takes none from programs there.',
      'Chat is not read: Reddit has no interface for it.',
    ],
    minimumIntervalMs,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'What is said to your account needs a connected account.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'search', label: 'Posts that your trackers match', isSearch: true },
        { value: 'posts', label: 'New posts of subreddits' },
        { value: 'comments', label: 'New comments of subreddits' },
        { value: 'inbox', label: 'Mentions of and answers to your account' },
      ],
    },
    {
      key: 'subreddits',
      label: 'Subreddits',
      help: 'Names with spaces between, such as “selfhosted webdev”. For a search it may be left empty: then all are searched.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['search', 'posts', 'comments'] },
    },
    ...serverFields,
  ],
  signIn: [
    {
      id: 'browser',
      kind: 'redirect',
      name: 'Sign in on Reddit',
      steps: [
        'Reddit must approve every new client id. Without one, stay with listening by feeds, which needs no account. Ask for API access here: https://support.reddithelp.com/hc/en-us/requests/new',
        'With an approval, open https://www.reddit.com/prefs/apps and choose “create another app”.',
        'Choose “installed app”, give it a name of your own, and enter this redirect address to the letter:',
        `http://127.0.0.1:${redirectPort}/callback`,
        'Copy the client id, the short text below the app’s name, into the field here.',
        'Continue: Reddit asks in your browser whether to allow it. Sign in there as the account that shall answer.',
      ],
      fields: [...clientFields],
    },
    {
      id: 'token',
      kind: 'enter',
      name: 'Paste a refresh token',
      steps: [
        'Only if you have a permanent refresh token of an approved app already, as other tools make one.',
        'It needs these permissions: identity read history privatemessages submit edit vote modposts account.',
        'Enter the app’s client id, its secret if it has one, and the token.',
      ],
      fields: [
        ...clientFields,
        {
          key: 'refreshToken',
          label: 'Refresh token',
          help: 'The permanent one, not the access token of a day.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
  ],
  accountSettings: [...serverFields],
  permissions: [
    { name: 'identity', why: 'To know which account it is.' },
    { name: 'read', why: 'To read posts and comments.' },
    { name: 'history', why: 'To find its own answers again when a connection broke off.' },
    { name: 'privatemessages', why: 'To read the inbox, where answers and mentions arrive.' },
    { name: 'submit', why: 'To send your answers.' },
    { name: 'edit', why: 'To delete an answer of yours when you ask for it.' },
    { name: 'vote', why: 'To upvote when you click it.' },
    { name: 'modposts', why: 'To remove and approve where the account is a moderator.' },
    { name: 'account', why: 'To block somebody when you ask for it.' },
  ],
};

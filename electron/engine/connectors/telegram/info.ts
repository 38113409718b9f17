import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import { defaultApiUrl } from './api.ts';
import { fileTypes } from '../file-types.ts';
import { privateNetworkField } from '../service-fields.ts';

export const info: ConnectorInfo = {
  id: 'telegram',
  name: 'Telegram',
  summary: 'Messages to your bot, and in the Telegram groups and channels that it is in.',
  platforms: [{ id: 'telegram', name: 'Telegram' }],
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'always',
    canReply: true,
    replyNote: null,
    text: {
      unit: 'code-points',
      most: 4_096,
      mostBytes: null,
      addressCounts: null,
      isServerOfMentionFree: false,
    },
    // Telegram takes 50 MB.
    media: { mostFiles: 1, types: fileTypes, mostBytes: 20_000_000, mostAlt: null },
    markup: 'plain',
    isChat: true,
    actions: [
      {
        action: 'like',
        on: ['mention', 'own-reply'],
        note: 'The bot reacts with 👍, in place of another reaction of its own.',
      },
      { action: 'unlike', on: ['mention', 'own-reply'], note: 'The bot takes its reaction back.' },
      {
        action: 'delete',
        on: ['mention', 'own-reply'],
        note: 'Within 48 hours; others’ messages only where the bot is an administrator who may delete. It cannot be undone.',
      },
    ],
    cannot: [
      'What is written while Earshot is closed for more than 24 hours is lost: Telegram keeps it no longer.',
      'What was written before the bot came into a chat is not shown to it.',
      'Nobody can search public chats: only those are heard that the bot is in.',
      'Whether a reply arrived cannot be looked up: after a broken connection you are asked to look yourself.',
      'Deleted messages are not told of.',
      'Only one program can listen to a bot: not two Earshots, and none beside a webhook.',
      'Pictures and files are named and not shown: their addresses hold the bot’s token.',
      'One file goes with a reply, and no description: Telegram has none. With a file the text may have 1,024 characters.',
      'Muting and banning stay in Telegram: they reach a person’s whole life in the group.',
    ],
    minimumIntervalMs: 30_000,
  },
  settings: [],
  signIn: [
    {
      id: 'bot-token',
      kind: 'enter',
      name: 'A bot of your own',
      steps: [
        'In Telegram, open https://t.me/BotFather, write /newbot and choose a name for the bot.',
        'To hear everything in groups, write /setprivacy, choose the bot and then “Disable”. Otherwise it hears only what mentions or answers it.',
        'Add the bot to your groups; to a channel as an administrator, and to the channel’s discussion group for the comments.',
        'Write /token to BotFather, choose the bot, copy the token and paste it here.',
      ],
      fields: [
        {
          key: 'token',
          label: 'Bot token',
          help: 'A number, a colon and many letters. It works until it is revoked in BotFather.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
        {
          key: 'takeOver',
          label: 'Take the bot over',
          help: 'Only when another program receives the bot’s messages by a webhook: it will be cut off.',
          type: 'boolean',
          isRequired: false,
          isAdvanced: true,
        },
      ],
    },
  ],
  accountSettings: [
    {
      key: 'apiUrl',
      label: 'Service address',
      help: `Only for a Bot API server of your own. Otherwise ${defaultApiUrl}.`,
      type: 'url',
      isRequired: false,
      isAdvanced: true,
    },
    privateNetworkField('the service address'),
  ],
  permissions: [
    {
      name: 'Privacy mode off',
      why: 'to hear everything in groups, not only what mentions or answers the bot',
    },
    { name: 'Administrator of a channel', why: 'to hear its posts' },
    { name: 'Delete messages', why: 'only for deleting what others wrote in a group' },
  ],
};

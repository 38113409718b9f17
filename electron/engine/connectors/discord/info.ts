import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import { defaultApiUrl } from './api.ts';
import { fileTypes } from '../file-types.ts';
import { serviceFields } from '../service-fields.ts';

/**
 * ADD_REACTIONS, VIEW_CHANNEL, SEND_MESSAGES, MANAGE_MESSAGES, ATTACH_FILES, READ_MESSAGE_HISTORY,
 * SEND_MESSAGES_IN_THREADS.
 */
const permissionBits = '274878016576';

export function inviteLink(applicationId: string): string {
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot&permissions=${permissionBits}`;
}

export const info: ConnectorInfo = {
  id: 'discord',
  name: 'Discord',
  summary:
    'Messages in the channels, threads and forums of the Discord servers that your bot was invited to.',
  platforms: [{ id: 'discord', name: 'Discord' }],
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'always',
    canReply: true,
    replyNote: null,
    text: {
      unit: 'code-points',
      most: 2_000,
      mostBytes: null,
      addressCounts: null,
      isServerOfMentionFree: false,
    },
    // Servers with boosts take larger ones; all of them take these.
    media: { mostFiles: 10, types: fileTypes, mostBytes: 10 * 1024 * 1024, mostAlt: 1_024 },
    markup: 'markdown',
    isChat: true,
    actions: [
      { action: 'like', on: ['mention', 'own-reply'], note: 'The bot reacts with 👍.' },
      { action: 'unlike', on: ['mention', 'own-reply'], note: 'The bot takes its 👍 back.' },
      {
        action: 'delete',
        on: ['mention', 'own-reply'],
        note: 'Others’ messages only where the bot’s role has “Manage Messages”. It cannot be undone.',
      },
    ],
    cannot: [
      'Servers without your bot stay unheard: Discord lets nobody search all of them.',
      'Direct messages to the bot do not arrive: Discord hands them out over a lasting connection alone, which Earshot does not keep.',
      'Messages cannot be hidden: Discord knows only deleting.',
      'Muting and banning stay in Discord: they reach a person’s whole life on the server.',
      'Chat in voice channels and archived private threads is not read.',
    ],
    minimumIntervalMs: 60_000,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'The search finds what your trackers name, and needs fewer requests on a large server.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'messages', label: 'All messages' },
        { value: 'mentions', label: 'Messages that mention or answer the bot' },
        { value: 'search', label: 'What a search for your trackers finds', isSearch: true },
      ],
    },
    {
      key: 'server',
      label: 'Server',
      help: 'The address of any of its channels (right-click it, “Copy Link”), or the server’s id. Empty: every server that the bot is on.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
    },
    {
      key: 'channels',
      label: 'Only these channels',
      help: 'Addresses or ids, with a space between two; their threads come along. Empty: all that the bot may read. A search always covers the whole server.',
      type: 'text',
      isRequired: false,
      isAdvanced: true,
      onlyWhen: { key: 'what', values: ['messages', 'mentions'] },
    },
  ],
  signIn: [
    {
      id: 'bot-token',
      kind: 'enter',
      name: 'A bot of your own',
      steps: [
        'Open https://discord.com/developers/applications, choose “New Application” and give it the name that people will see.',
        'In “Bot”, choose “Reset Token” and copy the token: it is shown only once.',
        'On the same page, switch on “Message Content Intent” and save. Without it Discord hides the text of what people write.',
        'Paste the token here and connect. The account then shows the link that invites the bot; open it and choose your server, where you need “Manage Server”.',
        'In Discord, let the bot’s role into closed channels that it should read.',
      ],
      fields: [
        {
          key: 'token',
          label: 'Bot token',
          help: 'From “Bot” in the developer portal. It works until it is reset there.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
  ],
  accountSettings: [...serviceFields(defaultApiUrl)],
  permissions: [
    { name: 'Message Content Intent', why: 'to be given the text of messages that do not mention the bot' },
    { name: 'View Channels', why: 'to see which channels and threads there are' },
    { name: 'Read Message History', why: 'to read messages and to answer them' },
    { name: 'Send Messages, Send Messages in Threads', why: 'to answer' },
    { name: 'Attach Files', why: 'to send pictures and files with an answer' },
    { name: 'Add Reactions', why: 'to like a message' },
    { name: 'Manage Messages', why: 'to delete what others wrote; leave it out if you do not want that' },
  ],
};

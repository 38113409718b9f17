import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import type { TextLimit } from '../../../../shared/model/text-limit.ts';
import { defaultApiUrl } from './api.ts';
import { fileTypes } from '../file-types.ts';
import { serviceFields } from '../service-fields.ts';

/** Longer ones are taken, and cut or split as Slack likes. */
export const textLimit: TextLimit = {
  unit: 'code-points',
  most: 4_000,
  mostBytes: null,
  addressCounts: null,
  isServerOfMentionFree: false,
};

const botScopes =
  'channels:read, channels:history, groups:read, groups:history, users:read, chat:write, reactions:write, files:write, files:read';
const manifest = JSON.stringify({
  display_information: { name: 'Earshot' },
  features: { bot_user: { display_name: 'Earshot', always_online: false } },
  oauth_config: { scopes: { bot: botScopes.split(', ') } },
  settings: { token_rotation_enabled: false },
});

export const info: ConnectorInfo = {
  id: 'slack',
  name: 'Slack',
  summary: 'Messages and threads in the channels of a Slack workspace that your own app was invited to.',
  platforms: [{ id: 'slack', name: 'Slack' }],
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'always',
    canReply: true,
    replyNote: null,
    text: textLimit,
    // Slack itself takes a gigabyte.
    media: { mostFiles: 10, types: fileTypes, mostBytes: 20_000_000, mostAlt: 1_000 },
    markup: 'plain',
    isChat: true,
    actions: [
      { action: 'like', on: ['mention', 'own-reply'], note: 'The app reacts with 👍.' },
      { action: 'unlike', on: ['mention', 'own-reply'], note: 'The app takes its 👍 back.' },
      { action: 'delete', on: ['own-reply'], note: 'It cannot be undone.' },
    ],
    cannot: [
      'Workspaces without your app stay unheard: nobody can search all of Slack.',
      'Channels that the app was not invited to are not read.',
      'What others wrote can be deleted by administrators alone, and nothing can be hidden.',
      'A reply that is deleted or edited within a thread is not noticed: Slack tells only apps that it can reach from outside.',
      'Free workspaces show the last 90 days.',
      'People are not muted or banned from here: that is for the workspace’s administrators.',
    ],
    minimumIntervalMs: 60_000,
  },
  settings: [
    {
      key: 'what',
      label: 'Listen to',
      help: 'The search needs an account with a user token.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'messages', label: 'All messages' },
        { value: 'mentions', label: 'Messages that mention the app or answer it' },
        { value: 'search', label: 'What a search for your trackers finds', isSearch: true },
      ],
    },
    {
      key: 'channels',
      label: 'Only these channels',
      help: 'Names, addresses or ids, with a space between two. Empty: all that the app was invited to. A search always covers the whole workspace.',
      type: 'text',
      isRequired: false,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['messages', 'mentions'] },
    },
  ],
  signIn: [
    {
      id: 'bot-token',
      kind: 'enter',
      name: 'An app of your own workspace',
      steps: [
        'Open https://api.slack.com/apps?new_app=1, choose “From a manifest” and then your workspace. An app made there reads fifty times a minute; apps that are sold to many get one read a minute.',
        `Choose JSON, put this in place of what is there, and create the app: ${manifest}`,
        'In “OAuth & Permissions”, choose “Install to Workspace” and allow it. Some workspaces let an administrator agree first.',
        'In Slack, open each channel to listen to and write: /invite @Earshot',
        'Copy the “Bot User OAuth Token” from “OAuth & Permissions”; it begins with xoxb-. Paste it here.',
      ],
      fields: [
        {
          key: 'token',
          label: 'Bot User OAuth Token',
          help: 'Begins with xoxb-. It works until it is revoked or the app is removed.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
    {
      id: 'user-token',
      kind: 'enter',
      name: 'As yourself, for searching',
      steps: [
        'Open https://api.slack.com/apps and choose the app of your workspace, or make one as for a bot.',
        'In “OAuth & Permissions”, add these “User Token Scopes”: search:read, channels:read, channels:history, groups:read, groups:history, users:read, chat:write, reactions:write, files:write, files:read.',
        'Choose “Install to Workspace”, or “Reinstall”, and allow it. Everything that Earshot sends then appears under your own name.',
        'Copy the “User OAuth Token”; it begins with xoxp-. Paste it here.',
      ],
      fields: [
        {
          key: 'token',
          label: 'User OAuth Token',
          help: 'Begins with xoxp-. It works until it is revoked or the app is removed.',
          type: 'secret',
          isRequired: true,
          isAdvanced: false,
        },
      ],
    },
  ],
  accountSettings: [...serviceFields(defaultApiUrl)],
  permissions: [
    { name: 'channels:read, groups:read', why: 'to see which channels the app was invited to' },
    { name: 'channels:history, groups:history', why: 'to read messages and threads' },
    { name: 'users:read', why: 'to show people by their names' },
    { name: 'chat:write', why: 'to answer, and to delete what was answered' },
    { name: 'files:write, files:read', why: 'to send files with an answer, and to see that they arrived' },
    { name: 'reactions:write', why: 'to like a message' },
    { name: 'im:read, im:history', why: 'only if you add them: to hear direct messages to the app' },
    { name: 'search:read', why: 'only with a user token: to search the workspace' },
  ],
};

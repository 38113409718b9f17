import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSupport, CallContext, Connector, Identity } from '../connector.ts';
import { authorKeyOf, nameOf, pageOf } from './adapt.ts';
import { actions, reply } from './answer.ts';
import { discordApi, type DiscordCredentials, type DiscordSettings } from './api.ts';
import { info, inviteLink } from './info.ts';
import { poll } from './poll.ts';
import {
  cursorSchema,
  type DiscordCursor,
  type DiscordSourceSettings,
  serverIdOf,
  settingsSchema,
} from './settings.ts';
import { applicationSchema, ownServerSchema, userSchema } from './wire.ts';
import { serviceShape } from '../service-fields.ts';

const administrator = 1n << 3n;
const sendMessages = 1n << 11n;
const readHistory = 1n << 16n;

const account: AccountSupport<DiscordCredentials, DiscordSettings> = {
  settingsSchema: z.object({
    ...serviceShape,
  }),
  credentialsSchema: z.object({ token: z.string().min(1) }),
  methods: [
    {
      id: 'bot-token',
      kind: 'enter',
      async signIn({ entered, settings, ...call }) {
        const credentials = { token: tokenFrom(entered['token'] ?? '') };
        return { identity: await identify({ ...call, settings, credentials }), credentials };
      },
    },
  ],
  identify,
};

/** As copied: some copy the header's word with it. */
function tokenFrom(pasted: string): string {
  const token = pasted.trim().replace(/^Bot\s+/i, '');
  if (/^[\w.-]+$/.test(token) && !/^\d+$/.test(token)) return token;
  throw new EarshotError(
    'invalid-input',
    'That is no bot token. Copy it from “Bot” in the developer portal; it is not the application’s id, nor its client secret.',
  );
}

async function identify({
  settings,
  credentials,
  ...call
}: CallContext & {
  readonly settings: DiscordSettings;
  readonly credentials: DiscordCredentials;
}): Promise<Identity> {
  const api = discordApi(call, { settings, authorised: (ask) => ask(credentials) });
  const user = await api.get('/users/@me', userSchema);
  const servers = await api.get('/users/@me/guilds', z.array(ownServerSchema), { limit: '200' });
  const application = await api.get('/applications/@me', applicationSchema);
  const note = noteOn(servers, application.id);
  return {
    externalId: user.id,
    authorKey: authorKeyOf(user.id),
    name: nameOf(user),
    handle: user.username,
    url: null,
    ...(note === null ? {} : { replyNote: note }),
    facts: { applicationId: application.id, serverIds: servers.map(({ id }) => id) },
  };
}

function noteOn(servers: readonly z.infer<typeof ownServerSchema>[], applicationId: string): string | null {
  if (servers.length === 0) {
    return `The bot is on no server yet. Open ${inviteLink(applicationId)} and choose one.`;
  }
  const mayWrite = servers.some(({ permissions }) => {
    const needed = sendMessages | readHistory;
    return (permissions & administrator) !== 0n || (permissions & needed) === needed;
  });
  if (mayWrite) return null;
  return `The bot may write on none of its servers. Open ${inviteLink(applicationId)} again, or give its role “Send Messages” and “Read Message History”.`;
}

export const discordConnector: Connector<
  DiscordSourceSettings,
  DiscordCursor,
  DiscordCredentials,
  DiscordSettings,
  z.infer<typeof reply.preparedSchema>
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: () => 'discord.com',
  describe(settings) {
    const serverId = serverIdOf(settings);
    return {
      name: settings.what === 'search' ? 'Discord search' : 'Discord',
      url: serverId === null ? null : pageOf(serverId, '').replace(/\/$/, ''),
    };
  },
  accountNeededFor: () => 'Discord shows messages only to a bot that was invited to the server.',
  poll,
  account,
  reply,
  actions,
};

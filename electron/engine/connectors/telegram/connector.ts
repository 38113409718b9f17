import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSupport, CallContext, Connector, Identity } from '../connector.ts';
import { userKeyOf } from './adapt.ts';
import { actions, reply } from './answer.ts';
import { telegramApi, type TelegramApi, type TelegramCredentials, type TelegramSettings } from './api.ts';
import { info } from './info.ts';
import {
  cursorSchema,
  poll,
  settingsSchema,
  type TelegramCursor,
  type TelegramSourceSettings,
  webhookConflict,
} from './poll.ts';
import { botSchema, webhookSchema } from './wire.ts';
import { serviceShape } from '../service-fields.ts';

interface Trial extends CallContext {
  readonly settings: TelegramSettings;
  readonly credentials: TelegramCredentials;
}

const account: AccountSupport<TelegramCredentials, TelegramSettings> = {
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
        const trial = { ...call, settings, credentials };
        const identity = await identify(trial);
        await freeFromWebhook(apiOf(trial), entered['takeOver'] === 'true');
        return { identity, credentials };
      },
    },
  ],
  identify,
};

/** Messages that go to a webhook cannot be fetched, and whose it is only the user knows. */
async function freeFromWebhook(api: TelegramApi, mayTakeOver: boolean): Promise<void> {
  const { url } = await api.read('getWebhookInfo', {}, webhookSchema);
  if (url === '') return;
  if (!mayTakeOver) throw webhookConflict(url);
  await api.write('deleteWebhook', { drop_pending_updates: false }, z.literal(true));
}

function tokenFrom(pasted: string): string {
  const token = pasted.trim();
  if (/^\d+:[\w-]+$/.test(token)) return token;
  throw new EarshotError(
    'invalid-input',
    'That is no bot token: it is a number, a colon and many letters. Copy it from @BotFather.',
  );
}

function apiOf({ settings, credentials, ...call }: Trial): TelegramApi {
  return telegramApi(call, { settings, authorised: (ask) => ask(credentials) });
}

async function identify(trial: Trial): Promise<Identity> {
  const bot = await apiOf(trial).read('getMe', {}, botSchema);
  return {
    externalId: String(bot.id),
    authorKey: userKeyOf(bot.id),
    name: bot.first_name || bot.username,
    handle: bot.username,
    url: `https://t.me/${bot.username}`,
    facts: { readsAllGroupMessages: bot.can_read_all_group_messages ?? null },
  };
}

export const telegramConnector: Connector<
  TelegramSourceSettings,
  TelegramCursor,
  TelegramCredentials,
  TelegramSettings,
  z.infer<typeof reply.preparedSchema>
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: () => 'api.telegram.org',
  describe: () => ({ name: 'Telegram', url: null }),
  accountNeededFor: () => 'Telegram shows messages only to a bot that is in the chat.',
  poll,
  // What was fetched is not there any more: there is nothing to go back to.
  rewind: (cursor) => cursor,
  account,
  reply,
  actions,
};

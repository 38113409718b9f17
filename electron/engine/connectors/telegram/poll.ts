import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention, PollContext, PollPage } from '../connector.ts';
import { mentionOf } from './adapt.ts';
import { authorityOf, otherProgram, type TelegramAccount, telegramApi, type TelegramApi } from './api.ts';
import { allowedUpdates, botSchema, updateIdSchema, updateSchema, webhookSchema } from './wire.ts';

const dayMs = 24 * 60 * 60_000;
const updatesPerPage = 100;
/** What is left over is asked for at the next poll. */
const mostPages = 100;
/** How long Telegram keeps what nobody has fetched. */
const keptMs = dayMs;
/** After a week of silence ids may begin anywhere; an offset above them would erase what it should bring. */
const offsetHoldsMs = 6 * dayMs;

/** There is nothing to choose: a bot has one stream, and whatever is fetched from it is gone there. */
export const settingsSchema = z.object({});
export type TelegramSourceSettings = z.infer<typeof settingsSchema>;

export const cursorSchema = z.object({
  /** The first update that is still to come; asking with it erases those before it. Null: none was seen yet. */
  offset: z.number().int().nullable(),
  /** Each bot counts its updates by itself: another one's number would erase what nobody has seen. */
  botId: z.number().int(),
  /** When the last update came. */
  updatedAt: z.number(),
  askedAt: z.number(),
  /** The first poll. */
  since: z.number(),
});
export type TelegramCursor = z.infer<typeof cursorSchema>;

type Context = PollContext<TelegramSourceSettings, TelegramCursor>;
type Page = PollPage<TelegramSourceSettings, TelegramCursor>;

/**
 * Each page is stored before the next request confirms it. Asked without waiting for what may come: one host is asked
 * one thing at a time, and replies would stand in line behind it.
 */
export async function* poll(context: Context): AsyncGenerator<Page> {
  if (context.account === null) {
    throw new EarshotError('unauthorized', 'Choose the bot that this source listens with.');
  }
  const account = context.account as TelegramAccount;
  const api = telegramApi(context, authorityOf(account));
  const botId = Number(account.identity.externalId);
  const now = context.now();
  const known = context.cursor?.botId === botId ? context.cursor : null;
  let offset = known?.offset ?? null;
  let updatedAt = known?.updatedAt ?? now;
  const since = known?.since ?? now;
  let warning = lossWarning(known, now) ?? (now - since < dayMs ? await privacyWarning(api, account) : null);
  if (now - updatedAt > offsetHoldsMs) offset = null;
  for (let round = 0; round < mostPages; round += 1) {
    const updates = await getUpdates(api, offset);
    const read = updates.map((update) => readUpdate(update, botId));
    const ids = read.map(({ id }) => id).filter((id) => id !== null);
    // By the largest of this answer, never by what came before: ids may have begun anew.
    if (ids.length > 0) {
      offset = Math.max(...ids) + 1;
      updatedAt = now;
    }
    const broken = read.filter(({ isBroken }) => isBroken).length;
    if (broken > 0) warning = brokenWarning(broken);
    yield {
      items: newestOfEach(read.flatMap(({ mention }) => (mention === null ? [] : [mention]))),
      cursor: { offset: offset ?? known?.offset ?? null, updatedAt, askedAt: now, since, botId },
      ...(warning ? { warning } : {}),
    };
    warning = null;
    if (updates.length < updatesPerPage || ids.length === 0) return;
  }
}

async function getUpdates(api: TelegramApi, offset: number | null): Promise<unknown[]> {
  try {
    return await api.read(
      'getUpdates',
      {
        limit: String(updatesPerPage),
        timeout: '0',
        allowed_updates: JSON.stringify(allowedUpdates),
        ...(offset === null ? {} : { offset: String(offset) }),
      },
      z.array(z.unknown()),
    );
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'conflict') throw error;
    const { url } = await api.read('getWebhookInfo', {}, webhookSchema);
    throw url === '' ? new EarshotError('conflict', otherProgram) : webhookConflict(url);
  }
}

/** The address may hold a secret of the other program: only its host is told. */
export function webhookConflict(url: string): EarshotError {
  const host = URL.canParse(url) ? new URL(url).host : 'another program';
  return new EarshotError(
    'conflict',
    `Telegram sends this bot’s messages to ${host}, so nobody can fetch them. Switch that off there, or sign in again and choose “Take the bot over”; or make a bot of its own for Earshot.`,
    { host },
  );
}

function readUpdate(
  update: unknown,
  botId: number,
): { id: number | null; mention: IncomingMention | null; isBroken: boolean } {
  const id = updateIdSchema.safeParse(update).data?.update_id ?? null;
  const parsed = updateSchema.safeParse(update);
  if (!parsed.success) return { id, mention: null, isBroken: true };
  const { message, edited_message, channel_post, edited_channel_post } = parsed.data;
  const written = message ?? edited_message ?? channel_post ?? edited_channel_post;
  return { id, mention: written ? mentionOf(written, botId) : null, isBroken: false };
}

/** A message and its edits may come in one page. */
function newestOfEach(mentions: readonly IncomingMention[]): IncomingMention[] {
  return [...new Map(mentions.map((mention) => [mention.key, mention])).values()];
}

function lossWarning(known: TelegramCursor | null, now: number): EarshotError | null {
  if (known === null || now - known.askedAt <= keptMs) return null;
  const hours = Math.round((now - known.askedAt) / 3_600_000);
  return new EarshotError(
    'gone',
    `Earshot did not ask for ${hours} hours, and Telegram keeps messages for 24: older ones of that time cannot be had any more. Look into the chats.`,
    { since: known.askedAt, until: now - keptMs },
  );
}

/** For a day only: some want it so. Asked anew, since it is mended in Telegram and not here. */
async function privacyWarning(api: TelegramApi, { identity }: TelegramAccount): Promise<EarshotError | null> {
  if (identity.facts?.['readsAllGroupMessages'] !== false) return null;
  if ((await api.read('getMe', {}, botSchema)).can_read_all_group_messages !== false) return null;
  return new EarshotError(
    'forbidden',
    'In groups the bot hears only what mentions or answers it. To hear everything, write /setprivacy to @BotFather, choose the bot and “Disable”, then remove the bot from the group and add it again; or make it an administrator.',
  );
}

function brokenWarning(count: number): EarshotError {
  return new EarshotError(
    'bad-response',
    `${count === 1 ? 'A message' : `${count} messages`} of Telegram could not be read.`,
    { rejected: count },
  );
}

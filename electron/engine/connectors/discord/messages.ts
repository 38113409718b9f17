import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { DiscordApi } from './api.ts';
import { answeredId } from './adapt.ts';
import { compareIds } from './snowflake.ts';
import { type DiscordMessage, messageSchema } from './wire.ts';

export const messagesPerPage = 100;
const longestChain = 20;
/** Messages fetched in one poll only to know which conversation an answer belongs to. */
const mostFetchedParents = 60;

export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly DiscordMessage[];
  /** How many were given, readable or not. */
  readonly count: number;
  /** Of unreadable items too. */
  readonly ids: ReadonlySet<string>;
  /** The largest of them. */
  readonly newestId: string | null;
  readonly oldestId: string | null;
  readonly warning: EarshotError | null;
}

/** One page of a channel, whichever way round Discord gives it. */
export async function readMessages(
  api: DiscordApi,
  channelId: string,
  query: Readonly<Record<string, string>>,
): Promise<MessagePage> {
  const path = `/channels/${channelId}/messages`;
  const list = await api.get(path, z.array(z.unknown()), { limit: String(messagesPerPage), ...query });
  return messagePage(list);
}

export function messagePage(list: readonly unknown[]): MessagePage {
  const messages: DiscordMessage[] = [];
  const ids: string[] = [];
  for (const raw of list) {
    const parsed = messageSchema.safeParse(raw);
    if (parsed.success) messages.push(parsed.data);
    const id = (raw as { id?: unknown } | null)?.id;
    if (typeof id === 'string' && /^\d{1,20}$/.test(id)) ids.push(id);
  }
  ids.sort(compareIds);
  const broken = list.length - messages.length;
  return {
    messages: messages.sort((a, b) => compareIds(a.id, b.id)),
    count: list.length,
    ids: new Set(ids),
    newestId: ids.at(-1) ?? null,
    oldestId: ids[0] ?? null,
    warning:
      broken === 0
        ? null
        : new EarshotError('bad-response', `${broken} of ${list.length} messages could not be read.`, {
            rejected: broken,
          }),
  };
}

/**
 * Finds where chains of answers begin: Discord names only what a message answers, and a conversation is the whole
 * chain. What is not at hand is fetched, up to a limit; beyond it the chain is cut.
 */
export function createRootFinder(api: DiscordApi) {
  /** What each message answers; null: nothing. */
  const answered = new Map<string, string | null>();
  let left = mostFetchedParents;

  function learn(message: DiscordMessage): void {
    const parent = answeredId(message);
    answered.set(message.id, parent);
    const { referenced_message: referenced } = message;
    if (referenced && parent !== null && !answered.has(referenced.id)) {
      answered.set(referenced.id, answeredId(referenced));
    }
  }

  async function parentOf(channelId: string, id: string): Promise<string | null> {
    const known = answered.get(id);
    if (known !== undefined) return known;
    if (left <= 0) return null;
    left -= 1;
    try {
      learn(await api.get(`/channels/${channelId}/messages/${id}`, messageSchema));
    } catch (error) {
      if (!isAboutTheMessage(error)) throw error;
    }
    // Deleted or unreadable: the chain begins behind it.
    if (!answered.has(id)) answered.set(id, null);
    return answered.get(id) ?? null;
  }

  return {
    learn,
    async rootOf(message: DiscordMessage): Promise<string> {
      let root = message.id;
      for (let step = 0; step < longestChain; step += 1) {
        const parent = await parentOf(message.channel_id, root);
        if (parent === null || parent === root) break;
        root = parent;
      }
      return root;
    },
  };
}
export type RootFinder = ReturnType<typeof createRootFinder>;

function isAboutTheMessage(error: unknown): boolean {
  return error instanceof EarshotError && ['not-found', 'forbidden', 'bad-response'].includes(error.code);
}

import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { SlackApi } from './api.ts';
import { historySchema, messageSchema, type SlackMessage, tsSchema } from './wire.ts';

/** Apps that are no workspace's own get 15, whatever they ask for. */
const messagesPerPage = 200;

export interface MessagePage {
  readonly messages: readonly SlackMessage[];
  /** Of unreadable items too. */
  readonly seen: readonly string[];
  readonly next: string | null;
  readonly broken: number;
}

export async function readPage(
  api: SlackApi,
  method: 'conversations.history' | 'conversations.replies',
  args: Readonly<Record<string, string | number | boolean>>,
  page: string | null,
): Promise<MessagePage> {
  const answer = await api.read(
    method,
    { limit: messagesPerPage, ...args, ...(page === null ? {} : { cursor: page }) },
    historySchema,
  );
  const messages: SlackMessage[] = [];
  const seen: string[] = [];
  for (const raw of answer.messages) {
    const parsed = messageSchema.safeParse(raw);
    const ts = tsSchema.safeParse((raw as { ts?: unknown } | null)?.ts);
    if (ts.success) seen.push(ts.data);
    // Whoever wrote it is always said.
    if (parsed.success && (parsed.data.user || parsed.data.bot_id || parsed.data.subtype)) {
      messages.push(parsed.data);
    }
  }
  return { messages, seen, next: answer.response_metadata, broken: answer.messages.length - messages.length };
}

export interface ThreadPages {
  readonly messages: readonly SlackMessage[];
  readonly broken: number;
}

/** A thread from `oldest` on, the oldest first. Its root always comes along. */
export async function readThread(
  api: SlackApi,
  channelId: string,
  threadTs: string,
  oldest: string,
  more: Readonly<Record<string, boolean>> = {},
): Promise<ThreadPages> {
  const messages: SlackMessage[] = [];
  let broken = 0;
  let page: string | null = null;
  do {
    const args = { channel: channelId, ts: threadTs, oldest, ...more };
    const read: MessagePage = await readPage(api, 'conversations.replies', args, page);
    messages.push(...read.messages);
    broken += read.broken;
    page = read.next;
  } while (page !== null);
  return { messages, broken };
}

/** The replies behind `oldest` alone. */
export async function readReplies(...thread: Parameters<typeof readThread>): Promise<ThreadPages> {
  const { messages, broken } = await readThread(...thread);
  return { messages: messages.filter(({ ts }) => ts !== thread[2]), broken };
}

export function brokenWarning(count: number): EarshotError | null {
  if (count === 0) return null;
  return new EarshotError(
    'bad-response',
    `${count === 1 ? 'A message' : `${count} messages`} of Slack could not be read.`,
    { rejected: count },
  );
}

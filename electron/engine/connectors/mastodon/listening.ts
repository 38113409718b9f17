import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention, PollContext, PollPage } from '../connector.ts';
import { mentionOf } from './adapt.ts';
import { type Caller, callerAs, callerWith, type Session } from './caller.ts';
import type { MastodonSettings } from './settings.ts';
import { createThreads } from './threads.ts';
import type { MastodonStatus } from './wire.ts';

/** The most that a page of statuses holds. */
export const statusesPerPage = 40;
/** Of 300 in five minutes. What is left over is asked at the next poll. */
const mostRequests = 60;

const mostRemembered = 200;

const recentSchema = z.object({
  id: z.string(),
  key: z.string(),
  editedAt: z.string().nullable(),
});

export const cursorSchema = z.object({
  /** The newest item of the list, as the server's own id; null while there was none. */
  newest: z.string().nullable(),
  /** The mentions given last, the newest first: looked at again for edits and deletions. */
  recent: z.array(recentSchema),
  /** Epoch milliseconds. */
  nextRecheckAt: z.number(),
  /** By what was searched for: when, by our clock. */
  searched: z.record(z.string(), z.number()),
});
export type MastodonCursor = z.infer<typeof cursorSchema>;
export type Context = PollContext<MastodonSettings, MastodonCursor>;
export type Page = PollPage<MastodonSettings, MastodonCursor>;

export interface Listening {
  readonly context: Context;
  readonly caller: Caller;
  /** What the requests of this poll may still be; 0 ends it after the page it is at. */
  requestsLeft(): number;
  /** Mentions with their places in their threads. */
  mentionsOf(statuses: readonly MastodonStatus[]): Promise<IncomingMention[]>;
}

export function startListening(context: Context): Listening {
  const session = context.account as Session | null;
  const server = session?.settings.server ?? context.settings.server;
  if (server === undefined) {
    throw new EarshotError(
      'invalid-input',
      'Choose an account for this source, or enter the server whose tag is read.',
    );
  }
  const asking =
    session === null
      ? callerWith(context, { server, allowPrivateNetwork: context.settings.allowPrivateNetwork }, null)
      : callerAs(context, session);
  let left = mostRequests;
  const caller: Caller = {
    ...asking,
    ask(call, schema) {
      left -= 1;
      return asking.ask(call, schema);
    },
  };
  const threads = createThreads(caller);
  return {
    context,
    caller,
    requestsLeft: () => left,
    async mentionsOf(statuses) {
      const mentions: IncomingMention[] = [];
      // Servers give the newest first; from the oldest on, a parent is known before its answers.
      for (const status of statuses.toReversed()) {
        mentions.push(mentionOf(status, server, await threads.of(status)));
      }
      return mentions;
    },
  };
}

/** The cursor with these among the mentions given last; `statuses` come the newest first. */
export function remember(cursor: MastodonCursor, statuses: readonly MastodonStatus[]): MastodonCursor {
  const ids = new Set(statuses.map(({ id }) => id));
  const fresh = statuses.map(({ id, uri, edited_at: editedAt }) => ({
    id,
    key: uri,
    editedAt: editedAt ?? null,
  }));
  const recent = [...fresh, ...cursor.recent.filter(({ id }) => !ids.has(id))];
  return { ...cursor, recent: recent.slice(0, mostRemembered) };
}

export function warningOf(broken: number, all: number): { warning?: EarshotError } {
  if (broken === 0) return {};
  const message = `${broken} of ${all} posts could not be read.`;
  return { warning: new EarshotError('bad-response', message, { rejected: broken }) };
}

import type { Reply } from '../../../shared/model/reply.ts';
import { clockTime, untilWords } from '../../ui/time-words.ts';

/** What can be done about a reply where it stands. */
export type ReplyMove =
  /** Takes it back: the text is in the composer again. */
  | 'undo'
  | 'edit'
  | 'retry'
  | 'send-anyway'
  | 'discard'
  /** Earshot looks on the platform whether it is there. */
  | 'look'
  | 'is-there'
  | 'send-again'
  | 'open';

export interface ReplyWords {
  readonly tone: 'plain' | 'positive' | 'negative' | 'caution' | 'accent' | 'outline';
  /** On the chip. */
  readonly state: string;
  /** Counted down beside it; epoch milliseconds. */
  readonly countdownTo: number | null;
  /** Why, and what happens next; a sentence or two. */
  readonly detail: string | null;
  readonly moves: readonly ReplyMove[];
}

/** How a reply stands, in words: nothing is called sent before the platform has it. */
export function replyWords(reply: Reply, now: number, platformName: string): ReplyWords {
  switch (reply.state) {
    case 'queued':
      return queuedWords(reply, now);
    case 'sending':
      return words('accent', 'Sending…', { detail: null });
    case 'sent':
      return sentWords(reply, platformName);
    case 'unconfirmed':
      return unconfirmedWords(reply, now, platformName);
    case 'failed':
      return failedWords(reply);
    case 'cancelled':
      return words('plain', 'Taken back', { detail: null });
  }
}

type Rest = Partial<Omit<ReplyWords, 'tone' | 'state'>>;

function words(tone: ReplyWords['tone'], state: string, rest: Rest): ReplyWords {
  return { tone, state, countdownTo: null, detail: null, moves: [], ...rest };
}

function queuedWords(reply: Reply, now: number): ReplyWords {
  const { waitsFor, heldUntil, sendAt, nextAttemptAt, error } = reply;
  const next = nextAttemptAt === null || nextAttemptAt <= now ? null : clockTime(nextAttemptAt, now);
  switch (waitsFor) {
    case 'undo':
      return words('accent', 'Sends', { countdownTo: heldUntil, moves: ['undo'] });
    case 'time':
      return words('accent', sendAt === null ? 'Send later' : `Will be sent ${untilWords(sendAt, now)}`, {
        moves: ['edit'],
      });
    case 'network':
      return words('caution', 'Waits for the network', {
        detail: 'It goes out by itself when this computer is online again.',
        moves: ['edit'],
      });
    case 'account':
      return words('caution', next === null ? 'Waits for its account' : `Waits until ${next}`, {
        detail: error?.message ?? 'The platform asked its account to pause, or it has to sign in again.',
        moves: ['edit'],
      });
    case 'turn':
      return words('plain', 'Waits its turn', {
        detail: 'Another reply to this conversation goes first.',
        moves: ['edit'],
      });
    case 'retry':
      return words('caution', next === null ? 'Tries again soon' : `Tries again at ${next}`, {
        detail: error?.message ?? null,
        moves: ['edit'],
      });
    case null:
      return words('accent', 'About to be sent', { moves: ['edit'] });
  }
}

function sentWords(reply: Reply, platformName: string): ReplyWords {
  const moves: ReplyMove[] = reply.url === undefined ? [] : ['open'];
  if (reply.deletedAt !== null) return words('outline', `Deleted on ${platformName}`, {});
  if (reply.via === 'elsewhere') return words('outline', 'Sent from elsewhere', { moves });
  return reply.confirmedAt === null
    ? words('positive', 'Sent', { moves })
    : words('positive', `Seen on ${platformName}`, { moves });
}

function unconfirmedWords(reply: Reply, now: number, platformName: string): ReplyWords {
  const { nextAttemptAt } = reply;
  const open: ReplyMove[] = reply.url === undefined ? [] : ['open'];
  if (nextAttemptAt === null) {
    return words('caution', 'Perhaps sent', {
      detail: `No answer came from ${platformName}, and Earshot cannot find out by itself whether it arrived. Look there: sending it again could post it twice.`,
      moves: [...open, 'is-there', 'send-again'],
    });
  }
  const when = nextAttemptAt <= now ? 'now' : `at ${clockTime(nextAttemptAt, now)}`;
  return words('caution', 'Perhaps sent', {
    detail: `No answer came from ${platformName}. Earshot looks whether it is there ${when}, before anything is sent again.`,
    moves: [...open, 'look', 'is-there'],
  });
}

function failedWords({ error }: Reply): ReplyWords {
  if (error?.code === 'conflict') {
    return words('caution', 'Stopped: not sent', {
      detail: error.message,
      moves: ['send-anyway', 'edit', 'discard'],
    });
  }
  if (error?.code === 'rejected') {
    // As it stands it will never be taken: it has to be changed first.
    return words('negative', 'Not sent', { detail: error.message, moves: ['edit', 'retry', 'discard'] });
  }
  return words('negative', 'Not sent', {
    detail: error?.message ?? 'It could not be sent.',
    moves: ['retry', 'edit', 'discard'],
  });
}

export const moveLabels: Readonly<Record<ReplyMove, string>> = {
  undo: 'Undo',
  edit: 'Edit',
  retry: 'Retry',
  'send-anyway': 'Send anyway',
  discard: 'Discard',
  look: 'Look now',
  'is-there': 'It is there',
  'send-again': 'Send again',
  open: 'Open',
};

/** What an action does, while it is under way and when it could not be done. */
export const actionWords: Readonly<
  Record<
    Exclude<Reply['action'], 'reply'>,
    { readonly name: string; readonly doing: string; readonly failed: string }
  >
> = {
  like: { name: 'Like', doing: 'Liking', failed: 'Not liked' },
  unlike: {
    name: 'Take the like back',
    doing: 'Taking the like back',
    failed: 'The like was not taken back',
  },
  hide: { name: 'Hide', doing: 'Hiding', failed: 'Not hidden' },
  unhide: { name: 'Show again', doing: 'Showing again', failed: 'Still hidden' },
  delete: { name: 'Delete', doing: 'Deleting', failed: 'Not deleted' },
  mute: { name: 'Mute', doing: 'Muting', failed: 'Not muted' },
  block: { name: 'Block', doing: 'Blocking', failed: 'Not blocked' },
};

/** What the outbox calls it: the kind of thing that goes out. */
export function replyTitle({ action, part }: Pick<Reply, 'action' | 'part'>): string {
  if (action !== 'reply') return actionWords[action].name;
  return part === null ? 'Reply' : `Reply, part ${part.index} of ${part.count}`;
}

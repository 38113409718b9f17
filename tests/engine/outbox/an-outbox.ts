import { BehaviorSubject } from 'rxjs';
import type { Connector } from '../../../electron/engine/connectors/connector.ts';
import { createTrackerBook } from '../../../electron/engine/ingest/tracker-book.ts';
import { openOutbox } from '../../../electron/engine/outbox/open-outbox.ts';
import type { PollingConditions } from '../../../electron/engine/polling/poller.ts';
import { readConversation } from '../../../electron/engine/store/queries/conversation-details.ts';
import type { WritableStore } from '../../../electron/engine/store/store.ts';
import { contract, type MethodInput, type MethodOutput } from '../../../shared/contract/contract.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { settingsSchema } from '../../../shared/model/settings.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { wordAnalyser } from '../ingest/fixtures.ts';
import type { FakeClock } from '../polling/fake-clock.ts';
import { ownSession } from './own-session.ts';
import { brandKey, squareConnector, type SquareCalls, type SquarePost, type SquareTraits } from './square.ts';

/** What the square does with the next attempt to post. */
export type Fate =
  | 'unreachable'
  | 'dropped'
  | 'answer-lost'
  | 'error-after-commit'
  | 'commits-late'
  | 'rate-limited'
  | 'refused'
  | 'expired';

export const lateMs = 20_000;

/**
 * The square in memory: every post that ever became visible, and a fate for each of the next attempts. `latencyMs`: how
 * long a request travels, and its answer.
 */
export function aSquare(clock: FakeClock, latencyMs = 0) {
  const threads = new Map<string, SquarePost>();
  const posts: SquarePost[] = [];
  const fates: Fate[] = [];
  const acts: string[] = [];
  const calls = { looks: 0, posts: 0 };
  let isReadable = true;
  const commit = (post: Parameters<SquareCalls['post']>[1]): SquarePost => {
    const { key: _, ...written } = post;
    const made = { id: `p${posts.length + 1}`, ...written, at: clock.now() };
    posts.push(made);
    return made;
  };
  const square: SquareCalls = {
    async post(_context, post) {
      calls.posts++;
      const fate = fates.shift();
      switch (fate) {
        case undefined: {
          if (latencyMs === 0) return commit(post);
          await clock.sleep(latencyMs);
          const made = commit(post);
          await clock.sleep(latencyMs);
          return made;
        }
        case 'unreachable':
          throw new EarshotError('unreachable', 'There is no way there.');
        case 'dropped':
          throw new EarshotError('outcome-unknown', 'The connection ended.');
        case 'answer-lost':
          commit(post);
          throw new EarshotError('outcome-unknown', 'The connection ended.');
        case 'error-after-commit':
          commit(post);
          throw new EarshotError('server-error', 'The square has a problem.');
        case 'commits-late':
          void clock.sleep(lateMs).then(() => commit(post));
          throw new EarshotError('outcome-unknown', 'The connection ended.');
        case 'rate-limited':
          throw new EarshotError('rate-limited', 'Later.', { retryAt: clock.now() + 30_000 });
        case 'refused':
          throw new EarshotError('rejected', 'The square does not want that.');
        case 'expired':
          throw new EarshotError('unauthorized', 'Sign in again.');
      }
    },
    async thread(_context, id) {
      calls.looks++;
      if (!isReadable) throw new EarshotError('unreachable', 'There is no way there.');
      return {
        post: threads.get(id) ?? posts.find((post) => post.id === id) ?? null,
        answers: posts.filter(({ inReplyTo }) => inReplyTo === id),
      };
    },
    async act(_context, action, id) {
      const fate = fates.shift();
      if (fate === 'refused') throw new EarshotError('rejected', 'The square does not want that.');
      if (fate === 'dropped') throw new EarshotError('outcome-unknown', 'The connection ended.');
      acts.push(`${action} ${id}`);
    },
  };
  return {
    calls: square,
    counts: calls,
    posts,
    fates,
    acts,
    threads,
    setReadable: (is: boolean) => {
      isReadable = is;
    },
    /** The brand answers on the square itself. */
    answerElsewhere: (inReplyTo: string, text: string) =>
      commit({ inReplyTo, text, author: brandKey, key: null }),
  };
}

type RepliesMethod = Extract<
  keyof typeof contract,
  `replies.${string}` | `drafts.${string}` | `attachments.${string}` | `savedReplies.${string}`
>;

/** The outbox as a caller has it: input parsed, output checked, time and network in hand. */
export function anOutbox(
  store: WritableStore,
  clock: FakeClock,
  square: ReturnType<typeof aSquare>,
  options: {
    readonly traits?: SquareTraits;
    readonly holdSeconds?: 0 | 5 | 10 | 20 | 30;
    readonly isOneCall?: boolean;
  } = {},
) {
  const events: EngineEvent[] = [];
  const conditions$ = new BehaviorSubject<PollingConditions>({
    online: true,
    asleep: false,
    pollingPaused: false,
  });
  const connector: Connector = squareConnector(square.calls, options.traits);
  const outbox = openOutbox({
    store,
    connectors: new Map([['square', connector]]),
    http: { send: () => Promise.reject(new Error('no network here')), close: () => Promise.resolve() },
    sessionOf: (accountId) => ownSession(store, accountId),
    trackers: createTrackerBook(),
    analyser: wordAnalyser,
    clock,
    logger: silentLogger,
    emit: (event) => void events.push(event),
    conditions$,
    isOneCall: options.isOneCall ?? false,
    settings: async () => settingsSchema.parse({ holdSeconds: options.holdSeconds ?? 0 }),
  });
  async function call<M extends RepliesMethod>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    const handler = outbox.handlers[method] as (input: unknown, context: unknown) => unknown;
    const output = await handler(contract[method].input.parse(input), {
      signal: new AbortController().signal,
    });
    return contract[method].output.parse(output) as MethodOutput<M>;
  }
  return {
    ...outbox,
    call,
    events,
    setOnline: (online: boolean) => conditions$.next({ ...conditions$.value, online }),
    conversation: (conversationId: ConversationId) =>
      contract['conversations.get'].output.parse(
        readConversation(store, conversationId, outbox.answering(conversationId)),
      ),
  };
}

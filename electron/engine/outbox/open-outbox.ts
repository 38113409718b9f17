import type { AccountId, ConversationId } from '../../../shared/model/ids.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { AnsweringFacts } from '../store/queries/conversation-details.ts';
import { newestTarget } from '../store/queries/reply-targets.ts';
import { toRow } from '../store/row-ids.ts';
import { answerersOf } from './answerers.ts';
import { createRepliesHandlers } from './handlers.ts';
import { settledAround } from './one-call.ts';
import { createOutbox, failOrphans, type OutboxDeps, resumeAccount } from './outbox.ts';
import { type OutboxTimings, usualTimings } from './retry-policy.ts';

export interface OpenOutboxDeps extends Omit<OutboxDeps, 'timings'> {
  readonly timings?: OutboxTimings;
  readonly settings: () => Promise<Settings>;
}

/** The outbox of one workspace, with everything that asks it. */
export function openOutbox(options: OpenOutboxDeps) {
  const deps = { ...options, timings: options.timings ?? usualTimings };
  const { store, connectors } = deps;
  const outbox = createOutbox(deps);
  const handlers = createRepliesHandlers({ ...deps, outbox });

  function answering(conversationId: ConversationId): AnsweringFacts {
    const target = newestTarget(store, toRow(conversationId));
    const { able, note } = target ? answerersOf(store, connectors, target) : { able: [], note: null };
    return { answerableBy: able.map(({ accountId }) => accountId), answerNote: note, waits: outbox.waits() };
  }

  return {
    handlers: deps.isOneCall ? settledAround(handlers, () => outbox.settle()) : handlers,
    answering,
    /** Without it everything stays queued. */
    start: (): void => outbox.start(),
    resumeAccount(accountId: AccountId): void {
      resumeAccount(deps, toRow(accountId));
      outbox.poke();
    },
    failOrphans: (): void => failOrphans(deps),
    close: (): Promise<void> => outbox.close(),
  };
}

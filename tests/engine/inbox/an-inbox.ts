import {
  contract,
  type MethodInput,
  type MethodName,
  type MethodOutput,
} from '../../../shared/contract/contract.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import { createConversationsHandlers, createInboxHandlers } from '../../../electron/engine/inbox/handlers.ts';
import type { Store } from '../../../electron/engine/store/store.ts';
import { noon } from '../ingest/fixtures.ts';

type InboxMethod = Extract<MethodName, `inbox.${string}` | `conversations.${string}` | `triage.${string}`>;

/** The handlers as a caller has them: input parsed, output checked, time in hand. */
export function anInbox(store: Store) {
  const events: EngineEvent[] = [];
  const clock = { now: noon, advance: (ms: number) => void (clock.now += ms) };
  const deps = {
    store,
    clock: { now: () => clock.now, sleep: () => Promise.resolve(), random: () => 0 },
    emit: (event: EngineEvent) => void events.push(event),
  };
  const handlers = { ...createInboxHandlers(deps), ...createConversationsHandlers(deps) };
  function call<M extends InboxMethod>(method: M, input: MethodInput<M>): MethodOutput<M> {
    const handler = handlers[method] as (input: unknown, context: unknown) => unknown;
    const output = handler(contract[method].input.parse(input), { signal: new AbortController().signal });
    return contract[method].output.parse(output) as MethodOutput<M>;
  }
  const list = (input: MethodInput<'inbox.list'> = {}): string[] =>
    call('inbox.list', input).items.map(({ externalId }) => externalId);
  return { call, list, events, clock };
}

export type Inbox = ReturnType<typeof anInbox>;

/** Every page of a list, one after the other. */
export function walk(inbox: Inbox, input: MethodInput<'inbox.list'>): MethodOutput<'inbox.list'>[] {
  const pages: MethodOutput<'inbox.list'>[] = [];
  let cursor: string | null = null;
  do {
    const page: MethodOutput<'inbox.list'> = inbox.call('inbox.list', {
      ...input,
      ...(cursor === null ? {} : { cursor }),
    });
    pages.push(page);
    cursor = page.nextCursor;
  } while (cursor !== null && pages.length < 1000);
  return pages;
}

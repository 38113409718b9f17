import type { Reply } from '../../../shared/model/reply.ts';

const ranks: Readonly<Record<Reply['state'], number>> = {
  failed: 0,
  unconfirmed: 1,
  sending: 2,
  queued: 3,
  sent: 4,
  cancelled: 5,
};

/** What needs its writer comes first; within one state the order stays, and a thread reads from its first part on. */
export function urgentFirst(replies: readonly Reply[]): Reply[] {
  return replies.toSorted((a, b) => ranks[a.state] - ranks[b.state] || partOrder(a, b));
}

function partOrder(a: Reply, b: Reply): number {
  if (a.part === null || b.part === null) return 0;
  // The parts of a thread are queued in one step.
  const isOneThread = a.conversationId === b.conversationId && a.createdAt === b.createdAt;
  return isOneThread ? a.part.index - b.part.index : 0;
}

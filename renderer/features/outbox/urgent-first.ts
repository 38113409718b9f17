import type { Reply } from '../../../shared/model/reply.ts';

const ranks: Readonly<Record<Reply['state'], number>> = {
  failed: 0,
  unconfirmed: 1,
  sending: 2,
  queued: 3,
  sent: 4,
  cancelled: 5,
};

/** What needs its writer comes first; within one state the order stays. */
export function urgentFirst(replies: readonly Reply[]): Reply[] {
  return replies.toSorted((a, b) => ranks[a.state] - ranks[b.state]);
}

import type { Mention } from '../../../shared/model/mention.ts';
import type { Reply } from '../../../shared/model/reply.ts';

export type ThreadEntry =
  | { readonly kind: 'mention'; readonly mention: Mention }
  | { readonly kind: 'reply'; readonly reply: Reply };

/** Mentions and our replies in the order of time; what has not left yet stands at the end, as it will arrive there. */
export function threadEntries(mentions: readonly Mention[], replies: readonly Reply[]): ThreadEntry[] {
  const ours = replies.filter(({ action, state }) => action === 'reply' && state !== 'cancelled');
  const sent = ours.filter(({ state }) => state === 'sent');
  const waiting = ours.filter(({ state }) => state !== 'sent');
  const dated = [
    ...mentions.map((mention) => ({ at: mention.publishedAt, entry: { kind: 'mention', mention } as const })),
    ...sent.map((reply) => ({
      at: reply.sentAt ?? reply.createdAt,
      entry: { kind: 'reply', reply } as const,
    })),
  ];
  return [
    ...dated.toSorted((a, b) => a.at - b.at).map(({ entry }) => entry),
    ...waiting
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .map((reply) => ({ kind: 'reply', reply }) as const),
  ];
}

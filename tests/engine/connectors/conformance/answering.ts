import { expect, vi } from 'vitest';
import type {
  IncomingMention,
  ReplyTarget,
  SentReply,
} from '../../../../electron/engine/connectors/connector.ts';
import type { FailureCode } from '../../../../shared/contract/errors.ts';
import { account, type Play, replySupport, targetOf } from './play.ts';
import type { Written } from './stand-in.ts';

/** Says for certain that nothing was posted, and that sending again would change nothing. */
export const refusalCodes: readonly FailureCode[] = [
  'rejected',
  'forbidden',
  'not-found',
  'gone',
  'conflict',
  'unsupported',
  'invalid-input',
  'too-large',
];
/** Has it looked for before anything is sent again. */
export const doubtCodes: readonly FailureCode[] = [
  'outcome-unknown',
  'timeout',
  'server-error',
  'bad-response',
];

/** Somebody's mention, polled, as what is answered. */
export async function mentionToAnswer(play: Play, text = 'a question'): Promise<IncomingMention> {
  const id = play.publish(text, { author: 'asker' });
  const { items } = await play.listener().poll();
  const mention = items.find(({ externalId }) => externalId === id);
  if (!mention) throw new Error('The first poll did not bring what was just published.');
  play.advance(60_000);
  return mention;
}

export async function targetToAnswer(play: Play, text?: string): Promise<ReplyTarget> {
  return targetOf(await mentionToAnswer(play, text));
}

/** What is on the platform with this text. */
export function arrived(play: Play, text: string): readonly Written[] {
  return play.standIn.written().filter((each) => each.text.includes(text));
}

export function expectArrived(
  play: Play,
  sent: SentReply,
  text: string,
  inReplyTo: Pick<ReplyTarget, 'externalId'>,
): void {
  expect(arrived(play, text)).toEqual([
    { externalId: sent.externalId, text: expect.stringContaining(text), inReplyTo: inReplyTo.externalId },
  ]);
  expect(sent.key).not.toBe('');
  if (sent.url !== null) expect(sent.url).toMatch(/^https?:\/\//);
  const told = JSON.stringify(sent);
  for (const secret of play.secrets()) expect(told.includes(secret), 'a secret in the reply').toBe(false);
}

/** What the client gave up on is done a moment after. */
export async function untilWritten(play: Play, text: string): Promise<void> {
  await vi.waitFor(() => expect(arrived(play, text)).toHaveLength(1), { timeout: 2_000, interval: 5 });
}

export function repeatableForMs(play: Play, prepared: unknown): number {
  return replySupport(play).repeatableForMs?.(account(play), prepared) ?? 0;
}

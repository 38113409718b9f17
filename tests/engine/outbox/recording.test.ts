import { expect, it } from 'vitest';
import { aSquareOutbox } from './a-square-outbox.ts';

const secondMs = 1000;

/** Nothing can be stored for a while: the disk is full, or another program has the database. */
function refuseWrites(
  { store }: ReturnType<typeof aSquareOutbox>,
  when: string,
  what = 'UPDATE ON main.replies',
): void {
  store.exec(`CREATE TEMP TRIGGER refused BEFORE ${what} WHEN ${when}
    BEGIN SELECT RAISE(ABORT, 'not now'); END`);
}

it('a reply that went out is not sent again when only that could not be written down', async () => {
  const outside = aSquareOutbox({ traits: { canLook: false } });
  refuseWrites(outside, `new.state = 'sent'`);
  const { replyId } = await outside.queue('Once');
  await outside.clock.advance(20 * secondMs);
  expect(outside.texts()).toEqual(['Once']);
  expect((await outside.get(replyId)).state).toBe('unconfirmed');
  outside.store.exec('DROP TRIGGER refused');
  await outside.clock.advance(100 * secondMs);
  expect(await outside.get(replyId)).toMatchObject({ state: 'sent', platformId: 'p1' });
  expect(outside.texts()).toEqual(['Once']);
});

it('a reply whose outcome could not be written down at all is looked for as soon as it can, without a restart', async () => {
  const outside = aSquareOutbox();
  refuseWrites(outside, `old.state = 'sending'`);
  const { replyId } = await outside.queue('Once');
  await outside.queue('Next');
  await outside.clock.advance(90 * secondMs);
  expect(outside.texts()).toEqual(['Once']);
  outside.store.exec('DROP TRIGGER refused');
  await outside.clock.advance(90 * secondMs);
  expect((await outside.get(replyId)).state).toBe('sent');
  expect(outside.texts()).toEqual(['Once', 'Next']);
});

it('what one call has queued is answered as queued, though nothing could be sent', async () => {
  const outside = aSquareOutbox({ isStarted: false, isOneCall: true });
  outside.store.exec(`INSERT INTO replies (conversation_id, account_id, connector, platform, action, mention_id, state, text,
    via, idempotency_key, created_at, updated_at)
    VALUES (1, 1, 'square', 'square', 'reply', NULL, 'sending', 'Killed', 'earshot', 'k', 1, 1)`);
  refuseWrites(outside, 'true');
  const queued = outside.queue('Hello');
  await outside.clock.advance(60 * secondMs);
  expect((await queued).replyId).toBe('2');
});

it('closes also when what could be taken back cannot be kept as a draft', async () => {
  const outside = aSquareOutbox({ holdSeconds: 10 });
  const { replyId } = await outside.queue('Hello');
  refuseWrites(outside, 'true', 'INSERT ON main.drafts');
  await outside.close();
  expect((await outside.get(replyId)).state).toBe('queued');
});

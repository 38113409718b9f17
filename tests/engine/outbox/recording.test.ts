import { expect, it } from 'vitest';
import { aSquareOutbox } from './a-square-outbox.ts';

const secondMs = 1000;

/** Nothing can be stored for a while: the disk is full, or another program has the database. */
function refuseWrites({ store }: ReturnType<typeof aSquareOutbox>, when: string): void {
  store.exec(`CREATE TEMP TRIGGER refused BEFORE UPDATE ON main.replies WHEN ${when}
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

import { describe, expect, it } from 'vitest';
import { aSquareOutbox } from './a-square-outbox.ts';

const minuteMs = 60_000;

describe('the files of a reply', () => {
  it('go along with every attempt, in their order', async () => {
    const { queue, outbox, clock, square } = aSquareOutbox();
    const add = async (name: string, size: number) => {
      const data = Buffer.alloc(size, 1).toString('base64');
      return (await outbox.call('attachments.add', { name, type: 'image/png', data })).attachmentId;
    };
    const second = await add('b.png', 20);
    const first = await add('a.png', 10);
    square.fates.push('unreachable');
    await queue('Look', {
      attachments: [
        { attachmentId: first, alt: 'A door' },
        { attachmentId: second, alt: '' },
      ],
    });
    await clock.advance(minuteMs);
    expect(square.counts.posts).toBe(2);
    expect(square.posts).toMatchObject([
      { text: 'Look', files: ['a.png: A door, 10 bytes', 'b.png: , 20 bytes'] },
    ]);
  });

  it('that nothing has used for a day are forgotten, however long Earshot runs', async () => {
    const { outbox, clock, store } = aSquareOutbox();
    const data = Buffer.alloc(10, 1).toString('base64');
    await outbox.call('attachments.add', { name: 'a.png', type: 'image/png', data });
    const count = () => store.get<{ count: number }>('SELECT count(*) AS count FROM attachments')?.count;
    clock.jump(23 * 60 * minuteMs);
    await clock.advance(minuteMs);
    expect(count()).toBe(1);
    clock.jump(25 * 60 * minuteMs);
    await clock.advance(minuteMs);
    expect(count()).toBe(0);
  });
});

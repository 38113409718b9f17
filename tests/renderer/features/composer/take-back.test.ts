import { expect, it } from 'vitest';
import {
  type CancelReply,
  restWords,
  takeBackParts,
} from '../../../../renderer/features/composer/take-back.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { ConversationId, ReplyId } from '../../../../shared/model/ids.ts';
import type { Draft } from '../../../../shared/model/reply.ts';

const parts = ['1', '2', '3'] as ReplyId[];

/** An engine in which the first so many parts have left; a part takes those after it along, as a draft if told. */
function anOutbox(leftCount: number) {
  const texts = new Map(parts.map((replyId, index) => [replyId, `part ${index + 1}`]));
  const cancel: CancelReply = ({ replyId, keepsDraft }) => {
    const at = parts.indexOf(replyId);
    if (at < leftCount) return Promise.reject(new EarshotError('conflict', 'It has left already.'));
    const text = parts
      .slice(at)
      .map((each) => texts.get(each))
      .join('\n\n');
    return Promise.resolve({ draft: keepsDraft ? draftOf(text) : null });
  };
  return cancel;
}

const draftOf = (text: string): Draft => ({
  conversationId: '1' as ConversationId,
  text,
  accountId: null,
  inReplyToMentionId: null,
  attachments: [],
  selectionStart: text.length,
  updatedAt: 1,
});

it('takes all parts back while none has left', async () => {
  expect(await takeBackParts(anOutbox(0), parts)).toEqual({ kind: 'all' });
});

it('keeps as a draft what had not left, and loses none of it', async () => {
  expect(await takeBackParts(anOutbox(1), parts)).toEqual({
    kind: 'rest',
    leftCount: 1,
    draft: draftOf('part 2\n\npart 3'),
  });
});

it('says so when everything has left', async () => {
  expect(await takeBackParts(anOutbox(3), parts)).toEqual({ kind: 'none' });
});

it('does not go on when the engine cannot be asked', async () => {
  const asked: string[] = [];
  const broken: CancelReply = ({ replyId }) => {
    asked.push(replyId);
    return Promise.reject(new EarshotError('unreachable', 'No engine.'));
  };
  await expect(takeBackParts(broken, parts)).rejects.toMatchObject({ code: 'unreachable' });
  expect(asked).toEqual(['1']);
});

it('counts what has left', () => {
  expect([restWords(1, 3), restWords(2, 3)]).toEqual([
    'The first of 3 parts has left already; the rest is a draft again',
    '2 of 3 parts have left already; the rest is a draft again',
  ]);
});

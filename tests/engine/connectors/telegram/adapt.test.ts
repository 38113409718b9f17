import { describe, expect, it } from 'vitest';
import { mentionOf } from '../../../../electron/engine/connectors/telegram/adapt.ts';
import { entitiesToDocument } from '../../../../electron/engine/connectors/telegram/entities.ts';
import { messageSchema } from '../../../../electron/engine/connectors/telegram/wire.ts';
import type { Block } from '../../../../shared/model/document.ts';

const botId = 7_100_200_300;
const text = (value: string) => ({ type: 'text', text: value }) as const;
const paragraph = (...children: Extract<Block, { type: 'paragraph' }>['children']): Block => ({
  type: 'paragraph',
  children,
});

describe('a text and its entities', () => {
  it('count in UTF-16 units, so that an emoji before them is two', () => {
    expect(
      entitiesToDocument('😀 bold link code', [
        { type: 'bold', offset: 3, length: 4, url: null },
        { type: 'text_link', offset: 8, length: 4, url: 'https://acme.example/' },
        { type: 'code', offset: 13, length: 4, url: null },
      ]),
    ).toEqual([
      paragraph(
        text('😀 '),
        { type: 'strong', children: [text('bold')] },
        text(' '),
        { type: 'link', href: 'https://acme.example/', children: [text('link')] },
        text(' '),
        { type: 'code', text: 'code' },
      ),
    ]);
  });

  it('may lie inside each other', () => {
    expect(
      entitiesToDocument('so very good', [
        { type: 'bold', offset: 0, length: 12, url: null },
        { type: 'italic', offset: 3, length: 4, url: null },
      ]),
    ).toEqual([
      paragraph(
        { type: 'strong', children: [text('so ')] },
        { type: 'strong', children: [{ type: 'emphasis', children: [text('very')] }] },
        { type: 'strong', children: [text(' good')] },
      ),
    ]);
  });

  it('make quotes, code blocks, lines and addresses without a scheme', () => {
    expect(
      entitiesToDocument('said\nanswer\n\nlet a;\nacme.example a@acme.example', [
        { type: 'blockquote', offset: 0, length: 4, url: null },
        { type: 'pre', offset: 13, length: 6, url: null },
        { type: 'url', offset: 20, length: 12, url: null },
        { type: 'email', offset: 33, length: 14, url: null },
      ]),
    ).toEqual([
      { type: 'quote', children: [paragraph(text('said'))] },
      paragraph(text('answer')),
      { type: 'code', text: 'let a;' },
      paragraph({ type: 'link', href: 'http://acme.example/', children: [text('acme.example')] }, text(' '), {
        type: 'link',
        href: 'mailto:a@acme.example',
        children: [text('a@acme.example')],
      }),
    ]);
  });

  it('lead nowhere but to the web, and may lie', () => {
    expect(
      entitiesToDocument('click', [
        // oxlint-disable-next-line no-script-url -- such addresses are what must not get in
        { type: 'text_link', offset: 0, length: 5, url: 'javascript:alert(1)' },
        { type: 'bold', offset: 3, length: 900, url: null },
        { type: 'bold', offset: 90, length: 2, url: null },
      ]),
    ).toEqual([paragraph(text('cli'), { type: 'strong', children: [text('ck')] })]);
  });
});

// As the vendor’s types describe an update of a forum.
const raw = {
  message_id: 512,
  message_thread_id: 37,
  is_topic_message: true,
  date: 1_763_647_402,
  chat: { id: -1_002_200_110_099, type: 'supergroup', title: 'Brand fans', username: 'brandfans' },
  from: { id: 55_501, is_bot: false, first_name: 'Dana', username: 'dana_ok', language_code: 'en' },
  text: '@brandbot any news on shipping?',
  entities: [{ type: 'mention', offset: 0, length: 9 }],
};
const read = (more: object) => mentionOf(messageSchema.parse({ ...raw, ...more }), botId);

describe('a message', () => {
  it('is a mention with what answering needs', () => {
    expect(read({})).toEqual({
      key: 'telegram/-1002200110099:512',
      externalId: '-1002200110099:512',
      platform: 'telegram',
      kind: 'message',
      title: null,
      document: [paragraph(text('@brandbot any news on shipping?'))],
      url: 'https://t.me/brandfans/512',
      author: {
        key: 'telegram/user/55501',
        name: 'Dana',
        handle: 'dana_ok',
        url: 'https://t.me/dana_ok',
      },
      publishedAt: 1_763_647_402_000,
      rootKey: 'telegram/-1002200110099:37',
      parentKey: null,
      conversationTitle: 'Brand fans',
      language: null,
      isPrivate: false,
      context: {
        chatId: -1_002_200_110_099,
        chatType: 'supergroup',
        chatName: 'brandfans',
        messageId: 512,
        topicId: 37,
        botId,
      },
    });
  });

  it('of a closed group is private and has an address for members', () => {
    expect(read({ chat: { id: -1_002_200_110_099, type: 'supergroup', title: 'Staff' } })).toMatchObject({
      url: 'https://t.me/c/2200110099/512',
      isPrivate: true,
    });
    expect(read({ chat: { id: -4_400, type: 'group', title: 'Small' } })).toMatchObject({
      url: null,
      isPrivate: true,
    });
  });

  it('between two is one private conversation', () => {
    const chat = { id: 55_501, type: 'private', first_name: 'Dana' };
    const plain = { chat, message_thread_id: undefined, is_topic_message: undefined };
    expect(read({ ...plain, reply_to_message: { message_id: 500, chat: { id: 55_501 } } })).toMatchObject({
      rootKey: 'telegram/chat/55501',
      parentKey: 'telegram/55501:500',
      url: null,
      isPrivate: true,
    });
  });

  it('answers what it answers, and not the line that opened its topic or a message of another chat', () => {
    const answering = (message_id: number, id = raw.chat.id) =>
      read({ reply_to_message: { message_id, chat: { id } } });
    expect(answering(500)).toMatchObject({ parentKey: 'telegram/-1002200110099:500' });
    expect(answering(37)).toMatchObject({ parentKey: null });
    expect(answering(500, -1)).toMatchObject({ parentKey: null });
    expect(
      read({
        message_thread_id: undefined,
        is_topic_message: undefined,
        reply_to_message: { message_id: 500, chat: raw.chat },
      }),
    ).toMatchObject({ rootKey: 'telegram/-1002200110099:500' });
  });

  it('of a channel or an anonymous administrator is by the chat, not by Telegram’s stand-in', () => {
    const sender_chat = {
      id: -1_002_200_110_099,
      type: 'supergroup',
      title: 'Brand fans',
      username: 'brandfans',
    };
    const from = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
    expect(read({ sender_chat, from })?.author).toEqual({
      key: 'telegram/chat/-1002200110099',
      name: 'Brand fans',
      handle: 'brandfans',
      url: 'https://t.me/brandfans',
    });
    const channel = { id: -1_001, type: 'channel', title: 'News', username: 'brandnews' };
    expect(read({ chat: channel, from: undefined })).toMatchObject({
      kind: 'post',
      author: { key: 'telegram/chat/-1001', name: 'News' },
    });
  });

  it('names pictures, files and polls, and is nothing when nobody said anything', () => {
    const photo = [{ file_id: 'x', width: 1, height: 1 }];
    expect(read({ text: undefined, caption: 'look', caption_entities: [], photo })?.document).toEqual([
      paragraph(text('look')),
      paragraph({ type: 'emphasis', children: [text('Photo')] }),
    ]);
    expect(
      read({ text: undefined, poll: { question: 'Which?', options: [{ text: 'a' }, { text: 'b' }] } })
        ?.document,
    ).toEqual([
      paragraph(text('Poll: Which?')),
      { type: 'list', ordered: false, items: [[paragraph(text('a'))], [paragraph(text('b'))]] },
    ]);
    expect(read({ text: undefined, new_chat_members: [raw.from] })).toBeNull();
  });
});

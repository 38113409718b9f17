import type { Block } from '../../../../shared/model/document.ts';
import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { entitiesToDocument } from './entities.ts';
import type { TelegramChat, TelegramMessage } from './wire.ts';

export const platform = 'telegram';
const site = 'https://t.me/';

/** Message ids count anew in every chat. */
export const idOf = (chatId: number, messageId: number): string => `${chatId}:${messageId}`;
export const keyOf = (chatId: number, messageId: number): string => `telegram/${idOf(chatId, messageId)}`;
export const userKeyOf = (userId: number): string => `telegram/user/${userId}`;

/** For members alone where the chat has no public name; null where Telegram has no address at all. */
export function pageOf(
  chat: Pick<TelegramChat, 'id' | 'type' | 'username'>,
  messageId: number,
): string | null {
  if (chat.type !== 'supergroup' && chat.type !== 'channel') return null;
  if (chat.username) return `${site}${chat.username}/${messageId}`;
  const inner = /^-100(\d+)$/.exec(String(chat.id))?.[1];
  return inner === undefined ? null : `${site}c/${inner}/${messageId}`;
}

/** Null for what nobody said: joins, pins, changed titles. */
export function mentionOf(message: TelegramMessage, botId: number): IncomingMention | null {
  const { chat, message_id, message_thread_id: threadId, reply_to_message: answered } = message;
  const document = documentOf(message);
  if (document.length === 0) return null;
  const isTopic = message.is_topic_message === true && typeof threadId === 'number';
  // In a topic everything answers the line that opened it, unless it answers something else.
  const isAnswer = answered?.chat.id === chat.id && !(isTopic && answered.message_id === threadId);
  const parentId = isAnswer ? answered.message_id : null;
  return {
    key: keyOf(chat.id, message_id),
    externalId: idOf(chat.id, message_id),
    platform,
    kind: chat.type === 'channel' ? 'post' : 'message',
    title: null,
    document,
    url: pageOf(chat, message_id),
    author: authorOf(message),
    publishedAt: message.date * 1000,
    rootKey: rootOf(message, parentId),
    parentKey: parentId === null ? null : keyOf(chat.id, parentId),
    conversationTitle: titleOf(chat),
    language: null,
    isPrivate: chat.type === 'private' || !chat.username,
    context: {
      chatId: chat.id,
      chatType: chat.type,
      chatName: chat.username ?? null,
      messageId: message_id,
      topicId: isTopic ? threadId : null,
      botId,
    },
  };
}

/** A chat between two is one conversation; elsewhere it is a topic or a chain of answers. */
function rootOf({ chat, message_id, message_thread_id }: TelegramMessage, parentId: number | null): string {
  if (chat.type === 'private') return `telegram/chat/${chat.id}`;
  return keyOf(chat.id, message_thread_id ?? parentId ?? message_id);
}

function authorOf({ chat, from, sender_chat }: TelegramMessage): IncomingMention['author'] {
  // Whoever speaks as a group or channel has a stand-in of Telegram's in `from`.
  const spokesman = sender_chat ?? (from ? null : chat);
  if (spokesman) {
    return {
      key: `telegram/chat/${spokesman.id}`,
      name: titleOf(spokesman) ?? 'Channel',
      handle: spokesman.username ?? null,
      url: spokesman.username ? `${site}${spokesman.username}` : null,
    };
  }
  const name = singleLine(`${from?.first_name ?? ''} ${from?.last_name ?? ''}`);
  return {
    key: userKeyOf(from?.id ?? 0),
    name: name || from?.username || 'Deleted account',
    handle: from?.username ?? null,
    url: from?.username ? `${site}${from.username}` : null,
  };
}

function titleOf({ title, first_name, last_name, username }: TelegramChat): string | null {
  return singleLine(title || `${first_name ?? ''} ${last_name ?? ''}`) || username || null;
}

function documentOf(message: TelegramMessage): Block[] {
  const { text, entities, caption, caption_entities, poll } = message;
  const said = entitiesToDocument(text ?? caption ?? '', (text ? entities : caption_entities) ?? []);
  const blocks: Block[] = [...said];
  const shown = mediaOf(message);
  // Files can be fetched with the bot's token alone, so there is no address to show.
  if (shown !== null) {
    blocks.push({
      type: 'paragraph',
      children: [{ type: 'emphasis', children: [{ type: 'text', text: shown }] }],
    });
  }
  if (poll) {
    const items = poll.options
      .map((option) => singleLine(option.text))
      .filter((option) => option !== '')
      .map((option) => [paragraph(option)]);
    blocks.push(paragraph(`Poll: ${singleLine(poll.question)}`));
    if (items.length > 0) blocks.push({ type: 'list', ordered: false, items });
  }
  return blocks;
}

function mediaOf(message: TelegramMessage): string | null {
  const { sticker, document: file } = message;
  if (message.photo) return 'Photo';
  if (message.animation) return 'Animation';
  if (message.video || message.video_note) return 'Video';
  if (message.voice) return 'Voice message';
  if (message.audio) return 'Audio';
  if (sticker) return singleLine(`Sticker ${sticker.emoji ?? ''}`);
  if (file) return singleLine(`File ${file.file_name ?? ''}`);
  if (message.location) return 'Location';
  return message.contact ? 'Contact' : null;
}

function paragraph(text: string): Block {
  return { type: 'paragraph', children: [{ type: 'text', text }] };
}

import type { Block, Document } from '../../../../shared/model/document.ts';
import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { discordToDocument } from './markdown.ts';
import type { DiscordMessage, DiscordUser } from './wire.ts';

export const platform = 'discord';
const site = 'https://discord.com';

/** Message ids are unique over all of Discord. */
export const keyOf = (messageId: string): string => `discord/${messageId}`;
export const authorKeyOf = (userId: string): string => `discord/user/${userId}`;
export const nameOf = ({ global_name, username }: DiscordUser): string =>
  singleLine(global_name || username) || username;
export const pageOf = (serverId: string, channelId: string, messageId?: string): string =>
  `${site}/channels/${serverId}/${channelId}${messageId === undefined ? '' : `/${messageId}`}`;

/** A channel or thread, as far as its messages need it. */
export interface Place {
  readonly serverId: string;
  readonly serverName: string;
  /** Which bot sees it, and may answer it. */
  readonly botId: string;
  readonly channelId: string;
  readonly name: string;
  readonly isThread: boolean;
  /** Not every member of the server sees it. */
  readonly isPrivate: boolean;
  readonly roleNames: ReadonlyMap<string, string>;
  readonly channelNames: ReadonlyMap<string, string>;
}

/** 0: written · 19: an answer · 20, 23: what somebody had a command of a bot say. */
const kept = new Set([0, 19, 20, 23]);

/** What people wrote, and what the bot itself did. */
export function isWritten(message: DiscordMessage, botId: string): boolean {
  if (!kept.has(message.type)) return false;
  if (message.author.id === botId) return true;
  return message.author.bot !== true && !message.webhook_id;
}

/** Whether it names the bot, or the bot's own role, or answers it. */
export function concerns(
  { mentions, mention_roles, referenced_message }: DiscordMessage,
  botId: string,
  botRoleId: string | null = null,
): boolean {
  if (botRoleId !== null && mention_roles.includes(botRoleId)) return true;
  return mentions.some(({ id }) => id === botId) || referenced_message?.author?.id === botId;
}

/** Discord leaves the text out of what a bot may not read, and this is what is left of it. */
export function looksWithheld(message: DiscordMessage, botId: string): boolean {
  const { content, attachments, embeds, sticker_items, poll, message_snapshots } = message;
  const isEmpty = content === '' && attachments.length === 0 && embeds.length === 0 && !poll;
  if (!isEmpty || sticker_items.length > 0 || message_snapshots.length > 0) return false;
  return message.author.id !== botId && !concerns(message, botId);
}

/** The id of what it answers; null for what starts by itself or passes something on. */
export function answeredId({ message_reference }: Pick<DiscordMessage, 'message_reference'>): string | null {
  return message_reference?.type === 1 ? null : (message_reference?.message_id ?? null);
}

/** `rootId`: of the chain of answers that it ends; a thread is one conversation, however its parts answer each other. */
export function mentionOf(message: DiscordMessage, place: Place, rootId: string): IncomingMention {
  const { id, author } = message;
  const parentId = answeredId(message);
  const startsThread = place.isThread && id === place.channelId;
  const publishedAt = Date.parse(message.timestamp);
  return {
    key: keyOf(id),
    externalId: id,
    platform,
    kind: 'message',
    title: startsThread ? singleLine(place.name) || null : null,
    document: documentOf(message, place),
    url: pageOf(place.serverId, place.channelId, id),
    author: {
      key: authorKeyOf(author.id),
      name: nameOf(author),
      handle: author.username,
      url: `${site}/users/${author.id}`,
    },
    publishedAt: Number.isNaN(publishedAt) ? null : publishedAt,
    rootKey: keyOf(place.isThread ? place.channelId : rootId),
    parentKey: parentId === null ? null : keyOf(parentId),
    conversationTitle: place.isThread
      ? singleLine(place.name) || null
      : singleLine(`#${place.name} in ${place.serverName}`),
    language: null,
    isPrivate: place.isPrivate,
    context: {
      serverId: place.serverId,
      serverName: place.serverName,
      channelId: message.channel_id,
      messageId: id,
      rootId,
      botId: place.botId,
      // Kept, so that looking at it again reads the same.
      roleNames: namesIn(message, /<@&(\d+)>/g, place.roleNames),
      channelNames: namesIn(message, /<#(\d+)>/g, place.channelNames),
    },
  };
}

function namesIn(
  { content, message_snapshots }: DiscordMessage,
  pattern: RegExp,
  names: ReadonlyMap<string, string>,
): Record<string, string> {
  const texts = [content, ...message_snapshots.map(({ message }) => message.content)].join('\n');
  const ids = [...texts.matchAll(pattern)].map(([, id]) => id ?? '');
  return Object.fromEntries(ids.filter((id) => names.has(id)).map((id) => [id, names.get(id) ?? '']));
}

function documentOf(message: DiscordMessage, place: Place): Document {
  const names = {
    users: new Map(message.mentions.map((user) => [user.id, nameOf(user)])),
    roles: place.roleNames,
    channels: place.channelNames,
  };
  const blocks: Block[] = [...discordToDocument(message.content, names)];
  for (const { message: passedOn } of message.message_snapshots) {
    const children = discordToDocument(passedOn.content, names);
    if (children.length > 0) blocks.push({ type: 'quote', children });
  }
  if (message.poll) blocks.push(...pollBlocks(message.poll));
  for (const { name } of message.sticker_items) blocks.push(paragraph(`Sticker: ${singleLine(name)}`));
  for (const { description, filename } of message.attachments) {
    // Its own address is signed anew at every reading and ends after a day; the message's stays.
    const href = pageOf(place.serverId, message.channel_id, message.id);
    const name = singleLine(description || filename) || 'file';
    blocks.push({
      type: 'paragraph',
      children: [{ type: 'link', href, children: [{ type: 'text', text: name }] }],
    });
  }
  return blocks;
}

function pollBlocks({ question, answers }: NonNullable<DiscordMessage['poll']>): Block[] {
  const items = answers
    .map(({ poll_media }) => singleLine(poll_media.text ?? ''))
    .filter((answer) => answer !== '')
    .map((answer) => [paragraph(answer)]);
  return [
    paragraph(`Poll: ${singleLine(question.text ?? '')}`),
    ...(items.length > 0 ? [{ type: 'list' as const, ordered: false, items }] : []),
  ];
}

function paragraph(text: string): Block {
  return { type: 'paragraph', children: [{ type: 'text', text }] };
}

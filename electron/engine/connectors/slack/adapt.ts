import type { Block } from '../../../../shared/model/document.ts';
import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { mrkdwnOfBlocks, mrkdwnToDocument, type MrkdwnNames } from './mrkdwn.ts';
import { timeOfTs } from './timestamp.ts';
import type { SlackMessage } from './wire.ts';

export const platform = 'slack';

/** Where a message stands, as far as it needs that. */
export interface Place {
  readonly teamId: string;
  readonly teamName: string;
  /** `https://workspace.slack.com/` */
  readonly teamUrl: string;
  readonly channelId: string;
  /** Without the sign; '' for a direct message. */
  readonly channelName: string;
  readonly isPrivate: boolean;
}
export interface Person {
  readonly name: string;
  readonly handle: string | null;
}
export interface Self {
  readonly userId: string;
  readonly botId: string | null;
}

/** A `ts` is unique in its channel alone. */
export const idOf = (place: Pick<Place, 'teamId' | 'channelId'>, ts: string): string =>
  `${place.teamId}:${place.channelId}:${ts}`;
export const keyOf = (place: Pick<Place, 'teamId' | 'channelId'>, ts: string): string =>
  `slack/${idOf(place, ts)}`;
export const authorKeyOf = (teamId: string, userId: string): string => `slack/${teamId}/${userId}`;

export function pageOf(
  { teamUrl, channelId }: Pick<Place, 'teamUrl' | 'channelId'>,
  ts: string,
  threadTs: string,
): string | null {
  if (!/^https?:\/\//.test(teamUrl)) return null;
  const page = `${teamUrl.replace(/\/?$/, '/')}archives/${channelId}/p${ts.replace('.', '')}`;
  return threadTs === ts ? page : `${page}?thread_ts=${threadTs}&cid=${channelId}`;
}

export function isOwn({ user, bot_id }: Pick<SlackMessage, 'user' | 'bot_id'>, self: Self): boolean {
  return user === self.userId || (self.botId !== null && bot_id === self.botId);
}

const kept = new Set(['thread_broadcast', 'file_share', 'me_message']);

/** What people wrote, and what the account itself did. */
export function isWritten(message: SlackMessage, self: Self): boolean {
  const { subtype, user, bot_id } = message;
  if (isOwn(message, self)) return !subtype || kept.has(subtype) || subtype === 'bot_message';
  return !bot_id && Boolean(user) && (!subtype || kept.has(subtype));
}

/** Whether it names the account, or stands in a thread that it began. */
export function concerns({ text, parent_user_id }: SlackMessage, { userId }: Self): boolean {
  return new RegExp(`<@${userId}[|>]`).test(text) || parent_user_id === userId;
}

/** Ids of everybody whose name the message needs. */
export function peopleIn(message: SlackMessage): string[] {
  const named = [...mrkdwnOf(message).matchAll(/<@([UW]\w+)[|>]/g)].map(([, id]) => id ?? '');
  return [...(message.user ? [message.user] : []), ...named];
}

const mrkdwnOf = ({ text, blocks }: SlackMessage): string => text || mrkdwnOfBlocks(blocks ?? []);

export function mentionOf(
  message: SlackMessage,
  place: Place,
  self: Self,
  people: ReadonlyMap<string, Person>,
  /** Who and what is named in the text. */
  named: MrkdwnNames,
): IncomingMention {
  const { ts, thread_ts } = message;
  const root = thread_ts ?? ts;
  // What the account wrote carries its bot in one way and its user in another.
  const userId = isOwn(message, self) ? self.userId : (message.user ?? '');
  const author = people.get(userId);
  const files = (message.files ?? []).map(fileBlock).filter((block) => block !== null);
  return {
    key: keyOf(place, ts),
    externalId: idOf(place, ts),
    platform,
    kind: 'message',
    title: null,
    document: [...mrkdwnToDocument(mrkdwnOf(message), named), ...files],
    url: pageOf(place, ts, root),
    author: {
      key: authorKeyOf(place.teamId, userId),
      name: author?.name || singleLine(message.username ?? '') || userId,
      handle: author?.handle ?? null,
      url: null,
    },
    publishedAt: timeOfTs(ts),
    rootKey: keyOf(place, root),
    parentKey: root === ts ? null : keyOf(place, root),
    conversationTitle: singleLine(
      place.channelName === ''
        ? `Direct message in ${place.teamName}`
        : `#${place.channelName} in ${place.teamName}`,
    ),
    language: null,
    isPrivate: place.isPrivate,
    context: {
      ...place,
      ts,
      threadTs: root,
      // Kept, so that looking at it again reads the same.
      named: {
        people: namesIn(message, /<@([UW]\w+)[|>]/g, named.people),
        channels: namesIn(message, /<#(\w+)/g, named.channels),
      },
    },
  };
}

export function namesOf(people: ReadonlyMap<string, Person>): Map<string, string> {
  return new Map([...people].map(([id, { name }]) => [id, name]));
}

function namesIn(
  message: SlackMessage,
  pattern: RegExp,
  names: ReadonlyMap<string, string>,
): Record<string, string> {
  const ids = [...mrkdwnOf(message).matchAll(pattern)].map(([, id]) => id ?? '');
  return Object.fromEntries(ids.filter((id) => names.has(id)).map((id) => [id, names.get(id) ?? '']));
}

function fileBlock({ name, title, permalink }: NonNullable<SlackMessage['files']>[number]): Block | null {
  if (!permalink || !/^https?:\/\//.test(permalink)) return null;
  const text = singleLine(title || name || '') || 'file';
  return {
    type: 'paragraph',
    children: [{ type: 'link', href: permalink, children: [{ type: 'text', text }] }],
  };
}

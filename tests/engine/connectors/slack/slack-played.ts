import type { StandInAnswer } from '../conformance/stand-in-server.ts';

/** What the stand-in is made of: people, channels, messages, and how Slack words its answers. */
export const botToken = 'xoxb-0000000000-1111111111-StandInBotTokenOfTheBrand';
export const userToken = 'xoxp-0000000000-2222222222-StandInUserTokenOfKim';
export const teamId = 'T01BRAND';
export const generalId = 'C01GENERAL';
export const selfId = 'U01BRANDBOT';
export const botIdOfSelf = 'B01BRANDBOT';
export const personId = 'U01KIM';

export interface PlayedMessage {
  readonly ts: string;
  readonly channel: string;
  text: string;
  readonly user: string;
  readonly bot_id?: string;
  readonly thread_ts?: string;
  readonly metadata?: unknown;
  readonly more: Readonly<Record<string, unknown>>;
  readonly reactions: Set<string>;
  isSpoilt?: boolean;
}
export interface PlayedChannel {
  readonly id: string;
  readonly name: string;
  is_member: boolean;
  is_private: boolean;
  is_archived: boolean;
}

export const ok = (body: object = {}): StandInAnswer => ({ status: 200, body: { ok: true, ...body } });
export const no = (error: string, more: object = {}): StandInAnswer => ({
  status: 200,
  body: { ok: false, error, ...more },
});
export const number = (ts: string): bigint => BigInt(ts.replace('.', ''));

const people: Readonly<Record<string, { name: string; real_name: string; display_name: string }>> = {
  [selfId]: { name: 'brandbot', real_name: 'Brand Bot', display_name: '' },
  [personId]: { name: 'kim', real_name: 'Kim Li', display_name: 'Kim' },
};

export function userOf(id: string): object {
  const known = people[id] ?? { name: id.toLowerCase(), real_name: `${id} Real`, display_name: '' };
  const { name, real_name, display_name } = known;
  return { id, name, real_name, profile: { display_name, real_name } };
}

/** Which arguments each method takes, and the scope that it asks for. */
export const methods: Readonly<
  Record<string, { args: string; scope?: string; isWrite?: true; isForm?: true; isForPeople?: true }>
> = {
  'auth.test': { args: '' },
  'users.info': { args: 'user', scope: 'users:read' },
  'users.conversations': { args: 'types exclude_archived limit cursor', scope: 'channels:read' },
  'conversations.info': { args: 'channel', scope: 'channels:read' },
  'conversations.history': {
    args: 'channel oldest latest inclusive limit cursor include_all_metadata',
    scope: 'channels:history',
  },
  'conversations.replies': {
    args: 'channel ts oldest latest inclusive limit cursor include_all_metadata',
    scope: 'channels:history',
  },
  'search.messages': { args: 'query sort sort_dir count page', scope: 'search:read', isForPeople: true },
  'chat.postMessage': {
    args: 'channel thread_ts text unfurl_links unfurl_media metadata reply_broadcast',
    scope: 'chat:write',
    isWrite: true,
  },
  'files.getUploadURLExternal': {
    args: 'filename length alt_txt snippet_type',
    scope: 'files:write',
    isWrite: true,
    isForm: true,
  },
  'files.completeUploadExternal': {
    args: 'files channel_id channels initial_comment thread_ts blocks',
    scope: 'files:write',
    isWrite: true,
  },
  'chat.delete': { args: 'channel ts', scope: 'chat:write', isWrite: true },
  'reactions.add': { args: 'channel timestamp name', scope: 'reactions:write', isWrite: true },
  'reactions.remove': { args: 'channel timestamp name', scope: 'reactions:write', isWrite: true },
};

/** Escaped as Slack wants it, or the run ends. */
export function checkEscaped(text: string): void {
  if (/&(?!amp;|lt;|gt;)|<(?![@#!]|https?:)/.test(text)) throw new Error(`This is not escaped: ${text}`);
}

export const withFraction = (ts: string): string => {
  const [seconds = '0', fraction = ''] = ts.split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
};

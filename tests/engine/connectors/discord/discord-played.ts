import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';
import { readMultipart } from '../http/read-multipart.ts';

/** What the stand-in is made of: people, channels, messages, and how Discord words its answers. */
export const token = 'MTIwMDAwMDAwMDAwMDAwMDAwOQ.Gstand.in-token-of-the-brand-bot';
export const botId = '1200000000000000009';
export const serverId = '1299999999999999999';
export const generalId = '1300000000000000001';
export const view = 1n << 10n;
export const send = 1n << 11n;
export const manage = 1n << 13n;
export const attach = 1n << 15n;
export const history = 1n << 16n;
export const react = 1n << 6n;
export const epoch = 1_420_070_400_000;

export interface PlayedChannel {
  readonly id: string;
  readonly type: number;
  name: string;
  parent_id?: string;
  last_message_id?: string | null;
  permission_overwrites?: { id: string; type: number; allow: string; deny: string }[];
  thread_metadata?: {
    archived: boolean;
    locked: boolean;
    archive_timestamp: string;
    auto_archive_duration: number;
  };
}
export interface PlayedUser {
  readonly id: string;
  readonly username: string;
  readonly global_name: string | null;
  readonly avatar: null;
  readonly bot?: boolean;
}
export interface PlayedMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly type: number;
  content: string;
  readonly author: PlayedUser;
  readonly nonce?: string;
  readonly message_reference?: { message_id: string; channel_id: string; guild_id: string };
  readonly reactions: Set<string>;
  more: object;
  isSpoilt?: boolean;
  edited?: string;
}

export const json = (
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): StandInAnswer => ({
  status,
  ...(body === undefined ? {} : { body }),
  headers: {
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '4',
    'x-ratelimit-reset-after': '1.000',
    'x-ratelimit-bucket': 'abcd1234',
    ...headers,
  },
});
export const problem = (status: number, code: number, message: string, errors?: object): StandInAnswer =>
  json(status, { message, code, ...(errors ? { errors } : {}) });
export const form = (field: string, code: string, message: string): StandInAnswer =>
  problem(400, 50035, 'Invalid Form Body', { [field]: { _errors: [{ code, message }] } });
export const older = (a: string, b: string): number =>
  BigInt(a) < BigInt(b) ? -1 : Number(BigInt(a) > BigInt(b));

/** Every parameter that the calls take. */
export const parameters = new Set(
  'limit before after around content min_id sort_by sort_order offset with_counts'.split(' '),
);

/** What is wrong with a message that is to be posted. */
export function refusedMessage(body: Readonly<Record<string, unknown>>): StandInAnswer | null {
  const { content, nonce } = body;
  if (typeof content !== 'string' || (content.trim() === '' && !Array.isArray(body['attachments']))) {
    return problem(400, 50006, 'Cannot send an empty message');
  }
  if (Array.from(content).length > 2_000) {
    return form('content', 'BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.');
  }
  if (nonce !== undefined && (typeof nonce !== 'string' || nonce.length > 25)) {
    return form('nonce', 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.');
  }
  if (/@(everyone|here)/.test(content) && body['allowed_mentions'] === undefined) {
    throw new Error('Everyone on the server was just called.');
  }
  return null;
}

/** What is wrong with how a page of messages is asked for. */
export function refusedPage(query: URLSearchParams): StandInAnswer | null {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    return form('limit', 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 100.');
  }
  const bounds = ['before', 'after', 'around'].filter((name) => query.has(name));
  if (bounds.length > 1) return form('before', 'EXCLUSIVE', 'before, after and around are exclusive.');
  if (bounds.some((name) => !/^\d+$/.test(query.get(name) ?? ''))) {
    return form('after', 'NUMBER_TYPE_COERCE', 'Value is not snowflake.');
  }
  return null;
}

export const rateLimited: StandInAnswer = {
  status: 429,
  headers: {
    'retry-after': '17',
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': '16.25',
    'x-ratelimit-bucket': 'abcd1234',
    'x-ratelimit-scope': 'user',
  },
  body: { message: 'You are being rate limited.', retry_after: 16.25, global: false },
};

/** What a plain message has besides. */
export const emptyParts = {
  mention_roles: [],
  mention_everyone: false,
  attachments: [],
  embeds: [],
  components: [],
  pinned: false,
  tts: false,
  flags: 0,
};

const mostFileBytes = 10 * 1024 * 1024;

/** A message as JSON, or as a form with its files. Or the answer that says what is wrong with it. */
export function readPost({ headers, json: parse, body }: StandInRequest):
  | {
      readonly message: Readonly<Record<string, unknown>>;
      readonly attachments: readonly object[];
    }
  | StandInAnswer {
  const broken = problem(400, 50109, 'The request body contains invalid JSON.');
  if (headers['content-type'] === 'application/json') {
    const message = parse() as Record<string, unknown> | undefined;
    return message ? { message, attachments: [] } : broken;
  }
  const [payload, ...files] = readMultipart(headers['content-type'], body) ?? [];
  if (payload?.name !== 'payload_json') return broken;
  const message = JSON.parse(payload.content.toString()) as Record<string, unknown>;
  const described = message['attachments'] as {
    id: number;
    filename?: string;
    description?: string | null;
  }[];
  if (files.length > 10) return form('files', 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  if (files.some(({ content }) => content.length > mostFileBytes)) {
    return problem(413, 40005, 'Request entity too large');
  }
  const attachments: object[] = [];
  for (const { id, filename, description } of described) {
    const file = files.find(({ name }) => name === `files[${id}]`);
    if (!file?.fileName) return form('attachments', 'ATTACHMENT_NOT_FOUND', 'Attachment data not found');
    if ((description ?? '').length > 1_024) {
      return form('attachments', 'BASE_TYPE_MAX_LENGTH', 'Must be 1024 or fewer in length.');
    }
    attachments.push({
      id: String(1_500_000_000_000_000_000n + BigInt(id)),
      // Discord keeps few signs in a name.
      filename: (filename ?? file.fileName).replaceAll(/[^\w.-]/g, '_'),
      ...(description ? { description } : {}),
      content_type: file.type,
      size: file.content.length,
      url: `https://cdn.example/${id}?ex=66aa`,
    });
  }
  if (attachments.length !== files.length) throw new Error('A file was sent that no attachment names.');
  return { message, attachments };
}

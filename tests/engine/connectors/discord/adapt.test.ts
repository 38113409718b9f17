import { describe, expect, it } from 'vitest';
import { mentionOf, type Place } from '../../../../electron/engine/connectors/discord/adapt.ts';
import { discordToDocument } from '../../../../electron/engine/connectors/discord/markdown.ts';
import { permissionsIn } from '../../../../electron/engine/connectors/discord/places.ts';
import {
  compareIds,
  idAt,
  idBefore,
  timeOfId,
} from '../../../../electron/engine/connectors/discord/snowflake.ts';
import {
  channelSchema,
  messageSchema,
  serverSchema,
} from '../../../../electron/engine/connectors/discord/wire.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const names = {
  users: new Map([['42', 'Dana_O*']]),
  roles: new Map([['7', 'helpers']]),
  channels: new Map([['9', 'beta']]),
};
const read = (content: string): string => documentText(discordToDocument(content, names));

describe('the text of a message', () => {
  it('has names, emoji, commands and times where Discord has tokens', () => {
    expect(read('<@42> and <@!42>, ask <@&7> in <#9> <:party:123> <a:wave:5> </help:77>')).toBe(
      '@Dana_O* and @Dana_O*, ask @helpers in #beta :party: :wave: /help',
    );
    expect(read('from <t:1763647402:R> to <t:1763651002>')).toBe(
      'from 2025-11-20 14:03 UTC to 2025-11-20 15:03 UTC',
    );
    expect(read('<@1> of <@&2> in <#3>')).toBe('@somebody of @role in #channel');
  });

  it('keeps what looks like HTML or an entity as it was written', () => {
    expect(read('1 <2 and <b>bold</b> &amp; more')).toBe('1 <2 and <b>bold</b> &amp; more');
  });

  it('keeps tokens in code, spoilers without their bars, and lines as lines', () => {
    expect(read('`<@42>` ||secret||\n-# small print')).toBe('<@42> secret\nsmall print');
    expect(discordToDocument('look:```ts\nconst a = <@42>;\n```done', names)).toEqual([
      { type: 'paragraph', children: [{ type: 'text', text: 'look:' }] },
      { type: 'code', text: 'const a = <@42>;' },
      { type: 'paragraph', children: [{ type: 'text', text: 'done' }] },
    ]);
  });

  it('makes an address in angle brackets a link', () => {
    expect(discordToDocument('<https://acme.example/a>', names)).toEqual([
      {
        type: 'paragraph',
        children: [
          {
            type: 'link',
            href: 'https://acme.example/a',
            children: [{ type: 'text', text: 'https://acme.example/a' }],
          },
        ],
      },
    ]);
  });
});

const place: Place = {
  serverId: '1299999999999999999',
  serverName: 'Brand fans',
  botId: '1200000000000000009',
  channelId: '1300000000000000001',
  name: 'general',
  isThread: false,
  isPrivate: false,
  roleNames: names.roles,
  channelNames: names.channels,
};
// As Discord documents an answer with type 19.
const raw = {
  id: '1441000000000000010',
  type: 19,
  channel_id: '1300000000000000001',
  content: '<@1200000000000000009> is the beta open?',
  timestamp: '2026-11-20T14:03:22.114000+00:00',
  edited_timestamp: null,
  author: { id: '900000000000000007', username: 'dana', global_name: 'Dana O.', avatar: null },
  mentions: [{ id: '1200000000000000009', username: 'brandbot', bot: true }],
  attachments: [
    {
      id: '1',
      filename: 'shot.png',
      description: 'the error',
      content_type: 'image/png',
      url: 'https://cdn.example/shot.png?ex=6',
    },
  ],
  embeds: [],
  pinned: false,
  message_reference: {
    message_id: '1440999999999999000',
    channel_id: '1300000000000000001',
    guild_id: '1299999999999999999',
  },
};

describe('a message', () => {
  it('is a mention with its author, its channel and what answering needs', () => {
    expect(mentionOf(messageSchema.parse(raw), place, '1440999999999999000')).toEqual({
      key: 'discord/1441000000000000010',
      externalId: '1441000000000000010',
      platform: 'discord',
      kind: 'message',
      title: null,
      document: [
        { type: 'paragraph', children: [{ type: 'text', text: '@brandbot is the beta open?' }] },
        {
          type: 'paragraph',
          children: [
            {
              type: 'link',
              href: 'https://discord.com/channels/1299999999999999999/1300000000000000001/1441000000000000010',
              children: [{ type: 'text', text: 'the error' }],
            },
          ],
        },
      ],
      url: 'https://discord.com/channels/1299999999999999999/1300000000000000001/1441000000000000010',
      author: {
        key: 'discord/user/900000000000000007',
        name: 'Dana O.',
        handle: 'dana',
        url: 'https://discord.com/users/900000000000000007',
      },
      publishedAt: Date.UTC(2026, 10, 20, 14, 3, 22, 114),
      rootKey: 'discord/1440999999999999000',
      parentKey: 'discord/1440999999999999000',
      conversationTitle: '#general in Brand fans',
      language: null,
      isPrivate: false,
      context: {
        serverId: '1299999999999999999',
        serverName: 'Brand fans',
        channelId: '1300000000000000001',
        messageId: '1441000000000000010',
        rootId: '1440999999999999000',
        botId: '1200000000000000009',
        roleNames: {},
        channelNames: {},
      },
    });
  });

  it('of a thread stands in the conversation of the thread, and a forum post has its title', () => {
    const thread = { ...place, channelId: raw.id, name: 'Beta?', isThread: true };
    expect(mentionOf(messageSchema.parse(raw), thread, '1')).toMatchObject({
      title: 'Beta?',
      conversationTitle: 'Beta?',
      rootKey: `discord/${raw.id}`,
    });
  });

  it('that passes another on quotes it and answers nobody', () => {
    const forwarded = messageSchema.parse({
      ...raw,
      type: 0,
      content: '',
      attachments: [],
      message_reference: { ...raw.message_reference, type: 1 },
      message_snapshots: [{ message: { content: 'the old news' } }],
    });
    expect(mentionOf(forwarded, place, forwarded.id)).toMatchObject({
      parentKey: null,
      document: [{ type: 'quote', children: [{ type: 'paragraph' }] }],
    });
  });
});

describe('ids', () => {
  it('tell the time and their order beyond 2^53', () => {
    // 175928847299117063 is the example in Discord’s documentation: 2016-04-30 11:18:25.796 UTC.
    expect(timeOfId('175928847299117063')).toBe(Date.UTC(2016, 3, 30, 11, 18, 25, 796));
    expect(timeOfId(idAt(1_795_262_400_123))).toBe(1_795_262_400_123);
    expect(idBefore('1441000000000000010')).toBe('1441000000000000009');
    expect(['1441000000000000010', '99', '1441000000000000009'].sort(compareIds)).toEqual([
      '99',
      '1441000000000000009',
      '1441000000000000010',
    ]);
  });
});

describe('permissions in a channel', () => {
  const view = 1n << 10n;
  const server = serverSchema.parse({
    id: '1',
    name: 's',
    owner_id: '99',
    roles: [
      { id: '1', name: '@everyone', permissions: '1024' },
      { id: '2', name: 'mod', permissions: '8' },
      { id: '3', name: 'bot', permissions: '0' },
    ],
  });
  const channel = (...rules: object[]) =>
    channelSchema.parse({ id: '5', type: 0, permission_overwrites: rules });
  const denied = { id: '1', allow: '0', deny: '1024' };
  const isSeen = (member: { id: string; roles: string[] }, ...rules: object[]): boolean =>
    (permissionsIn(server, channel(...rules), member) & view) !== 0n;

  it('come from everybody, then from roles, then from the member, the later over the earlier', () => {
    const bot = { id: '7', roles: ['3'] };
    expect(isSeen(bot)).toBe(true);
    expect(isSeen(bot, denied)).toBe(false);
    expect(isSeen(bot, denied, { id: '3', allow: '1024', deny: '0' })).toBe(true);
    expect(
      isSeen(bot, { id: '3', allow: '1024', deny: '0' }, denied, { id: '7', allow: '0', deny: '1024' }),
    ).toBe(false);
    expect(isSeen({ id: '7', roles: ['2'] }, denied)).toBe(true);
    expect(isSeen({ id: '99', roles: [] }, denied)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { mentionOf } from '../../../../electron/engine/connectors/bluesky/adapt.ts';
import { postSchema } from '../../../../electron/engine/connectors/bluesky/wire.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const fan = 'did:plc:fan000000000000000000000';
const brand = 'did:plc:brand0000000000000000000';
const uri = `at://${fan}/app.bsky.feed.post/3n2s5dn2rvk2t`;
const record = {
  $type: 'app.bsky.feed.post',
  text: 'Is @brand.example.com any good? #acme',
  createdAt: '2019-01-01T00:00:00.000Z',
  langs: ['en-GB'],
  facets: [
    {
      index: { byteStart: 3, byteEnd: 21 },
      features: [{ $type: 'app.bsky.richtext.facet#mention', did: brand }],
    },
  ],
};
const post = {
  uri,
  cid: 'bafyreietpbjz',
  author: {
    did: fan,
    handle: 'fan.example.com',
    displayName: 'Fan',
    avatar: 'https://cdn.example/a.jpg',
    labels: [],
  },
  record,
  replyCount: 1,
  indexedAt: '2026-11-21T03:19:13.568Z',
  viewer: { threadMuted: false },
  labels: [],
};

const adapt = (changes: Record<string, unknown> = {}, of: Record<string, unknown> = {}) =>
  mentionOf(postSchema.parse({ ...post, ...of, record: { ...record, ...changes } }));

describe('a post of Bluesky as a mention', () => {
  it('is dated when the network saw it, and keyed by its address', () => {
    expect(adapt()).toEqual({
      key: uri,
      externalId: uri,
      platform: 'bluesky',
      kind: 'post',
      title: null,
      document: [
        {
          type: 'paragraph',
          children: [
            { type: 'text', text: 'Is ' },
            {
              type: 'link',
              href: `https://bsky.app/profile/${brand}`,
              children: [{ type: 'text', text: '@brand.example.com' }],
            },
            { type: 'text', text: ' any good? #acme' },
          ],
        },
      ],
      url: `https://bsky.app/profile/${fan}/post/3n2s5dn2rvk2t`,
      author: {
        key: fan,
        name: 'Fan',
        handle: 'fan.example.com',
        url: `https://bsky.app/profile/${fan}`,
      },
      publishedAt: Date.UTC(2026, 10, 21, 3, 19, 13, 568),
      rootKey: uri,
      parentKey: null,
      conversationTitle: null,
      language: 'en',
      context: { uri, cid: 'bafyreietpbjz', root: { uri, cid: 'bafyreietpbjz' }, langs: ['en-GB'] },
    });
  });

  it('stands below its parent, in the thread of its root', () => {
    const root = { uri: `at://${brand}/app.bsky.feed.post/3aaaaaaaaaaa2`, cid: 'r' };
    const parent = { uri: `at://${brand}/app.bsky.feed.post/3bbbbbbbbbbb2`, cid: 'p' };
    expect(adapt({ reply: { root, parent } })).toMatchObject({
      kind: 'comment',
      rootKey: root.uri,
      parentKey: parent.uri,
      context: { root },
    });
  });

  it('is the same from a view with counts and pictures as from a bare notification', () => {
    const view = { embed: { $type: 'app.bsky.embed.images#view', images: [] }, likeCount: 3 };
    expect(adapt({}, view)).toEqual(adapt({}, { reason: 'mention', isRead: false }));
  });

  it.each([
    [['en'], 'en'],
    [['pt-BR', 'pt'], 'pt'],
    [['en', 'de'], null],
    [['english'], null],
    [[], null],
    [null, null],
    ['en', null],
  ])('in the languages %j is in %s', (langs, language) => {
    expect(adapt({ langs }).language).toBe(language);
  });

  it('parts paragraphs and lines', () => {
    const { document } = adapt({ text: 'one\ntwo\n\n\nthree\n', facets: [] });
    expect(document).toEqual([
      {
        type: 'paragraph',
        children: [{ type: 'text', text: 'one' }, { type: 'break' }, { type: 'text', text: 'two' }],
      },
      { type: 'paragraph', children: [{ type: 'text', text: 'three' }] },
    ]);
  });

  it('holds what a card, a picture’s description and a quote say', () => {
    const external = { uri: 'https://acme.example/x', title: 'Acme', description: 'The best' };
    expect(documentText(adapt({ embed: { $type: 'app.bsky.embed.external', external } }).document)).toMatch(
      /\nAcme\nThe best$/,
    );
    const image = { $type: 'blob', ref: { $link: 'bafkreiabcdefgh' }, mimeType: 'image/png', size: 1 };
    const media = { $type: 'app.bsky.embed.images', images: [{ alt: 'An Acme phone', image }] };
    const quoted = { uri: `at://${brand}/app.bsky.feed.post/3aaaaaaaaaaa2`, cid: 'c' };
    const both = {
      $type: 'app.bsky.embed.recordWithMedia',
      media,
      record: { $type: 'app.bsky.embed.record', record: quoted },
    };
    const { document } = adapt({ embed: both });
    expect(documentText(document)).toMatch(/\nAn Acme phone\nhttps:\/\/bsky\.app\/profile\/did:plc:brand0/);
    expect(JSON.stringify(document)).toContain(
      `"src":"https://cdn.bsky.app/img/feed_fullsize/plain/${fan}/bafkreiabcdefgh@jpeg"`,
    );
  });

  it('shows no link that is not one to a page', () => {
    const features = [{ $type: 'app.bsky.richtext.facet#link', uri: ['javascript', 'alert(1)'].join(':') }];
    const facets = [{ index: { byteStart: 0, byteEnd: 2 }, features }];
    const external = { uri: 'data:text/html,x', title: 'Acme', description: '' };
    const embed = { $type: 'app.bsky.embed.external', external };
    expect(JSON.stringify(adapt({ facets, embed }).document)).not.toMatch(/"type":"link"/);
  });

  it('names an author without a name by the handle, and knows a handle that does not hold', () => {
    const author = { did: fan, handle: 'handle.invalid', displayName: '  ' };
    expect(adapt({}, { author }).author).toMatchObject({ name: 'handle.invalid', handle: null });
  });

  it.each([
    ['an address of something else', { uri: `at://${fan}/app.bsky.feed.like/3n2s5dn2rvk2t` }],
    ['an address that leads elsewhere', { uri: `at://${fan}/app.bsky.feed.post/../x` }],
    ['no author', { author: undefined }],
    ['a time that is none', { indexedAt: 'soon' }],
    ['no text', { record: { ...record, text: 7 } }],
  ])('is nothing with %s', (_, changes) => {
    expect(postSchema.safeParse({ ...post, ...changes }).success).toBe(false);
  });

  it.each([
    ['facets', 'none'],
    ['facets', [null, 7, {}]],
    ['embed', { $type: 'app.bsky.embed.images', images: 'none' }],
    ['embed', { $type: 7 }],
    ['embed', { $type: 'app.bsky.embed.record', record: { record: null } }],
    ['reply', { root: {}, parent: {} }],
    ['createdAt', 'long ago'],
    ['langs', [7]],
  ])('keeps its text where %s is %j', (field, value) => {
    expect(documentText(adapt({ [field]: value }).document)).toContain(
      'Is @brand.example.com any good? #acme',
    );
  });
});

import { describe, expect, it } from 'vitest';
import {
  commentMention,
  parentIdOf,
  postMention,
} from '../../../../electron/engine/connectors/lemmy/adapt.ts';
import { communityName, settingsSchema } from '../../../../electron/engine/connectors/lemmy/settings.ts';
import { commentViewSchema, postViewSchema } from '../../../../electron/engine/connectors/lemmy/wire.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const options = { server: 'https://lemmy.world', languages: new Map([[37, 'en']]) };

/** As 0.19 gives it; `fan` and the post are of other servers. */
const older = {
  comment: {
    id: 98765,
    creator_id: 42,
    post_id: 555,
    content: 'Has anyone tried **Acme**?\n\n::: spoiler Why\nIt broke <script>x</script>\n:::',
    removed: false,
    deleted: false,
    published: '2026-11-21T03:05:10.123456Z',
    ap_id: 'https://lemmy.example/comment/777',
    local: false,
    path: '0.98001.98765',
    language_id: 37,
  },
  creator: { id: 42, name: 'fan', display_name: 'Fan', actor_id: 'https://lemmy.example/u/fan' },
  post: {
    id: 555,
    name: 'Which vendor?',
    ap_id: 'https://piefed.example/post/9',
    published: '2026-11-21T02:00:00.000000Z',
    locked: false,
  },
  community: { id: 7, name: 'tools' },
};

describe('a comment', () => {
  it('of 0.19 is a mention in the thread of its post', () => {
    const { document, ...mention } = commentMention(commentViewSchema.parse(older), {
      ...options,
      addressOf: (id) => (id === 98001 ? 'https://lemmy.example/comment/700' : null),
    });
    expect(mention).toEqual({
      key: 'https://lemmy.example/comment/777',
      externalId: 'https://lemmy.example/comment/777',
      platform: 'lemmy',
      kind: 'comment',
      title: null,
      url: 'https://lemmy.example/comment/777',
      author: {
        key: 'https://lemmy.example/u/fan',
        name: 'Fan',
        handle: 'fan@lemmy.example',
        url: 'https://lemmy.example/u/fan',
      },
      publishedAt: Date.UTC(2026, 10, 21, 3, 5, 10, 123),
      rootKey: 'https://piefed.example/post/9',
      parentKey: 'https://lemmy.example/comment/700',
      conversationTitle: 'Which vendor?',
      language: 'en',
      context: { server: 'https://lemmy.world', postId: 555, commentId: 98765, personId: 42 },
    });
    expect(documentText(document)).toBe('Has anyone tried Acme?\nWhy\nIt broke');
  });

  it('of 1.0 is the same mention', () => {
    const { published, ...comment } = older.comment;
    const { actor_id, ...creator } = older.creator;
    const newer = {
      ...older,
      comment: { ...comment, published_at: published },
      creator: { ...creator, ap_id: actor_id },
    };
    expect(commentMention(commentViewSchema.parse(newer), options)).toEqual(
      commentMention(commentViewSchema.parse(older), options),
    );
  });

  it('names no parent when that parent is known by an id of this server alone', () => {
    expect(commentMention(commentViewSchema.parse(older), options).parentKey).toBeNull();
  });

  it('that answers the post has the post for its parent', () => {
    const view = { ...older, comment: { ...older.comment, path: '0.98765' } };
    expect(commentMention(commentViewSchema.parse(view), options).parentKey).toBe(
      'https://piefed.example/post/9',
    );
  });

  it.each([
    ['0.5', null],
    ['0.5.7', 5],
    ['0.5.7.9', 7],
    ['', null],
  ])('with the path %j answers %j', (path, parent) => {
    expect(parentIdOf(path)).toBe(parent);
  });
});

describe('a post', () => {
  it('says where it leads below its text, and has a date without Z read as UTC', () => {
    const mention = postMention(
      postViewSchema.parse({
        post: {
          ...older.post,
          published: '2026-11-21T02:00:00.000000',
          body: 'Look',
          url: 'https://acme.example/new',
        },
        creator: older.creator,
      }),
      options,
    );
    expect(mention).toMatchObject({
      kind: 'post',
      title: 'Which vendor?',
      publishedAt: Date.UTC(2026, 10, 21, 2),
      parentKey: null,
      rootKey: 'https://piefed.example/post/9',
    });
    expect(documentText(mention.document)).toBe('Look\nhttps://acme.example/new');
  });
});

describe('settings', () => {
  it.each([
    ['!tools@lemmy.world', 'tools@lemmy.world'],
    ['https://lemmy.world/c/tools', 'tools@lemmy.world'],
    ['https://lemmy.ml/c/tools@lemmy.world/', 'tools@lemmy.world'],
    ['c/tools', 'tools'],
  ])('read the community %s as %s', (typed, name) => expect(communityName(typed)).toBe(name));

  it.each([
    ['lemmy.world', 'https://lemmy.world'],
    ['https://lemmy.world/c/tools', 'https://lemmy.world'],
    ['http://localhost:8536', 'http://localhost:8536'],
  ])('read the server %s as %s', (server, origin) => {
    expect(settingsSchema.parse({ server })).toMatchObject({ what: 'search', server: origin });
  });

  it('want a community to listen to one, and a server that is an address', () => {
    expect(settingsSchema.safeParse({ what: 'community', server: 'lemmy.world' }).success).toBe(false);
    expect(settingsSchema.safeParse({ server: 'https://name:secret@lemmy.world' }).success).toBe(false);
  });
});

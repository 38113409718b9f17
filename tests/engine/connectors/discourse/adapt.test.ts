import { describe, expect, it } from 'vitest';
import { isShown, postMention } from '../../../../electron/engine/connectors/discourse/adapt.ts';
import { serverSchema } from '../../../../electron/engine/connectors/discourse/settings.ts';
import { type DiscoursePost, postSchema } from '../../../../electron/engine/connectors/discourse/wire.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const server = 'https://forum.example';
const given = {
  id: 90211,
  username: 'Mira',
  name: 'Mira M',
  avatar_template: '/user_avatar/forum.example/mira/{size}/7_2.png',
  created_at: '2026-11-20T09:15:02.114Z',
  updated_at: '2026-11-20T09:15:02.114Z',
  cooked: '<p>Has anyone tried <a class="mention" href="/u/acme">@acme</a>?</p><script>x</script>',
  raw: 'Has anyone tried @acme?',
  post_number: 4,
  post_type: 1,
  reply_to_post_number: 2,
  topic_id: 5512,
  topic_slug: 'tool-talk',
  topic_title: 'Tool talk',
  version: 1,
  hidden: false,
  user_deleted: false,
  deleted_at: null,
};
const post = (more: object = {}): DiscoursePost => postSchema.parse({ ...given, ...more });

describe('a post', () => {
  it('is a mention in its topic, below what it answers', () => {
    const { document, ...mention } = postMention(post(), { server });
    expect(mention).toEqual({
      key: 'https://forum.example/t/5512/4',
      externalId: '90211',
      platform: 'discourse',
      kind: 'comment',
      title: null,
      url: 'https://forum.example/t/tool-talk/5512/4',
      author: {
        key: 'https://forum.example/u/mira',
        name: 'Mira M',
        handle: 'Mira',
        url: 'https://forum.example/u/Mira',
      },
      publishedAt: Date.UTC(2026, 10, 20, 9, 15, 2, 114),
      rootKey: 'https://forum.example/t/5512/1',
      parentKey: 'https://forum.example/t/5512/2',
      conversationTitle: 'Tool talk',
      language: null,
      context: { server, topicId: 5512, postNumber: 4, postId: 90211 },
    });
    expect(documentText(document)).toBe('Has anyone tried @acme?');
    expect(JSON.stringify(document)).toContain('https://forum.example/u/acme');
  });

  it('that names no other one answers the topic', () => {
    const { parentKey } = postMention(post({ reply_to_post_number: null }), { server });
    expect(parentKey).toBe('https://forum.example/t/5512/1');
  });

  it('that begins a topic has its title and no parent', () => {
    const first = post({ post_number: 1, reply_to_post_number: null });
    expect(postMention(first, { server })).toMatchObject({
      kind: 'post',
      title: 'Tool talk',
      parentKey: null,
      key: 'https://forum.example/t/5512/1',
      rootKey: 'https://forum.example/t/5512/1',
    });
  });

  it.each([
    [{}, true],
    [{ post_type: 3 }, false],
    [{ post_type: 4 }, false],
    [{ hidden: true }, false],
    [{ user_deleted: true }, false],
    [{ deleted_at: '2026-11-21T00:00:00.000Z' }, false],
  ])('with %j is shown: %s', (more, expected) => expect(isShown(post(more))).toBe(expected));
});

describe('the address of a forum', () => {
  it.each([
    ['forum.example', 'https://forum.example'],
    ['https://forum.example/', 'https://forum.example'],
    ['https://forum.example/t/tool-talk/5512/4', 'https://forum.example'],
    ['https://acme.example/community/c/help/7', 'https://acme.example/community'],
    ['https://acme.example/community/latest.rss', 'https://acme.example/community'],
    ['http://localhost:3000', 'http://localhost:3000'],
  ])('%s is read as %s', (typed, address) => expect(serverSchema.parse(typed)).toBe(address));

  it.each(['', 'ftp://forum.example', 'https://me:secret@forum.example'])('%j is refused', (typed) =>
    expect(serverSchema.safeParse(typed).success).toBe(false),
  );
});

import { describe, expect, it } from 'vitest';
import {
  commentMention,
  postMention,
  siteOrigin,
} from '../../../../electron/engine/connectors/stackexchange/adapt.ts';
import { settingsSchema, siteSchema } from '../../../../electron/engine/connectors/stackexchange/settings.ts';
import { commentSchema, postSchema } from '../../../../electron/engine/connectors/stackexchange/wire.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const place = { site: 'stackoverflow', questionId: 79100001, questionTitle: 'How do I sync "widgets"?' };
const answer = {
  post_id: 79100044,
  post_type: 'answer',
  body: '<p>I used <a href="/q/1">Acme</a> for that<script>x</script></p>',
  owner: {
    user_id: 991,
    display_name: 'Kim &amp; &#39;Co&#39;',
    reputation: 1204,
    user_type: 'registered',
    link: 'https://stackoverflow.com/users/991/kim',
  },
  creation_date: 1795190400,
  link: 'https://stackoverflow.com/a/79100044',
};

describe('an answer', () => {
  it('stands under its question, with names and titles unescaped', () => {
    const { document, ...mention } = postMention(postSchema.parse(answer), place);
    expect(mention).toEqual({
      key: 'stackoverflow/posts/79100044',
      externalId: '79100044',
      platform: 'stackexchange',
      kind: 'comment',
      title: null,
      url: 'https://stackoverflow.com/a/79100044',
      author: {
        key: 'stackoverflow/users/991',
        name: "Kim & 'Co'",
        handle: null,
        url: 'https://stackoverflow.com/users/991/kim',
      },
      publishedAt: 1795190400_000,
      rootKey: 'stackoverflow/posts/79100001',
      parentKey: 'stackoverflow/posts/79100001',
      conversationTitle: 'How do I sync "widgets"?',
      language: null,
      context: { ...place, postId: 79100044, commentId: null },
    });
    expect(documentText(document)).toBe('I used Acme for that');
  });

  it('of somebody who was deleted has a name and no key', () => {
    const owner = { display_name: 'user123', user_type: 'does_not_exist' };
    expect(postMention(postSchema.parse({ ...answer, owner }), place).author).toEqual({
      key: null,
      name: 'user123',
      handle: null,
      url: null,
    });
  });
});

describe('a question', () => {
  it('begins its conversation', () => {
    const question = { ...answer, post_id: 79100001, post_type: 'question', link: undefined };
    expect(postMention(postSchema.parse(question), place)).toMatchObject({
      kind: 'post',
      title: 'How do I sync "widgets"?',
      parentKey: null,
      rootKey: 'stackoverflow/posts/79100001',
      url: 'https://stackoverflow.com/q/79100001',
    });
  });
});

describe('a comment', () => {
  it('has an id of its own kind, and stands under its post', () => {
    const comment = {
      comment_id: 79100044,
      post_id: 79100044,
      body: 'Why <i>that</i>?',
      creation_date: 1795190500,
    };
    expect(commentMention(commentSchema.parse(comment), place)).toMatchObject({
      key: 'stackoverflow/comments/79100044',
      externalId: 'comment-79100044',
      parentKey: 'stackoverflow/posts/79100044',
      rootKey: 'stackoverflow/posts/79100001',
      url: 'https://stackoverflow.com/q/79100044#comment79100044_79100044',
    });
  });
});

describe('a site', () => {
  it.each([
    ['stackoverflow', 'stackoverflow', 'https://stackoverflow.com'],
    ['https://stackoverflow.com/questions/1/x', 'stackoverflow', 'https://stackoverflow.com'],
    ['unix.stackexchange.com', 'unix', 'https://unix.stackexchange.com'],
    ['meta.stackexchange.com', 'meta', 'https://meta.stackexchange.com'],
    ['meta.stackoverflow.com', 'meta.stackoverflow', 'https://meta.stackoverflow.com'],
    ['es.stackoverflow.com', 'es.stackoverflow', 'https://es.stackoverflow.com'],
    ['mathoverflow.net', 'mathoverflow.net', 'https://mathoverflow.net'],
  ])('%s is %s, read at %s', (typed, site, origin) => {
    expect(siteSchema.parse(typed)).toBe(site);
    expect(siteOrigin(site)).toBe(origin);
  });

  it('is told from what is none', () => expect(siteSchema.safeParse('what is this?').success).toBe(false));
});

describe('tags', () => {
  it('may be apart in any way, and are one to five', () => {
    expect(settingsSchema.parse({ what: 'tags', tags: 'Acme; widgets,acme' }).tags).toBe('acme widgets');
    expect(settingsSchema.safeParse({ what: 'tags', tags: ' ' }).success).toBe(false);
    expect(settingsSchema.safeParse({ what: 'tags', tags: 'a b c d e f' }).success).toBe(false);
  });
});

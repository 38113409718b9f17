import { describe, expect, it } from 'vitest';
import { mentionOf } from '../../../../electron/engine/connectors/hackernews/adapt.ts';
import { hitSchema } from '../../../../electron/engine/connectors/hackernews/wire.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const comment = {
  objectID: '47000123',
  created_at: '2026-11-20T18:04:11Z',
  created_at_i: 1795197851,
  author: 'kate_dev',
  title: null,
  url: null,
  points: null,
  num_comments: null,
  story_text: null,
  comment_text:
    'We moved to Acme Widget last year.<p>Support is slow, but it&#x27;s <i>solid</i>. <a href="https:&#x2F;&#x2F;acme.example&#x2F;x" rel="nofollow">https:&#x2F;&#x2F;acme.example&#x2F;x</a><p><pre><code>  a &lt; b\n</code></pre>',
  story_id: 47000001,
  story_title: 'Ask HN: What do you use for widgets?',
  story_url: null,
  parent_id: 47000088,
  _tags: ['comment', 'author_kate_dev', 'story_47000001'],
  something_new: { of: 'tomorrow' },
};

const story = {
  objectID: '47000001',
  created_at_i: 1795190000,
  author: 'bo',
  title: 'Show HN:  Acme',
  url: 'https://acme.example/launch?x=1',
  story_text: null,
  _tags: ['story', 'author_bo', 'story_47000001', 'show_hn'],
};

const adapt = (hit: unknown) => mentionOf(hitSchema.parse(hit));

describe('an item of Hacker News as a mention', () => {
  it('is a comment in the conversation of its story', () => {
    const { document, ...rest } = adapt(comment);
    expect(rest).toEqual({
      key: 'hn/47000123',
      externalId: '47000123',
      platform: 'hackernews',
      kind: 'comment',
      title: null,
      url: 'https://news.ycombinator.com/item?id=47000123',
      author: {
        key: 'kate_dev',
        name: 'kate_dev',
        handle: 'kate_dev',
        url: 'https://news.ycombinator.com/user?id=kate_dev',
      },
      publishedAt: 1795197851000,
      rootKey: 'hn/47000001',
      parentKey: 'hn/47000088',
      conversationTitle: 'Ask HN: What do you use for widgets?',
      language: null,
    });
    const text = documentText(document);
    expect(text).toContain("We moved to Acme Widget last year.\nSupport is slow, but it's solid.");
    expect(text).toContain('a < b');
    expect(JSON.stringify(document)).toContain('"href":"https://acme.example/x"');
  });

  it('is a story that starts its own conversation and shows where it leads', () => {
    expect(adapt(story)).toMatchObject({
      key: 'hn/47000001',
      kind: 'post',
      title: 'Show HN: Acme',
      rootKey: 'hn/47000001',
      parentKey: null,
      conversationTitle: 'Show HN: Acme',
      url: 'https://news.ycombinator.com/item?id=47000001',
      document: [
        {
          type: 'paragraph',
          children: [
            {
              type: 'link',
              href: 'https://acme.example/launch?x=1',
              children: [{ type: 'text', text: 'https://acme.example/launch?x=1' }],
            },
          ],
        },
      ],
    });
  });

  it('shows no link that is not one to a page', () => {
    expect(adapt({ ...story, url: ['javascript', 'alert(1)'].join(':') }).document).toEqual([]);
    expect(adapt({ ...story, url: 'not an address' }).document).toEqual([]);
  });

  it.each([
    ['objectID', undefined],
    ['objectID', 'x/../1'],
    ['author', null],
    ['author', ''],
    ['created_at_i', '2026'],
    ['created_at_i', null],
  ])('is nothing with %s %j', (field, value) => {
    expect(hitSchema.safeParse({ ...comment, [field]: value }).success).toBe(false);
  });

  it('bears what may be missing', () => {
    const bare = adapt({ objectID: '1', created_at_i: 1, author: 'a' });
    expect(bare).toMatchObject({ title: null, document: [], conversationTitle: null, rootKey: 'hn/1' });
    expect(adapt({ ...comment, story_id: null, parent_id: null })).toMatchObject({
      rootKey: 'hn/47000123',
      parentKey: null,
    });
  });
});

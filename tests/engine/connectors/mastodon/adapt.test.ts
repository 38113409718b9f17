import { describe, expect, it } from 'vitest';
import {
  asRoot,
  comparableContent,
  comparableText,
  mentionOf,
  threadUnder,
  visibilityOfReply,
  withMentions,
} from '../../../../electron/engine/connectors/mastodon/adapt.ts';
import { type MastodonStatus, statusSchema } from '../../../../electron/engine/connectors/mastodon/wire.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const server = 'https://social.example';

/** As a tag timeline gives it, with the fields that nobody reads. */
const sample = {
  id: '115581234567890123',
  uri: 'https://other.example/users/fan/statuses/115581230000000000',
  url: 'https://other.example/@fan/115581230000000000',
  created_at: '2026-11-21T03:10:05.000Z',
  edited_at: null,
  content:
    '<p>Is <span class="h-card"><a href="https://social.example/@brand" class="u-url mention">@<span>brand</span></a></span> any good? <a href="https://social.example/tags/acme" class="mention hashtag" rel="tag">#<span>acme</span></a></p>',
  spoiler_text: '',
  visibility: 'public',
  language: 'en',
  sensitive: false,
  in_reply_to_id: null,
  replies_count: 1,
  quotes_count: 0,
  reblog: null,
  media_attachments: [],
  mentions: [{ id: '7', username: 'brand', acct: 'brand', url: 'https://social.example/@brand' }],
  tags: [{ name: 'acme', url: 'https://social.example/tags/acme' }],
  account: {
    id: '9001',
    username: 'fan',
    acct: 'fan@other.example',
    display_name: 'Fan',
    url: 'https://other.example/@fan',
  },
};

function status(more: object = {}): MastodonStatus {
  return statusSchema.parse({ ...sample, ...more });
}
const mention = (more: object = {}): ReturnType<typeof mentionOf> => {
  const read = status(more);
  return mentionOf(read, server, asRoot(read));
};
const textOf = (more: object): string => documentText(mention(more).document);

describe('a status as a mention', () => {
  it('is known by what is the same on every server', () => {
    expect(mention()).toMatchObject({
      key: 'https://other.example/users/fan/statuses/115581230000000000',
      externalId: '115581234567890123',
      platform: 'mastodon',
      kind: 'post',
      title: null,
      url: 'https://other.example/@fan/115581230000000000',
      author: {
        key: 'https://other.example/@fan',
        name: 'Fan',
        handle: 'fan@other.example',
        url: 'https://other.example/@fan',
      },
      publishedAt: Date.UTC(2026, 10, 21, 3, 10, 5),
      rootKey: 'https://other.example/users/fan/statuses/115581230000000000',
      parentKey: null,
      language: 'en',
      isPrivate: false,
      context: { server, id: '115581234567890123', accountId: '9001' },
    });
    expect(textOf({})).toBe('Is @brand any good? #acme');
  });

  it('has the content warning before its text, the choices of a poll and what pictures show behind it', () => {
    const text = textOf({
      spoiler_text: 'about food',
      poll: { options: [{ title: 'Yes' }, { title: 'No' }] },
      media_attachments: [
        { type: 'image', url: 'https://files.example/1.png', description: 'An earshot poster' },
        { type: 'video', url: null, remote_url: 'https://other.example/2.mp4', description: null },
        { type: 'unknown', url: null, description: 'lost' },
      ],
    });
    expect(text.split('\n')).toEqual([
      'about food',
      'Is @brand any good? #acme',
      'Yes',
      'No',
      'An earshot poster',
      'https://other.example/2.mp4',
    ]);
  });

  it('has whole addresses, also where the server hides parts of them', () => {
    const content =
      '<p>See <a href="https://a.example/long/path?x=1"><span class="invisible">https://</span><span class="ellipsis">a.example/long</span><span class="invisible">/path?x=1</span></a></p>';
    expect(textOf({ content })).toBe('See https://a.example/long/path?x=1');
  });

  it.each([
    ['public', false, 'post'],
    ['unlisted', false, 'post'],
    ['private', true, 'post'],
    ['direct', true, 'message'],
    ['mutuals_only', true, 'post'],
  ])('of visibility %s: private %s', (visibility, isPrivate, kind) => {
    expect(mention({ visibility })).toMatchObject({ isPrivate, kind });
  });

  it('names an account of the server itself with its server', () => {
    const account = { id: '7', username: 'brand', acct: 'brand', url: 'https://social.example/@brand' };
    expect(mention({ account }).author).toMatchObject({ name: 'brand', handle: 'brand@social.example' });
  });

  it.each([
    ['zh-CN', 'zh'],
    ['EN', 'en'],
    [null, null],
    ['english', null],
  ])('of language %s is of %s', (language, expected) => {
    expect(mention({ language }).language).toBe(expected);
  });

  it('stands under what is above it', () => {
    const answer = status({ id: '3', uri: 'https://x.example/3', in_reply_to_id: '2' });
    const above = [
      status({ id: '1', uri: 'https://x.example/1' }),
      status({ id: '2', uri: 'https://x.example/2', in_reply_to_id: '1' }),
    ];
    expect(threadUnder(above, answer)).toEqual({
      rootKey: 'https://x.example/1',
      parentKey: 'https://x.example/2',
    });
    expect(threadUnder([], answer)).toEqual({ rootKey: 'https://x.example/3', parentKey: null });
  });
});

describe('an answer', () => {
  it.each([
    ['public', 'unlisted'],
    ['unlisted', 'unlisted'],
    ['private', 'private'],
    ['direct', 'direct'],
    ['local', 'direct'],
  ])('to what is %s is %s', (visibility, expected) => {
    expect(visibilityOfReply(visibility)).toBe(expected);
  });

  it.each([
    ['Thanks!', ['fan@other.example'], '@fan@other.example Thanks!'],
    ['Thanks, @fan@other.example!', ['fan@other.example'], 'Thanks, @fan@other.example!'],
    ['Thanks @FAN@Other.Example.', ['fan@other.example'], 'Thanks @FAN@Other.Example.'],
    ['@fan hi', ['fan@other.example'], '@fan@other.example @fan hi'],
    ['@fanny@other.example hi', ['fan@other.example'], '@fan@other.example @fanny@other.example hi'],
    [
      'see https://a.example/@fan@other.example',
      ['fan@other.example'],
      '@fan@other.example see https://a.example/@fan@other.example',
    ],
    ['@fan hi', ['fan'], '@fan hi'],
    ['hi', ['a', 'b@c.example'], '@a @b@c.example hi'],
    ['hi', [], 'hi'],
  ])('%j names %j', (text, handles, expected) => {
    expect(withMentions(text, handles)).toBe(expected);
  });

  it('is known again in the HTML that the server made of it', () => {
    const content =
      '<p><span class="h-card"><a href="https://other.example/@fan" class="u-url mention">@<span>fan</span></a></span> Thanks &amp; <br>bye</p><p>See <a href="https://a.example/x"><span class="invisible">https://</span><span class="">a.example/x</span></a></p>';
    const typed = '@fan@other.example Thanks & \nbye\n\nSee https://a.example/x';
    expect(comparableContent(status({ content }))).toBe(comparableText(typed));
  });
});

import { describe, expect, it } from 'vitest';
import { isWritten, mentionOf } from '../../../../electron/engine/connectors/slack/adapt.ts';
import {
  escapeText,
  mrkdwnOfBlocks,
  mrkdwnToDocument,
} from '../../../../electron/engine/connectors/slack/mrkdwn.ts';
import {
  compareTs,
  laterTs,
  timeOfTs,
  tsAt,
} from '../../../../electron/engine/connectors/slack/timestamp.ts';
import { messageSchema } from '../../../../electron/engine/connectors/slack/wire.ts';
import type { Block } from '../../../../shared/model/document.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const names = { people: new Map([['U07DANA', 'Dana']]), channels: new Map([['C9', 'beta']]) };
const read = (text: string): string => documentText(mrkdwnToDocument(text, names));
const text = (value: string) => ({ type: 'text', text: value }) as const;
const paragraph = (...children: Extract<Block, { type: 'paragraph' }>['children']): Block => ({
  type: 'paragraph',
  children,
});

describe('Slack’s markup', () => {
  it('has names, links and dates where Slack has tokens', () => {
    expect(read('<@U07DANA> and <@U1|ben> and <@U2> in <#C1|help> <#C9> <#C8|>')).toBe(
      '@Dana and @ben and @somebody in #help #beta #channel',
    );
    expect(
      read('<!here> <!subteam^S1|@crew> <!date^1763647402^{date}|Nov 20> <!date^1763647402^{date}>'),
    ).toBe('@here @crew Nov 20 2025-11-20 14:03 UTC');
    expect(
      mrkdwnToDocument(
        '<https://acme.example/?a=1&amp;b=2|the page> <mailto:a@acme.example|a@acme.example>',
        names,
      ),
    ).toEqual([
      paragraph(
        { type: 'link', href: 'https://acme.example/?a=1&b=2', children: [text('the page')] },
        text(' '),
        { type: 'link', href: 'mailto:a@acme.example', children: [text('a@acme.example')] },
      ),
    ]);
  });

  it('makes nothing of an address that is none of ours', () => {
    expect(mrkdwnToDocument('<javascript:alert(1)|click>', names)).toEqual([paragraph(text('click'))]);
  });

  it('shows signs as they were typed', () => {
    expect(read('1 &lt; 2 &amp;&amp; 3 &gt; 2, &amp;lt; too')).toBe('1 < 2 && 3 > 2, &lt; too');
    expect(escapeText('1 < 2 && <b> &amp;')).toBe('1 &lt; 2 &amp;&amp; &lt;b&gt; &amp;amp;');
  });

  it('sets strong words, emphasis, code, quotes and lines', () => {
    expect(mrkdwnToDocument('*so* _it_ is `x*y*` 2*3*4 snake_case_name', names)).toEqual([
      paragraph(
        { type: 'strong', children: [text('so')] },
        text(' '),
        { type: 'emphasis', children: [text('it')] },
        text(' is '),
        { type: 'code', text: 'x*y*' },
        text(' 2*3*4 snake_case_name'),
      ),
    ]);
    expect(mrkdwnToDocument('&gt; said\nanswer\nmore\n```a &lt; b```', names)).toEqual([
      { type: 'quote', children: [paragraph(text('said'))] },
      paragraph(text('answer'), { type: 'break' }, text('more')),
      { type: 'code', text: 'a < b' },
    ]);
  });

  it('is read from blocks where there is nothing else', () => {
    const blocks = [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'user', user_id: 'U07DANA' },
              { type: 'text', text: ' likes 1 < 2 ' },
              { type: 'emoji', name: 'tada' },
              { type: 'link', url: 'https://acme.example/', text: 'Acme' },
            ],
          },
        ],
      },
      { type: 'section', text: { type: 'mrkdwn', text: '*more*' } },
      7,
    ];
    expect(read(mrkdwnOfBlocks(blocks))).toBe('@Dana likes 1 < 2 :tada:Acme\nmore');
  });
});

const place = {
  teamId: 'T01',
  teamName: 'Brand fans',
  teamUrl: 'https://brand.slack.com/',
  channelId: 'C1',
  channelName: 'general',
  isPrivate: false,
};
const self = { userId: 'UBOT', botId: 'BBOT' };

describe('a message', () => {
  it('is a mention; a reply leads to its place in the thread', () => {
    const raw = {
      type: 'message',
      user: 'U07DANA',
      text: 'Anyone else?',
      ts: '1763649001.000100',
      thread_ts: '1763647402.000200',
      parent_user_id: 'UBOT',
      files: [{ id: 'F1', name: 'a.png', title: 'A shot', permalink: 'https://brand.slack.com/files/F1' }],
    };
    const people = new Map([['U07DANA', { name: 'Dana', handle: 'dana' }]]);
    expect(mentionOf(messageSchema.parse(raw), place, self, people, names)).toEqual({
      key: 'slack/T01:C1:1763649001.000100',
      externalId: 'T01:C1:1763649001.000100',
      platform: 'slack',
      kind: 'message',
      title: null,
      document: [
        paragraph(text('Anyone else?')),
        paragraph({ type: 'link', href: 'https://brand.slack.com/files/F1', children: [text('A shot')] }),
      ],
      url: 'https://brand.slack.com/archives/C1/p1763649001000100?thread_ts=1763647402.000200&cid=C1',
      author: { key: 'slack/T01/U07DANA', name: 'Dana', handle: 'dana', url: null },
      publishedAt: 1_763_649_001_000,
      rootKey: 'slack/T01:C1:1763647402.000200',
      parentKey: 'slack/T01:C1:1763647402.000200',
      conversationTitle: '#general in Brand fans',
      language: null,
      isPrivate: false,
      context: {
        ...place,
        ts: '1763649001.000100',
        threadTs: '1763647402.000200',
        named: { people: {}, channels: {} },
      },
    });
  });

  it('counts when people wrote it, or we ourselves', () => {
    const is = (more: object): boolean =>
      isWritten(messageSchema.parse({ ts: '1.000001', text: 'x', ...more }), self);
    expect(is({ user: 'U1' })).toBe(true);
    expect(is({ user: 'U1', subtype: 'thread_broadcast' })).toBe(true);
    expect(is({ user: 'U1', subtype: 'channel_join' })).toBe(false);
    expect(is({ bot_id: 'BOTHER', subtype: 'bot_message' })).toBe(false);
    expect(is({ user: 'UBOT', bot_id: 'BBOT' })).toBe(true);
    expect(is({ bot_id: 'BBOT', subtype: 'bot_message' })).toBe(true);
  });
});

describe('timestamps', () => {
  it('are compared part by part, never as one number', () => {
    expect(compareTs('1763647402.000200', '1763647402.000201')).toBeLessThan(0);
    expect(compareTs('999999999.999999', '1763647402.000000')).toBeLessThan(0);
    expect(laterTs('1763647402.000200', '1763647402.000199')).toBe('1763647402.000200');
    expect(timeOfTs('1763647402.000200')).toBe(1_763_647_402_000);
    expect(tsAt(1_763_647_402_999)).toBe('1763647402.000000');
  });
});

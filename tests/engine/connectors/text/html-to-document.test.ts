/* oxlint-disable no-script-url -- such addresses are what must not get in */
import { describe, expect, it } from 'vitest';
import {
  htmlToDocument,
  textToDocument,
} from '../../../../electron/engine/connectors/text/html-to-document.ts';
import { documentSchema, type Block, type Document } from '../../../../shared/model/document.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const base = 'https://blog.example/posts/1';
const read = (html: string): Document => htmlToDocument(html, base);
const text = (html: string): string => documentText(read(html));
const paragraph = (value: string): Block => ({
  type: 'paragraph',
  children: [{ type: 'text', text: value }],
});

describe('what a post may look like', () => {
  it('keeps paragraphs, headings, lists, quotes, code, emphasis, links and breaks', () => {
    const html = `<h2>Title</h2><p>One <b>bold <i>both</i></b><br>two <code>x  = 1</code></p>
      <ul><li>a<li>b<ol><li>c</ol></ul><blockquote>said</blockquote><pre>\n  a\n   b\n</pre>`;
    expect(read(html)).toEqual([
      { type: 'heading', level: 2, children: [{ type: 'text', text: 'Title' }] },
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'One ' },
          { type: 'strong', children: [{ type: 'text', text: 'bold ' }] },
          { type: 'strong', children: [{ type: 'emphasis', children: [{ type: 'text', text: 'both' }] }] },
          { type: 'break' },
          { type: 'text', text: 'two ' },
          { type: 'code', text: 'x = 1' },
        ],
      },
      {
        type: 'list',
        ordered: false,
        items: [
          [paragraph('a')],
          [paragraph('b'), { type: 'list', ordered: true, items: [[paragraph('c')]] }],
        ],
      },
      { type: 'quote', children: [paragraph('said')] },
      { type: 'code', text: '  a\n   b' },
    ]);
  });

  it('keeps a link whose words are set differently in one piece', () => {
    expect(read('<a href="/x">to <b>the</b> page</a>')).toEqual([
      {
        type: 'paragraph',
        children: [
          {
            type: 'link',
            href: 'https://blog.example/x',
            children: [
              { type: 'text', text: 'to ' },
              { type: 'strong', children: [{ type: 'text', text: 'the' }] },
              { type: 'text', text: ' page' },
            ],
          },
        ],
      },
    ]);
  });

  it('refers to pictures by absolute address and leaves counting pixels out', () => {
    expect(
      read('<img src="a.png" alt=" A  cat "><img src="https://t.example/p" width="1" height="1">'),
    ).toEqual([
      {
        type: 'paragraph',
        children: [{ type: 'image', src: 'https://blog.example/posts/a.png', alt: 'A cat' }],
      },
    ]);
  });

  it.each([
    ['white space collapses across marks', 'a <b> b</b>\n\n c', 'a b c'],
    ['entities are decoded once', 'caf&eacute; &amp;lt; &#8364; &hellip;', 'café &lt; € …'],
    [
      'cells of a table are parted',
      '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>',
      'a b\nc',
    ],
    ['empty blocks vanish', '<p>&nbsp;</p><p>a</p><div><br></div><p></p>', 'a'],
    ['a < that opens no tag is text', '5 < 6 and 7 > 2, I <3 you', '5 < 6 and 7 > 2, I <3 you'],
    ['unclosed tags end with their text', '<p>a<b>b<p>c', 'ab\nc'],
  ])('%s', (_, html, expected) => {
    expect(text(html)).toBe(expected);
  });

  it('reads plain text with its paragraphs and line ends, and no markup in it', () => {
    expect(textToDocument('one\r\ntwo <b>\n\n \nthree &amp;\n')).toEqual([
      {
        type: 'paragraph',
        children: [{ type: 'text', text: 'one' }, { type: 'break' }, { type: 'text', text: 'two <b>' }],
      },
      paragraph('three &amp;'),
    ]);
  });
});

describe('what never gets in', () => {
  it.each([
    'script',
    'style',
    'iframe',
    'form',
    'svg',
    'math',
    'template',
    'noscript',
    'object',
    'textarea',
    'select',
  ])('the content of %s', (name) => {
    expect(text(`<p>a</p><${name}>SECRET <b>SECRET</b></${name}><p>b</p>`)).toBe('a\nb');
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'https://',
    '&#106;avascript:alert(1)',
  ])('a link to %j: its words stay', (href) => {
    expect(read(`<a href="${href}">words</a>`)).toEqual([paragraph('words')]);
  });

  it('a picture that is no web address', () => {
    expect(read('<img src="data:image/png;base64,AAAA" alt="x"><img src="javascript:x" alt="y">')).toEqual(
      [],
    );
  });

  it('mailto is a link', () => {
    expect(JSON.stringify(read('<a href="mailto:a@b.example">m</a>'))).toContain(
      '"href":"mailto:a@b.example"',
    );
  });

  it('NUL, control characters and halves of surrogate pairs', () => {
    const joined = text('a\u0000b\u0007c\u001bd\u202ee \ud83d f \ude00 \ud83d\ude00');
    expect(joined).toBe('abcde \ufffd f \ufffd \ud83d\ude00');
    expect(joined.isWellFormed()).toBe(true);
  });

  it('reads the C1 controls as the windows-1252 characters they were', () => {
    expect(text('don\u0092t \u0085')).toBe('don’t …');
  });
});

describe('hostile markup', () => {
  const many = 200_000;
  it.each([
    ['bold', '<b>'.repeat(many)],
    ['quotes', `${'<blockquote>'.repeat(many)}x`],
    ['lists', '<ul><li>x'.repeat(many)],
    ['links', '<a href="y">x<b>y</b>'.repeat(many / 4)],
    ['one link with many marks', `<a href="y">${'<b>x</b>y'.repeat(many)}</a>`],
    ['closing tags', '</p>'.repeat(many)],
    ['angle brackets', '<'.repeat(many * 4)],
    ['ampersands', '&'.repeat(many * 4)],
    ['attributes', `<a ${'b=c '.repeat(many)}>`],
    ['text', 'lorem '.repeat(many * 2)],
  ])('ends soon and small: %s', (_, html) => {
    const startedAt = performance.now();
    const document = read(html);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(documentText(document).length).toBeLessThanOrEqual(200_000);
    // Whoever walks it recursively can.
    expect(documentSchema.parse(document)).toEqual(document);
    expect(depthOf(document)).toBeLessThan(40);
  });

  it('keeps what was read before the limit', () => {
    expect(text(`<p>before</p>${'<div>'.repeat(2_000)}after`)).toBe('before');
  });
});

function depthOf(document: Document): number {
  const depths = document.map((block) => {
    if (block.type === 'quote') return depthOf(block.children);
    if (block.type === 'list') return Math.max(0, ...block.items.map(depthOf));
    return 0;
  });
  return 1 + Math.max(0, ...depths);
}

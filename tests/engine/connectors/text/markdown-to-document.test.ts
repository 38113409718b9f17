/* oxlint-disable no-script-url -- such addresses are what must not get in */
import { describe, expect, it } from 'vitest';
import { markdownToDocument } from '../../../../electron/engine/connectors/text/markdown-to-document.ts';
import { documentSchema, type Block, type Document } from '../../../../shared/model/document.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

const base = 'https://forum.example/post/1';
const read = (markdown: string): Document => markdownToDocument(markdown, base);
const paragraph = (text: string): Block => ({ type: 'paragraph', children: [{ type: 'text', text }] });

describe('what Markdown becomes', () => {
  it('keeps headings, emphasis, links, pictures, lists, quotes and code', () => {
    const markdown = [
      '## Title',
      '',
      'One **bold** and *soft* with `x < 1`, [a link](/c/tools) and ![a cat](https://pics.example/cat.png).',
      '',
      '- a',
      '- b',
      '',
      '1. first',
      '',
      '> said',
      '',
      '```ts',
      'const a = "<b>";',
      '```',
    ].join('\n');
    expect(read(markdown)).toEqual([
      { type: 'heading', level: 2, children: [{ type: 'text', text: 'Title' }] },
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'One ' },
          { type: 'strong', children: [{ type: 'text', text: 'bold' }] },
          { type: 'text', text: ' and ' },
          { type: 'emphasis', children: [{ type: 'text', text: 'soft' }] },
          { type: 'text', text: ' with ' },
          { type: 'code', text: 'x < 1' },
          { type: 'text', text: ', ' },
          {
            type: 'link',
            href: 'https://forum.example/c/tools',
            children: [{ type: 'text', text: 'a link' }],
          },
          { type: 'text', text: ' and ' },
          { type: 'image', src: 'https://pics.example/cat.png', alt: 'a cat' },
          { type: 'text', text: '.' },
        ],
      },
      { type: 'list', ordered: false, items: [[paragraph('a')], [paragraph('b')]] },
      { type: 'list', ordered: true, items: [[paragraph('first')]] },
      { type: 'quote', children: [paragraph('said')] },
      { type: 'code', text: 'const a = "<b>";' },
    ]);
  });

  it('makes a bare address a link', () => {
    expect(read('see https://acme.example/x?a=1&b=2')).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'see ' },
          {
            type: 'link',
            href: 'https://acme.example/x?a=1&b=2',
            children: [{ type: 'text', text: 'https://acme.example/x?a=1&b=2' }],
          },
        ],
      },
    ]);
  });

  it('reads a line end as a space, or as a line end where the platform shows one', () => {
    expect(read('one\ntwo')).toEqual([paragraph('one two')]);
    expect(markdownToDocument('one\ntwo', base, { keepsLineEnds: true })).toEqual([
      {
        type: 'paragraph',
        children: [{ type: 'text', text: 'one' }, { type: 'break' }, { type: 'text', text: 'two' }],
      },
    ]);
  });

  it('shows entities and escaped marks as what they stand for', () => {
    expect(read('5 &lt; 6 \\*not soft\\* &amp; so')).toEqual([paragraph('5 < 6 *not soft* & so')]);
  });
});

describe('what a stranger writes', () => {
  it('lets no script, style, form or frame through, in whatever way it is written', () => {
    const hostile = [
      '<script>alert(1)</script>',
      '<img src=x onerror="alert(1)">',
      '<iframe src="https://evil.example"></iframe>',
      '<form action="https://evil.example"><input name=a></form>',
      '[press](javascript:alert(1))',
      '[data](data:text/html;base64,PHNjcmlwdD4=)',
      '![p](javascript:alert(1))',
      '<a href="vbscript:x">old</a>',
      '[ref]',
      '',
      '[ref]: javascript:alert(2)',
      '',
      '<b>still</b> text',
    ].join('\n\n');
    const document = read(hostile);
    expect(documentSchema.safeParse(document).success).toBe(true);
    const flat = JSON.stringify(document);
    expect(flat).not.toMatch(/script:|alert|evil\.example|onerror|base64/);
    expect(documentText(document)).toContain('still text');
  });

  it.each([
    ['quotes in quotes', '>'.repeat(60_000)],
    ['lists in lists', '1. '.repeat(20_000)],
    ['emphasis without end', '_a_'.repeat(20_000)],
    ['emphasis that never closes', '**a '.repeat(15_000)],
    ['an address without end', `${'a.'.repeat(30_000)}@`],
    ['brackets', '['.repeat(60_000)],
    ['more than any platform takes', 'word '.repeat(20_000)],
  ])('reads %s to its end and as something', (_, hostile) => {
    // Without the limits some of these take longer than the runner waits for any test.
    const document = read(hostile);
    expect(documentSchema.safeParse(document).success).toBe(true);
    expect(Array.isArray(document)).toBe(true);
  });

  it('loses no words of what it reads as plain text', () => {
    const long = `${'word '.repeat(20_000)}end`;
    expect(documentText(read(long))).toBe(long);
  });
});

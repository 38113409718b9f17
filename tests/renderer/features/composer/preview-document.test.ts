import { expect, it } from 'vitest';
import { previewDocument } from '../../../../renderer/features/composer/preview-document.ts';
import { blockSchema } from '../../../../shared/model/document.ts';

it('shows plain text in its paragraphs, lines and addresses', () => {
  expect(previewDocument('Hello *you*\nsee https://example.org/a.\n\nBye', 'plain')).toEqual([
    {
      type: 'paragraph',
      children: [
        { type: 'text', text: 'Hello *you*' },
        { type: 'break' },
        { type: 'text', text: 'see ' },
        {
          type: 'link',
          href: 'https://example.org/a',
          children: [{ type: 'text', text: 'https://example.org/a' }],
        },
        { type: 'text', text: '.' },
      ],
    },
    { type: 'paragraph', children: [{ type: 'text', text: 'Bye' }] },
  ]);
});

it('shows Markdown as it will be formatted', () => {
  const document = previewDocument('# Hi\n\n**bold** and `code`\n\n- one\n- two\n\n> so', 'markdown');
  expect(document.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'list', 'quote']);
  expect(document[1]).toEqual({
    type: 'paragraph',
    children: [
      { type: 'strong', children: [{ type: 'text', text: 'bold' }] },
      { type: 'text', text: ' and ' },
      { type: 'code', text: 'code' },
    ],
  });
});

it.each([
  '[x](javascript:alert(1))',
  '<img src=x onerror=alert(1)>',
  '![p](data:text/html,x)',
  '<script>1</script>',
  '| a |\n| - |\n| b |',
])('lets nothing of %s become more than words', (text) => {
  const document = previewDocument(text, 'markdown');
  for (const block of document) expect(blockSchema.safeParse(block).error).toBeUndefined();
  expect(JSON.stringify(document)).not.toMatch(/"(href|src)"/);
});

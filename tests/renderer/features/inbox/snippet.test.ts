import { expect, it } from 'vitest';
import { snippetOf } from '../../../../renderer/features/inbox/snippet.ts';

const marked = ({
  text,
  spans,
}: {
  text: string;
  spans: readonly { start: number; end: number }[];
}): string[] => spans.map(({ start, end }) => text.slice(start, end));

it('begins at the beginning while the match is near', () => {
  const snippet = snippetOf('We like Acme a lot', [{ field: 'text', start: 8, end: 12 }]);
  expect(snippet.text).toBe('We like Acme a lot');
  expect(marked(snippet)).toEqual(['Acme']);
});

it('begins shortly before a match that stands far on, at a word', () => {
  const text = `${'word '.repeat(60)}then Acme came`;
  const start = text.indexOf('Acme');
  const snippet = snippetOf(text, [{ field: 'text', start, end: start + 4 }]);
  expect(snippet.text.startsWith('… word ')).toBe(true);
  expect(snippet.text.length).toBeLessThan(80);
  expect(marked(snippet)).toEqual(['Acme']);
});

it('leaves out spans of other fields and of text that the row does not have', () => {
  const snippet = snippetOf('Acme', [
    { field: 'title', start: 0, end: 4 },
    { field: 'text', start: 2900, end: 2904 },
  ]);
  expect(snippet).toEqual({ text: 'Acme', spans: [] });
});

it('makes one line of several', () => {
  expect(snippetOf('one\ntwo\tthree', []).text).toBe('one two three');
});

it('never begins within a surrogate pair', () => {
  const text = `${'😀'.repeat(100)}Acme`;
  const start = text.indexOf('Acme');
  const snippet = snippetOf(text, [{ field: 'text', start: start, end: start + 4 }]);
  expect(snippet.text.isWellFormed()).toBe(true);
});

it('goes as far back as fills the row when little follows the match', () => {
  const text = `${'word '.repeat(60)}and so to Acme`;
  const start = text.indexOf('Acme');
  const snippet = snippetOf(text, [{ field: 'text', start, end: start + 4 }], 60);
  expect(snippet.text.length).toBeGreaterThan(50);
  expect(snippet.text.endsWith('and so to Acme')).toBe(true);
  expect(marked(snippet)).toEqual(['Acme']);
});

it('begins at the beginning when the row has room up to the match', () => {
  const text = `${'word '.repeat(12)}Acme and more`;
  const span = { field: 'text', start: 60, end: 64 } as const;
  expect(snippetOf(text, [span], 92).text).toBe(text);
  expect(snippetOf(text, [span], 46).text.startsWith('… ')).toBe(true);
});

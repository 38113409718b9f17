import { describe, expect, it } from 'vitest';
import { excerptAround } from '../../../../renderer/features/trackers/excerpt.ts';

const find = (text: string, word: string) => ({
  start: text.indexOf(word),
  end: text.indexOf(word) + word.length,
});
const marked = ({ text, spans }: ReturnType<typeof excerptAround>) =>
  spans.map(({ start, end }) => text.slice(start, end));

describe('an excerpt', () => {
  it('is the text itself when that is short', () => {
    const text = 'My kettle sings.';
    expect(excerptAround(text, [find(text, 'kettle')])).toEqual({ text, spans: [{ start: 3, end: 9 }] });
  });

  it('begins at a word shortly before the first hit and keeps the marks on the word', () => {
    const text = `${'word '.repeat(100)}kettle ${'word '.repeat(100)}`;
    const excerpt = excerptAround(text, [find(text, 'kettle')]);
    expect(excerpt.text).toMatch(/^… word .*kettle.* …$/);
    expect(excerpt.text.length).toBeLessThan(230);
    expect(marked(excerpt)).toEqual(['kettle']);
  });

  it('stands on one line without moving the marks', () => {
    const text = 'one\ntwo\r\nkettle';
    const excerpt = excerptAround(text, [find(text, 'kettle')]);
    expect(excerpt.text).toBe('one two  kettle');
    expect(marked(excerpt)).toEqual(['kettle']);
  });

  it('leaves out hits beyond its end and cuts one that crosses it', () => {
    const text = `kettle ${'x'.repeat(400)}`;
    const excerpt = excerptAround(text, [
      { start: 0, end: 6 },
      { start: 200, end: 300 },
      { start: 350, end: 360 },
    ]);
    expect(excerpt.spans).toEqual([
      { start: 0, end: 6 },
      { start: 200, end: 220 },
    ]);
  });

  it('never cuts a character in two', () => {
    // One single unit in the middle: whatever is counted back or forth over it ends inside a pair.
    const text = `${'🫖'.repeat(60)}x${'🫖'.repeat(300)}`;
    for (let start = 0; start < 140; start += 2) {
      const excerpt = excerptAround(text, [{ start: 121 + start, end: 123 + start }]);
      expect(excerpt.text.isWellFormed()).toBe(true);
    }
  });
});

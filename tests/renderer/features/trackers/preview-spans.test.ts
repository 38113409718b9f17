import { expect, it } from 'vitest';
import { previewSpans, type PreviewedItem } from '../../../../renderer/features/trackers/preview-spans.ts';

const text = 'I love my fernwood kettle';
const item: PreviewedItem = {
  title: 'Kettle',
  text,
  author: { name: 'Ada', handle: null, url: null },
  url: 'https://forum.example.com/1',
  sourceName: 'Forum',
  /** Of another tracker. */
  spans: [{ field: 'text', start: 10, end: 18 }],
};
const marked = (query: string) =>
  previewSpans(query)(item).map(({ field, start, end }) =>
    field === 'text' ? text.slice(start, end) : `${field}: ${(item.title ?? '').slice(start, end)}`,
  );

it.each([
  ['kettle', ['title: Kettle', 'kettle']],
  ['fern*', ['fernwood']],
  ['title:kettle love', ['title: Kettle', 'love']],
  ['site:example.com', []],
])('marks what %s hits and nothing of other trackers', (query, words) => {
  expect(marked(query)).toEqual(words);
});

it('keeps the marks of the mention when the query hits what is not at hand', () => {
  expect(marked('lang:en kettle')).toEqual(['fernwood']);
});

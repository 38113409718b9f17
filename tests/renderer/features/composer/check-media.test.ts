import { expect, it } from 'vitest';
import { mediaProblem, sizeWords } from '../../../../renderer/features/composer/check-media.ts';

const limit = { mostFiles: 2, types: ['image/png', 'video/*'], mostBytes: 1_000_000, mostAlt: 100 };
const file = { name: 'cat.png', type: 'image/png', size: 5000 };

it.each([
  ['a picture that fits', file, 0, null],
  ['a kind that is taken as a family', { ...file, type: 'video/mp4' }, 0, null],
  ['one too many', file, 2, 'Blurtle takes 2 files in a reply.'],
  [
    'a kind that is not taken',
    { ...file, type: 'image/tiff' },
    0,
    'Blurtle does not take image/tiff: cat.png was left out. It takes image/png, video/*.',
  ],
  ['one too large', { ...file, size: 1_200_000 }, 0, 'cat.png has 1.2 MB; Blurtle takes up to 1 MB.'],
  ['an empty one', { ...file, size: 0 }, 0, 'cat.png is empty.'],
])('says what is wrong with %s', (_, offered, there, problem) => {
  expect(mediaProblem(offered, limit, there, 'Blurtle')).toBe(problem);
});

it('says when a platform takes none', () => {
  expect(mediaProblem(file, null, 0, 'Blurtle')).toBe('Blurtle takes text alone in replies.');
});

it('writes sizes for people', () => {
  expect([sizeWords(12), sizeWords(820_000), sizeWords(1_250_000)]).toEqual(['12 bytes', '820 kB', '1.3 MB']);
});

import { inventedWord } from './invented-mentions.ts';

/** Fifty trackers as people write them: names, phrases, exclusions, nearness, beginnings, fields. */
export const trackerQueries: readonly string[] = Array.from({ length: 50 }, (_, index) => {
  const word = (step: number): string => inventedWord(3 + index * 7 + step * 41);
  const shapes = [
    `hawfinch OR ${word(1)} OR ${word(2)}`,
    `"${word(1)} ${word(2)}" OR ${word(3)}`,
    `(nib OR ${word(1)}) -(bird* OR ${word(2)})`,
    `${word(1)} NEAR/5 ${word(2)} OR sheaf`,
    `${word(1).slice(0, 6)}* (battery OR page*) lang:en`,
    `title:${word(1)} OR from:author${index}`,
    `quillmere ${word(1)} OR "lost pages"`,
  ];
  return shapes[index % shapes.length] ?? word(0);
});

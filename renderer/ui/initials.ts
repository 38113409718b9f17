const segmenter = new Intl.Segmenter();

/** One or two letters for a name: first of its first and last word; "?" when there is no letter at all. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/^[@#/]+/, '')
    .split(/[\s._\-/|·:]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = [first, last].flatMap((word) => (word === undefined ? [] : [firstLetter(word)]));
  return letters.join('').toLocaleUpperCase() || '?';
}

function firstLetter(word: string): string {
  for (const { segment } of segmenter.segment(word)) {
    if (/[\p{L}\p{N}]/u.test(segment)) return segment;
  }
  return '';
}

/** The same text always gets the same hue. 24 steps: hues closer than that are not told apart. */
export function hueOf(seed: string): number {
  let hash = 2166136261;
  for (let index = 0; index < seed.length; index += 1) {
    hash = Math.imul(hash ^ seed.charCodeAt(index), 16777619);
  }
  return ((hash >>> 0) % 24) * 15;
}

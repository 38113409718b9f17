/**
 * Accents, vowel points and other marks that people leave out when they search; not the vowel signs of Indic
 * scripts or the voicing marks of kana, which make another word. Also what is invisible inside a word (soft
 * hyphen, joiners, direction marks, variation selectors) and the Arabic stretcher. A breve stays on и and у and a
 * diaeresis on і: й, ў and ї are letters of their own ("мой" is not "мои").
 */
const strippedMarks =
  // oxlint-disable-next-line no-misleading-character-class -- each mark stands for itself
  /(?<![иИуУ])\u0306|(?<![іІ])\u0308|[\u0300-\u0305\u0307\u0309-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2de0-\u2dff\ua66f-\ua67d\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u034f\u180b-\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{e0100}-\u{e01ef}]/gu;

/** Letters that Unicode does not take apart but that people write without their stroke, or as two. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ς: 'σ',
};
const plainLetterPattern = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu');

/**
 * More marks than this in a row mean nothing in any script; they are dropped before normalising, which sorts
 * marks in a time that grows with the square of their number.
 */
const markFlood = /(\p{M}{8})\p{M}+/gu;

const nonAscii = /[^\0-\x7f]/;

/**
 * Text as it is compared: compatibility forms made plain, marks stripped, case folded in full (ß → ss, Σ and
 * ς → σ, both Turkish i → i), composed again. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  if (!nonAscii.test(text)) return text.toLowerCase();
  return (
    text
      .replace(markFlood, '$1')
      .normalize('NFKD')
      .replace(strippedMarks, '')
      // Up and down again folds what lower-casing alone keeps apart.
      .toUpperCase()
      .toLowerCase()
      .replace(plainLetterPattern, (letter) => plainLetters[letter] ?? letter)
      .normalize('NFC')
  );
}

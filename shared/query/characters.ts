/** What a character is to the tokenizer. */
export const characterClass = {
  /** Parts words: space, punctuation, most symbols. */
  separator: 1,
  /** Letters and digits of scripts that put spaces between words. */
  word: 2,
  /** Han, kana, bopomofo: no spaces, words of few characters. */
  ideographic: 3,
  /** Thai, Lao, Khmer, Myanmar: no spaces, words of many characters. */
  unspaced: 4,
  /** Belongs to the character before it. */
  mark: 5,
  /** Invisible; inside a word it is passed over. */
  joiner: 6,
  emoji: 7,
  regionalIndicator: 8,
} as const;

const classes = new Uint8Array(0x110000);

export function classOf(codePoint: number): number {
  const known = classes[codePoint] as number;
  if (known !== 0) return known;
  const found = classify(codePoint);
  classes[codePoint] = found;
  return found;
}

/** Letters by Unicode's book, apostrophes by use: they part words as ' and ’ do. */
const apostrophes = /[\u02b9-\u02bf\u02c8\u055a\ua78b\ua78c]/;
const ideographicLetters =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u30fc\uff70\uff9e\uff9f]/u;
const unspacedLetters = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
// oxlint-disable-next-line no-misleading-character-class -- each stands for itself
const joiners = /[\u00ad\u034f\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
/** Pictures from here on; those below (© ® ‼ ™ ↔ and the like) are punctuation to a reader. */
const firstEmoji = 0x231a;

function classify(codePoint: number): number {
  // Lone halves of a surrogate pair are noise.
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return characterClass.separator;
  const character = String.fromCodePoint(codePoint);
  if (joiners.test(character)) return characterClass.joiner;
  if (/\p{M}/u.test(character)) return characterClass.mark;
  if (/[\p{L}\p{N}]/u.test(character)) {
    if (apostrophes.test(character)) return characterClass.separator;
    if (ideographicLetters.test(character)) return characterClass.ideographic;
    return unspacedLetters.test(character) ? characterClass.unspaced : characterClass.word;
  }
  if (/\p{Regional_Indicator}/u.test(character)) return characterClass.regionalIndicator;
  if (codePoint >= firstEmoji && codePoint !== 0x3030 && codePoint !== 0x303d) {
    if (/\p{Extended_Pictographic}/u.test(character)) return characterClass.emoji;
  }
  return characterClass.separator;
}

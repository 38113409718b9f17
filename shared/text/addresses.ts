/** UTF-16 units, end exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * http(s) addresses as the platforms that count them at a fixed length see them: a host with a dot, then what
 * twitter-text and its descendants take for a path. Scripts without spaces go on right behind an address, so that
 * their letters are no part of it.
 */
const addressPattern =
  /(?<![\p{L}\p{N}@＠$#＃/_-])https?:\/\/(?:[\p{L}\p{N}_-]+\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})(?![\p{L}\p{N}])(?::\d{1,5})?(?:[/?][\w\u00c0-\u024f\u0400-\u04ff!*';:=+,.$/%#[\]()~&|@?-]*)?/giu;
const trailingPunctuation = /[!*';:,.$?[\]()~|@%]$/u;

export function findAddresses(text: string): TextSpan[] {
  if (!text.includes('://')) return [];
  return [...text.matchAll(addressPattern)].map((match) => ({
    start: match.index,
    end: match.index + withoutTrailingPunctuation(match[0]).length,
  }));
}

/** A sentence's own full stop or bracket behind an address is not the address's; a bracket that it opened itself is. */
function withoutTrailingPunctuation(address: string): string {
  let opened = address.split('(').length;
  let closed = address.split(')').length;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (!trailingPunctuation.test(last) || (last === ')' && opened >= closed)) break;
    if (last === '(') opened--;
    if (last === ')') closed--;
  }
  return address.slice(0, end);
}

/** `@name@server`: what is kept of it where the server counts nothing is `@name`. */
export interface HandleSpan extends TextSpan {
  /** End of `@name`. */
  readonly nameEnd: number;
}

const handlePattern = /(?<![\p{L}\p{N}/_])@([a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)(@[a-z0-9.-]*[a-z0-9])?/giu;

/** People named with an @, with or without their server. */
export function findHandles(text: string): HandleSpan[] {
  if (!text.includes('@')) return [];
  return [...text.matchAll(handlePattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    nameEnd: match.index + 1 + (match[1] as string).length,
  }));
}

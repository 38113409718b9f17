/**
 * The five entities of XML and the numeric ones. What a DTD might define stays as it is written: nothing is
 * ever expanded, so no bomb can be built. HTML's names are read where the text is read as HTML.
 */
export function decodeXmlEntities(text: string): string {
  if (!text.includes('&')) return text;
  // A numeric & must not begin a named entity, so with numbers in it the text is gone through only once.
  if (text.includes('&#')) return text.replace(entity, (...groups) => characterOf(groups));
  // Five plain replacements are several times cheaper than one with a function, and most text is like that.
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

const entity = /&(?:#x([\da-fA-F]{1,8})|#(\d{1,8})|(amp|lt|gt|quot|apos));/g;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function characterOf([whole, hex, decimal, name]: readonly (string | undefined)[]): string {
  if (name !== undefined) return named[name] ?? whole ?? '';
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const isCharacter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : '\ufffd';
}

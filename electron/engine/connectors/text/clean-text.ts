/**
 * What may never reach a mention: NUL and the other C0 controls (tab and line ends stay), DEL, the two
 * characters that turn the direction of everything after them, and halves of surrogate pairs.
 */
// oxlint-disable-next-line no-control-regex -- the controls are what it looks for
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202d\u202e\ufeff]/g;

export function cleanText(text: string): string {
  return text.replace(unwanted, '').toWellFormed();
}

/** One line, as a browser would show it: white space collapsed, ends trimmed. */
export function singleLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

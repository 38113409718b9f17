/**
 * What may never reach a mention: NUL and the other C0 controls (tab and line ends stay), DEL, the two
 * characters that turn the direction of everything after them, and halves of surrogate pairs.
 */
// oxlint-disable-next-line no-control-regex -- the controls are what it looks for
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202d\u202e\ufeff]/g;

export function cleanText(text: string): string {
  return text.replace(unwanted, '').replace(secondControls, fromWindows).toWellFormed();
}

/** Nobody means the C1 controls: they are windows-1252 that was taken for ISO 8859-1 on its way. */
const secondControls = /[\u0080-\u009f]/g;
const windows = new TextDecoder('windows-1252');

function fromWindows(control: string): string {
  const character = windows.decode(Uint8Array.of(control.charCodeAt(0)));
  return character === control ? '' : character;
}

/** One line, as a browser would show it: white space collapsed, ends trimmed. */
export function singleLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

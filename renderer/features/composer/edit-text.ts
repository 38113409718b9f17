/** Where a sign begins something new: nothing but space around the cursor. */
export function isEmptyPlace({
  value,
  selectionStart,
  selectionEnd,
}: Pick<HTMLTextAreaElement, 'value' | 'selectionStart' | 'selectionEnd'>): boolean {
  return /(^|\s)$/.test(value.slice(0, selectionStart)) && /^(\s|$)/.test(value.slice(selectionEnd));
}

/** Writes at the cursor as if it were typed, so that the field's own undo knows it. Answers where it begins. */
export function writeInto(field: HTMLTextAreaElement, text: string): number {
  const start = field.selectionStart;
  field.focus();
  if (text === '') return start;
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else reaches a field's undo
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text, start, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  return start;
}

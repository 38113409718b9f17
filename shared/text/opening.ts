/**
 * What stands before an answer where platforms notify only those whom the text names (`opensWithAuthor` of a
 * connector): “@name ”, unless the text has it already. It is sent with the answer, and counts.
 */
export function openingOf(text: string, handle: string | null): string {
  if (handle === null || handle === '') return '';
  const name = `@${handle.replace(/^@/, '')}`;
  const at = text.toLowerCase().indexOf(name.toLowerCase());
  const isNamed = at >= 0 && !/^[\p{L}\p{N}_@-]/u.test(text.slice(at + name.length));
  return isNamed ? '' : `${name} `;
}

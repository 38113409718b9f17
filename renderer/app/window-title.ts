/** 0 shows nothing, above 99 shows 99+: the title bar has room for no more. */
export function windowTitle(page: string, waiting: number): string {
  const count = waiting <= 0 ? '' : waiting > 99 ? '(99+) ' : `(${waiting}) `;
  return `${count}${page} - Earshot`;
}

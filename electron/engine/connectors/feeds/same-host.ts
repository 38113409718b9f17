/** Where one address may speak for another. */
export function isSameHost(a: string, b: string): boolean {
  return new URL(a).host === new URL(b).host;
}

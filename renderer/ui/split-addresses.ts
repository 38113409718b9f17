/** Words and addresses in turn, words first: every second part is an address. A full stop behind one is none of it. */
export function splitAddresses(text: string): string[] {
  return text.split(/(https:\/\/[^\s)]*[^\s).,;:”’])/);
}

/** Without what nobody reads: the scheme, and what a page is told behind its question mark. */
export function shownAddress(address: string): string {
  return address.replace(/^https:\/\//, '').replace(/[?#].*$/, '');
}

const maxLength = 2_000;

export type LinkDecision =
  | { readonly kind: 'open'; readonly address: string }
  /** `target` is the part that a person can judge. */
  | { readonly kind: 'ask'; readonly address: string; readonly target: string; readonly warning: string }
  | { readonly kind: 'refuse'; readonly reason: string };

/** What to do with a link that was clicked. Links come with posts: whoever wrote one wants it to be clicked. */
export function decideLink(address: string): LinkDecision {
  if (address.length > maxLength) return { kind: 'refuse', reason: 'too long' };
  if (!URL.canParse(address)) return { kind: 'refuse', reason: 'not an address' };
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return { kind: 'refuse', reason: 'holds a user name' };
  switch (url.protocol) {
    case 'https:':
      return { kind: 'open', address: url.href };
    case 'http:':
      return {
        kind: 'ask',
        address: url.href,
        target: url.host,
        warning: 'The connection is not encrypted: others on the way can read and change what is sent.',
      };
    case 'mailto:':
      return {
        kind: 'ask',
        address: url.href,
        target: url.pathname,
        warning: 'Your mail program opens with a new message.',
      };
    default:
      // Everything else starts a program with words that a stranger chose.
      return { kind: 'refuse', reason: `the scheme ${url.protocol}` };
  }
}

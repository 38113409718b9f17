import { dialog, shell } from 'electron';
import type { Logger } from '../engine/ports/logger.ts';

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

/** The only place that hands an address to the system. */
export async function openExternalLink(address: string, logger: Logger): Promise<void> {
  const decision = decideLink(address);
  if (decision.kind === 'refuse') return logger.warn('link-refused', { reason: decision.reason });
  if (decision.kind === 'ask') {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: `Open ${decision.target}?`,
      detail: decision.warning,
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 0) return undefined;
  }
  return shell.openExternal(decision.address);
}

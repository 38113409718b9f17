import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may speak with the engine through the loopback server. Any program and any user of this computer can
 * reach the port, so being there proves nothing; knowing the token does.
 *
 * The token is good for the life of the process, not for one use: people open the link from the terminal twice,
 * in a second browser, or after closing the tab, and there is nobody to ask for a new one. A ticket is for one
 * use: it is what a browser is started with, because other users can read the command line of a program.
 */
export interface LaunchToken {
  readonly token: string;
  issueTicket(): string;
  /** The key of a session for a token or ticket; null when it is neither. */
  exchange(presented: string): string | null;
  isKey(presented: string): boolean;
}

export function createLaunchToken(token: string = randomSecret()): LaunchToken {
  // Derived, not stored: the same token always gives the same key, so there is no list of sessions to grow.
  const key = createHmac('sha256', token).update('earshot session').digest('base64url');
  const tickets = new Set<string>();

  function redeem(presented: string): boolean {
    const ticket = [...tickets].find((one) => isSame(one, presented));
    return ticket !== undefined && tickets.delete(ticket);
  }

  return {
    token,
    issueTicket() {
      const ticket = randomSecret();
      tickets.add(ticket);
      return ticket;
    },
    exchange: (presented) => (isSame(token, presented) || redeem(presented) ? key : null),
    isKey: (presented) => isSame(key, presented),
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Takes the same time wherever the difference is. Only the length can be learnt, and that is no secret. */
function isSame(secret: string, presented: string): boolean {
  const one = Buffer.from(secret);
  const other = Buffer.from(presented);
  return one.length === other.length && timingSafeEqual(one, other);
}

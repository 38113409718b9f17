import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Account } from '../../../shared/model/account.ts';
import { untilWords } from '../../ui/time-words.ts';

/** The accounts page tells a week before; this is for those who do not look there. */
const soonMs = 2 * 86_400_000;

export interface AccountTrouble {
  readonly title: string;
  readonly words: string;
  /** The one that it is about; null when there are several. */
  readonly account: Account | null;
}

/** Whose sign-in has ended or is about to; null when nobody has to do anything. */
export function accountTrouble(
  accounts: readonly Account[],
  connectors: readonly Pick<ConnectorInfo, 'id' | 'name'>[],
  now: number,
): AccountTrouble | null {
  const expired = accounts.filter(({ state }) => state === 'expired');
  const nameOf = ({ displayName, connector }: Account): string =>
    `${displayName} on ${connectors.find(({ id }) => id === connector)?.name ?? connector}`;
  const [first] = expired;
  if (first !== undefined) {
    return expired.length === 1
      ? {
          title: `${nameOf(first)} has to sign in again.`,
          words: 'What it listens to and what it is to send waits until then.',
          account: first,
        }
      : {
          title: `${expired.length} accounts have to sign in again.`,
          words: 'What they listen to and what they are to send waits until then.',
          account: null,
        };
  }
  const [next] = accounts
    .filter(({ expiresAt }) => expiresAt !== null && expiresAt - now < soonMs)
    .toSorted((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0));
  if (next === undefined) return null;
  const ends = next.expiresAt ?? now;
  return {
    title:
      ends <= now
        ? `The sign-in of ${nameOf(next)} ends now.`
        : `The sign-in of ${nameOf(next)} lasts until ${untilWords(ends, now)}.`,
    words: 'Sign in again before that and nothing stops.',
    account: next,
  };
}

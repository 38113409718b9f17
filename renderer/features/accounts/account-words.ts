import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Account } from '../../../shared/model/account.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { untilWords } from '../../ui/time-words.ts';

const dayMs = 86_400_000;
/** Early enough to sign in again before anything stops. */
const soonMs = 7 * dayMs;

export interface AccountWords {
  readonly label: string;
  readonly tone: 'positive' | 'caution' | 'negative';
  /** What is wrong or will be, and what to do; null when nothing is. */
  readonly problem: string | null;
  /** Signing in again is what helps. */
  readonly needsSignIn: boolean;
}

/** How an account stands, in the user's words. */
export function accountWords(account: Account, now: number): AccountWords {
  if (account.state === 'expired') {
    return {
      label: 'Sign in again',
      tone: 'negative',
      problem:
        account.error?.message ??
        'Its sign-in does not hold any more. What it was to listen to and to send waits until you sign in again.',
      needsSignIn: true,
    };
  }
  if (account.state === 'failing') {
    return {
      label: 'Does not answer',
      tone: 'caution',
      problem: account.error === null ? null : failureLine(account.error, now),
      needsSignIn: false,
    };
  }
  if (account.expiresAt !== null && account.expiresAt - now < soonMs) {
    return {
      label: account.expiresAt <= now ? 'Ends now' : `Until ${untilWords(account.expiresAt, now)}`,
      tone: 'caution',
      problem: 'Its sign-in ends soon. Sign in again now and nothing stops.',
      needsSignIn: true,
    };
  }
  if (account.replyNote !== null && !account.isReadOnly) {
    return { label: 'Cannot answer', tone: 'caution', problem: null, needsSignIn: false };
  }
  return { label: 'Works', tone: 'positive', problem: null, needsSignIn: false };
}

/** What the account can be used for, in a few words. */
export function usageWords(account: Account, connector: ConnectorInfo | null): string {
  if (connector !== null && !connector.capabilities.canReply) return 'Listens';
  return account.isReadOnly || account.replyNote !== null ? 'Listens only' : 'Listens and answers';
}

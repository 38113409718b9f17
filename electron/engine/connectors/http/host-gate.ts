import type { Clock } from '../../ports/clock.ts';
import { isPrivateHost } from './address-guard.ts';

export interface HostGate {
  /**
   * Waits until it is this caller's turn at the host, and resolves to what ends the turn (calling it twice is
   * harmless). Rejects with the signal's reason. A private host has no queue: it is nobody's service but the
   * user's own.
   */
  enter(hostname: string, signal: AbortSignal): Promise<() => void>;
  /** Nobody asks this host again before `until`. A private host stays open: behind one such name a bridge may speak for many sites. */
  close(hostname: string, until: number): void;
  closedUntil(hostname: string): number | null;
}

interface Turnstile {
  queue: (() => void)[];
  isBusy: boolean;
  lastHitAt: number;
}

const gapMs = 1_000;
const maxHosts = 5_000;

/** Good manners: one request at a time at a host, and a second between two. */
export function createHostGate(clock: Clock): HostGate {
  const turnstiles = new Map<string, Turnstile>();
  const closed = new Map<string, number>();

  const turnstileOf = (host: string): Turnstile => {
    const known = turnstiles.get(host);
    if (known) return known;
    if (turnstiles.size >= maxHosts) forgetIdle();
    const created: Turnstile = { queue: [], isBusy: false, lastHitAt: Number.NEGATIVE_INFINITY };
    turnstiles.set(host, created);
    return created;
  };
  const forgetIdle = (): void => {
    const now = clock.now();
    for (const [host, { isBusy, lastHitAt }] of turnstiles) {
      if (!isBusy && now - lastHitAt > gapMs) turnstiles.delete(host);
    }
    for (const [host, until] of closed) if (until <= now) closed.delete(host);
  };
  const passOn = (turnstile: Turnstile): void => {
    const next = turnstile.queue.shift();
    if (next) next();
    else turnstile.isBusy = false;
  };

  return {
    async enter(hostname, signal) {
      signal.throwIfAborted();
      if (isPrivateHost(hostname)) return () => {};
      const turnstile = turnstileOf(hostname.toLowerCase());
      if (turnstile.isBusy) await waitInLine(turnstile, signal);
      turnstile.isBusy = true;
      const waitMs = turnstile.lastHitAt + gapMs - clock.now();
      // A clock set back must not make the wait longer than the gap itself.
      if (waitMs > 0) await clock.sleep(Math.min(waitMs, gapMs), signal);
      if (signal.aborted) {
        passOn(turnstile);
        throw signal.reason;
      }
      turnstile.lastHitAt = clock.now();
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        passOn(turnstile);
      };
    },
    close(hostname, until) {
      if (isPrivateHost(hostname)) return;
      const host = hostname.toLowerCase();
      closed.set(host, Math.max(until, closed.get(host) ?? 0));
    },
    closedUntil(hostname) {
      const until = closed.get(hostname.toLowerCase());
      return until !== undefined && until > clock.now() ? until : null;
    },
  };
}

function waitInLine(turnstile: Turnstile, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const turn = (): void => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = (): void => {
      turnstile.queue = turnstile.queue.filter((waiting) => waiting !== turn);
      reject(signal.reason as Error);
    };
    turnstile.queue.push(turn);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

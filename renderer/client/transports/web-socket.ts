import { browserSession } from '../../../shared/contract/browser-session.ts';
import type { ClientMessage } from '../../../shared/contract/envelope.ts';
import { createListeners } from '../listeners.ts';
import type { ConnectionState, Transport } from '../transport.ts';
import type { BrowserSurroundings } from './browser-surroundings.ts';

/** Milliseconds before each attempt to reconnect; the last one repeats. */
const backOffMs = [150, 400, 1000, 2000, 4000] as const;

/**
 * A browser cannot see why an upgrade was refused. When the server answers plain requests and refuses the
 * socket this many times in a row, the key is no longer good.
 */
const refusalsBeforeSignedOut = 2;

/** Over the loopback server of the browser host: launch token → session key → socket. */
export function createWebSocketTransport(surroundings: BrowserSurroundings): Transport {
  const messages = createListeners<unknown>();
  const states = createListeners<ConnectionState>();
  let state: ConnectionState = { kind: 'connecting' };
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lostSince: number | null = null;
  let attempts = 0;
  let refusals = 0;
  /** Each attempt has a number; an answer that comes for an older one is ignored. */
  let generation = 0;
  let isClosed = false;
  let pendingToken: string | null = null;

  const become = (next: ConnectionState): void => {
    state = next;
    states.tell(next);
  };

  const signOut = (reason: 'no-link' | 'expired'): void => {
    surroundings.saveKey(null);
    lostSince = null;
    become({ kind: 'signed-out', reason });
  };

  const retryLater = (): void => {
    if (isClosed) return;
    lostSince ??= surroundings.now();
    const delayMs = backOffMs[Math.min(attempts, backOffMs.length - 1)] ?? 0;
    attempts += 1;
    timer = setTimeout(attempt, delayMs);
    become({ kind: 'lost', since: lostSince, retryAt: surroundings.now() + delayMs });
  };

  const attempt = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (isClosed) return;
    generation += 1;
    const mine = generation;
    const isStale = (): boolean => isClosed || mine !== generation;
    void findKey(isStale).then((key) => {
      if (key !== null && !isStale()) open(key, isStale);
    });
  };

  /** The key to open the socket with; null when the state has already been decided. */
  const findKey = async (isStale: () => boolean): Promise<string | null> => {
    pendingToken = surroundings.takeToken() ?? pendingToken;
    if (pendingToken === null) {
      const key = surroundings.loadKey();
      if (key === null) signOut('no-link');
      return key;
    }
    let response: Response;
    try {
      response = await surroundings.fetch(surroundings.origin + browserSession.sessionPath, {
        method: 'POST',
        headers: { [browserSession.tokenHeader]: pendingToken },
        cache: 'no-store',
      });
    } catch {
      // The server does not answer at all: the token stays good for the next attempt.
      if (!isStale()) retryLater();
      return null;
    }
    const body: unknown = response.ok ? await response.json().catch(() => null) : null;
    if (isStale()) return null;
    pendingToken = null;
    const key = readKey(body);
    if (key !== null) {
      surroundings.saveKey(key);
      return key;
    }
    // An old link opened in a tab that has a good key still works.
    const kept = surroundings.loadKey();
    if (kept === null) signOut('expired');
    return kept;
  };

  const open = (key: string, isStale: () => boolean): void => {
    const address = surroundings.origin.replace(/^http/, 'ws') + browserSession.enginePath;
    let opening: WebSocket;
    try {
      opening = surroundings.openSocket(address, [
        browserSession.protocol,
        browserSession.keyProtocolPrefix + key,
      ]);
    } catch {
      // What was kept is no key at all: a socket takes no such protocol name.
      return signOut('expired');
    }
    let wasOpen = false;
    socket = opening;
    opening.addEventListener('open', () => {
      if (isStale()) return opening.close();
      wasOpen = true;
      attempts = 0;
      refusals = 0;
      lostSince = null;
      become({ kind: 'connected' });
      return undefined;
    });
    opening.addEventListener('message', (event: MessageEvent) => {
      if (!isStale() && typeof event.data === 'string') messages.tell(parseJson(event.data));
    });
    opening.addEventListener('close', () => {
      if (isStale()) return;
      socket = null;
      if (wasOpen) retryLater();
      else void learnWhy(isStale);
    });
    return undefined;
  };

  const learnWhy = async (isStale: () => boolean): Promise<void> => {
    const isServerThere = await surroundings
      .fetch(`${surroundings.origin}/`, { method: 'HEAD', cache: 'no-store' })
      .then(
        () => true,
        () => false,
      );
    if (isStale()) return;
    refusals = isServerThere ? refusals + 1 : 0;
    // It is back, so there is no reason to wait long for the second look.
    if (isServerThere) attempts = Math.min(attempts, 1);
    if (refusals >= refusalsBeforeSignedOut) signOut('expired');
    else retryLater();
  };

  const reconnect = (): void => {
    if (state.kind === 'lost') attempt();
  };
  const stopWaking = surroundings.onWake(reconnect);
  const stopToken = surroundings.onToken(() => {
    const token = surroundings.takeToken();
    if (token === null) return;
    pendingToken = token;
    refusals = 0;
    if (state.kind !== 'connected') attempt();
  });

  attempt();

  return {
    kind: 'browser',
    state: () => state,
    send(message: ClientMessage) {
      if (state.kind === 'connected') socket?.send(JSON.stringify(message));
    },
    onMessage: (listener) => messages.add(listener),
    onState: (listener) => states.add(listener),
    reconnect,
    close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      stopWaking();
      stopToken();
      socket?.close();
      messages.clear();
      states.clear();
    },
  };
}

function readKey(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('key' in body)) return null;
  return typeof body.key === 'string' && body.key !== '' ? body.key : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not the protocol: the client ignores what is no envelope.
    return null;
  }
}

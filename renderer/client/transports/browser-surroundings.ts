/** What the browser transport needs of the page it lives in; passed in, so that it runs in tests. */
export interface BrowserSurroundings {
  /** Origin of the page, as in http://127.0.0.1:4100. */
  readonly origin: string;
  /** The launch token of the address, taken out of it so that it is neither copied nor kept in the history. */
  takeToken(): string | null;
  loadKey(): string | null;
  saveKey(key: string | null): void;
  fetch(address: string, init: RequestInit): Promise<Response>;
  openSocket(address: string, protocols: string[]): WebSocket;
  /** The user came back or the network did: a moment to try at once. */
  onWake(listener: () => void): () => void;
  /** The link was opened again in this very tab, which changes only the fragment and reloads nothing. */
  onToken(listener: () => void): () => void;
  now(): number;
}

const keyName = 'earshot.session-key';
const tokenPattern = /^[\w-]{32,128}$/;

export function browserSurroundings(): BrowserSurroundings {
  return {
    origin: location.origin,
    takeToken() {
      const token = location.hash.slice(1);
      if (!tokenPattern.test(token)) return null;
      history.replaceState(history.state, '', location.pathname + location.search);
      return token;
    },
    loadKey: () => sessionStorage.getItem(keyName),
    saveKey(key) {
      if (key === null) sessionStorage.removeItem(keyName);
      else sessionStorage.setItem(keyName, key);
    },
    fetch: (address, init) => fetch(address, init),
    openSocket: (address, protocols) => new WebSocket(address, protocols),
    onWake: (listener) => {
      const whenVisible = (): void => {
        if (document.visibilityState === 'visible') listener();
      };
      addEventListener('online', listener);
      document.addEventListener('visibilitychange', whenVisible);
      return () => {
        removeEventListener('online', listener);
        document.removeEventListener('visibilitychange', whenVisible);
      };
    },
    onToken: (listener) => {
      addEventListener('hashchange', listener);
      return () => removeEventListener('hashchange', listener);
    },
    now: () => Date.now(),
  };
}

import { browserSession } from '../../shared/contract/browser-session.ts';

/**
 * A page anywhere on the web can make the browser send requests to 127.0.0.1, and can point a name of its own
 * there (DNS rebinding). Only the two names that we print are answered, and only our own page may write.
 */
export function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

export function isOwnHost(host: string | undefined, port: number): host is string {
  return host !== undefined && ownHosts(port).includes(host);
}

/** Exact and for the very name that was asked: `null`, a missing one and the other name are all wrong. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin === `http://${host}`;
}

/** The session key among the subprotocols `earshot.v1, k.<key>`; null when it is not exactly that. */
export function keyInProtocols(header: string | undefined): string | null {
  const [protocol, key, ...others] = (header ?? '').split(',').map((part) => part.trim());
  if (protocol !== browserSession.protocol || others.length > 0) return null;
  if (!key?.startsWith(browserSession.keyProtocolPrefix)) return null;
  return key.slice(browserSession.keyProtocolPrefix.length);
}

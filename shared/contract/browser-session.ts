/**
 * How a page in a browser gets to the engine. The address that the host prints ends in `#TOKEN`. The page takes
 * the token out of the address, exchanges it by `POST /session` (header `x-earshot-token`) for `{ "key": … }`,
 * keeps the key in sessionStorage and opens a WebSocket on `/engine` with the two subprotocols below.
 * There are no cookies: they ignore the port and would leak to other servers on this computer.
 */
export const browserSession = {
  sessionPath: '/session',
  tokenHeader: 'x-earshot-token',
  /** `GET /session` with this header: 204 when the key is good, 401 when the host was started anew. */
  keyHeader: 'x-earshot-key',
  enginePath: '/engine',
  protocol: 'earshot.v1',
  keyProtocolPrefix: 'k.',
} as const;

/** Why the host closed a WebSocket; other codes mean what RFC 6455 says. */
export const browserCloseCodes = {
  /** The engine stopped and is being restarted: connect again soon. */
  engineRestarting: 1012,
  /** `npm run dev` has a new build: load the page anew. */
  newBuild: 4205,
} as const;

/**
 * How a page in a browser gets to the engine. The address that the host prints ends in `#TOKEN`. The page takes
 * the token out of the address, exchanges it by `POST /session` (header `x-earshot-token`) for `{ "key": … }`,
 * keeps the key in sessionStorage and opens a WebSocket on `/engine` with the two subprotocols below.
 * There are no cookies: they ignore the port and would leak to other servers on this computer.
 */
export const browserSession = {
  sessionPath: '/session',
  tokenHeader: 'x-earshot-token',
  enginePath: '/engine',
  protocol: 'earshot.v1',
  keyProtocolPrefix: 'k.',
} as const;

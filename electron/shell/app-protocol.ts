import { readFile } from 'node:fs/promises';
import { type Protocol, protocol } from 'electron';
import { securityHeaders } from '../serving/content-policy.ts';
import type { WindowFiles } from '../serving/window-files.ts';
import { appScheme, findWindowFile } from './app-address.ts';

/** Before `ready`, or Chromium treats the scheme as a foreign one. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the window from `app://earshot`, so that it has an origin, which a `file:` page has not. */
export function serveWindow(target: Protocol, files: WindowFiles): void {
  const headers = securityHeaders([]);
  target.handle(appScheme, async ({ method, url }) => {
    const file = findWindowFile(files, method, url);
    if (!file) return new Response('404\n', { status: 404, headers });
    const body = new Uint8Array(await readFile(file.path));
    return new Response(body, { headers: { ...headers, 'content-type': file.contentType } });
  });
}

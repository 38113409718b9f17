import type { Session } from 'electron';
import { isAppAddress } from './app-address.ts';

/** All that the window may ask of the system: to copy a link or a text. Everything else is refused unseen. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export function isPermitted(permission: string, address: string): boolean {
  return allowedPermissions.has(permission) && isAppAddress(address);
}

/** Both handlers: without the check handler, Chromium says yes to what is only looked up. */
export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isPermitted(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isPermitted(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

import type { WindowFile, WindowFiles } from '../serving/window-files.ts';

export const appScheme = 'app';
const appHost = 'earshot';
export const appOrigin = `${appScheme}://${appHost}`;
export const windowAddress = `${appOrigin}/`;

/** By its parts, never by how it begins: `app://earshot.example` begins the same. */
export function isAppAddress(address: string): boolean {
  const url = parse(address);
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.host === appHost &&
    url.username === '' &&
    url.password === ''
  );
}

/** The file of the window that an address names; null for anything that is not exactly one of them. */
export function findWindowFile(files: WindowFiles, method: string, address: string): WindowFile | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (!isAppAddress(address) || isSuspect(address)) return null;
  return files.get(parse(address)?.pathname ?? '') ?? null;
}

/** No file of ours needs these; whoever sends them is trying something. */
function isSuspect(address: string): boolean {
  return /\.\.|\\|%2e|%2f|%5c|%00|\0/i.test(address);
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

import { EarshotError } from '../../../../shared/contract/errors.ts';
import { describeUrl } from './describe-url.ts';

const maxRedirects = 5;

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export function isRedirect(status: number): boolean {
  return redirectStatuses.has(status);
}

/** Where a redirect leads; throws when Earshot does not go there. `visited` are the addresses already asked, `shown` is `from` as it may be named. */
export function redirectTarget(
  from: URL,
  location: string | undefined,
  visited: readonly string[],
  shown: string,
): URL {
  const where = describeUrl(shown);
  if (location === undefined || location.trim() === '') {
    throw new EarshotError('bad-response', `${where} redirects without saying where to.`, {
      reason: 'redirect',
    });
  }
  let target: URL;
  try {
    target = new URL(readLocation(location), from);
  } catch (error) {
    throw new EarshotError(
      'bad-response',
      `${where} redirects to something that is no address.`,
      { reason: 'redirect' },
      error,
    );
  }
  target.hash = '';
  // Whoever answers here does not decide as whom Earshot asks there.
  target.username = '';
  target.password = '';
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new EarshotError('bad-response', `${where} redirects to an address that is not http or https.`, {
      reason: 'redirect',
    });
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw new EarshotError(
      'tls',
      `${where} redirects from https to unprotected http, which Earshot refuses.`,
      {
        reason: 'downgrade',
      },
    );
  }
  if (visited.includes(target.href)) {
    throw new EarshotError('redirect-loop', `${where} redirects in a circle.`, { hops: visited.length });
  }
  if (visited.length > maxRedirects) {
    throw new EarshotError('redirect-loop', `${where} redirects more than ${maxRedirects} times.`, {
      hops: visited.length,
    });
  }
  return target;
}

/** Headers arrive as bytes read one by one; addresses with letters beyond ASCII are sent as UTF-8 all the same. */
function readLocation(location: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(location.trim(), 'latin1'));
  } catch {
    // Not UTF-8: the bytes are taken as they are.
    return location.trim();
  }
}

/** Headers that may go to whoever a redirect names. Everything else, credentials above all, stays with the first origin. */
const harmlessHeaders = new Set([
  'accept',
  'accept-language',
  'if-none-match',
  'if-modified-since',
  'cache-control',
]);

export function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmlessHeaders.has(name)));
}

import type { HttpResponse } from '../../ports/http.ts';
import type { FeedsCursor } from './cursor.ts';

/** Captive portals and bad weeks of a web host answer 301 too: a move has to last before it is believed. */
const confirmations = 3;
const confirmationMs = 24 * 3_600_000;

/**
 * Whether the feed has moved, after an answer that was a valid feed. `movedTo` is the address to poll from now
 * on; until then the candidate waits in the cursor.
 */
export function judgeRedirects(
  asked: string,
  redirects: HttpResponse['redirects'],
  before: FeedsCursor['redirectCandidate'],
  now: number,
): { readonly movedTo: string | null; readonly candidate: FeedsCursor['redirectCandidate'] } {
  // What comes after a temporary redirect is temporary too.
  const temporary = redirects.findIndex(({ status }) => status !== 301 && status !== 308);
  const lasting = temporary === -1 ? redirects : redirects.slice(0, temporary);
  const target = lasting.at(-1)?.to;
  if (target === undefined || target === asked) return { movedTo: null, candidate: null };
  if (isSamePlace(asked, target)) return { movedTo: target, candidate: null };
  const candidate =
    before?.url === target ? { ...before, count: before.count + 1 } : { url: target, count: 1, firstAt: now };
  const isConfirmed = candidate.count >= confirmations && now - candidate.firstAt >= confirmationMs;
  return isConfirmed ? { movedTo: target, candidate: null } : { movedTo: null, candidate };
}

/** http to https, or a slash at the end, on the same host: nobody gains anything by lying about that. */
function isSamePlace(from: string, to: string): boolean {
  const [a, b] = [new URL(from), new URL(to)];
  const isUpgrade = a.protocol === b.protocol || (a.protocol === 'http:' && b.protocol === 'https:');
  const isSamePort = a.protocol === b.protocol ? a.port === b.port : a.port === '' && b.port === '';
  const path = (url: URL): string => url.pathname.replace(/\/$/, '') + url.search;
  return isUpgrade && isSamePort && a.hostname === b.hostname && path(a) === path(b);
}

import { EarshotError } from '../../../shared/contract/errors.ts';
import type { AccountSupport } from '../connectors/connector.ts';

/** Renewed this long before their end: a call that begins now should not end after them. */
const renewedBeforeMs = 90_000;

/** Whether they end within the time that a call takes. */
export function canEndSoon(support: AccountSupport, credentials: unknown, now: number): boolean {
  const expiresAt = support.expiresAt?.(credentials) ?? null;
  return expiresAt !== null && expiresAt - renewedBeforeMs <= now;
}

/** When somebody has to sign in again, as far as is known; null: never. Those that renew themselves end with the renewing. */
export function lastsUntil(support: AccountSupport, credentials: unknown): number | null {
  const endsAt = support.endsAt?.(credentials) ?? null;
  if (endsAt !== null || support.refresh) return endsAt;
  return support.expiresAt?.(credentials) ?? null;
}

export function isSame(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

/**
 * What a renewal brought, by the connector's schema. A good token is never replaced by nothing: an answer without
 * one, with an empty one, or with the same as before throws `bad-response`.
 */
export function refuseEmpty(support: AccountSupport, fresh: unknown, old: unknown): unknown {
  const parsed = support.credentialsSchema.safeParse(fresh);
  if (!parsed.success || losesText(old, parsed.data) || isSame(old, parsed.data)) {
    throw new EarshotError(
      'bad-response',
      'The platform answered a renewal of the sign-in with nothing that could be used. It is tried again later.',
    );
  }
  return parsed.data;
}

/** Whether a text that was there is empty now, at any depth. */
function losesText(old: unknown, fresh: unknown): boolean {
  if (typeof old === 'string') return old !== '' && (fresh === '' || fresh === null);
  if (!isObject(old) || !isObject(fresh)) return false;
  return Object.entries(old).some(([key, value]) => key in fresh && losesText(value, fresh[key]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The same values give the same text, in whatever order they were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

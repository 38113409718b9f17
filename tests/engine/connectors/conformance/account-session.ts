import { EarshotError } from '../../../../shared/contract/errors.ts';
import type {
  AccountSession,
  AccountSupport,
  CallContext,
  Identity,
  SignedIn,
} from '../../../../electron/engine/connectors/connector.ts';

export interface TestSession extends AccountSession {
  /** How often credentials were renewed. */
  renewals(): number;
  /** The ones it holds now, without renewing. */
  held(): unknown;
}

/** Renewed this long before they end. */
const marginMs = 60_000;

/**
 * An account whose credentials are held in memory. Renewals go one at a time, and what everybody uses is what the
 * schema makes of the stored JSON.
 */
export function accountSession(
  support: AccountSupport,
  { identity, credentials, settings }: SignedIn<unknown, unknown>,
  call: CallContext,
): TestSession {
  let held = stored(support, credentials);
  let renewing: Promise<unknown> | null = null;
  let renewals = 0;

  async function renew(): Promise<unknown> {
    if (!support.refresh) {
      throw new EarshotError('unauthorized', 'The account has to be signed in again.');
    }
    const renewed = await support.refresh({ ...call, settings, credentials: held });
    renewals += 1;
    held = stored(support, renewed);
    return held;
  }
  const renewOnce = (): Promise<unknown> => {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    return renewing;
  };

  return {
    identity: JSON.parse(JSON.stringify(identity)) as Identity,
    settings,
    async credentials() {
      if (renewing) return renewing;
      const expiresAt = support.expiresAt?.(held) ?? null;
      const isEnding = expiresAt !== null && expiresAt - marginMs <= call.now();
      return isEnding && support.refresh ? renewOnce() : held;
    },
    async renewed(refused) {
      // Somebody else has renewed them meanwhile.
      if (JSON.stringify(refused) !== JSON.stringify(held)) return held;
      return renewOnce();
    },
    renewals: () => renewals,
    held: () => held,
  };
}

function stored(support: AccountSupport, credentials: unknown): unknown {
  return support.credentialsSchema.parse(JSON.parse(JSON.stringify(credentials)));
}

import { EarshotError } from '../../../shared/contract/errors.ts';
import type { Connector } from '../connectors/connector.ts';

/** Why a source of these settings cannot be listened to without an account; null when it can. */
export function accountNeeded(connector: Connector, settings: unknown): string | null {
  if (connector.accountNeededFor) return connector.accountNeededFor(settings);
  const { name, capabilities } = connector.info;
  return capabilities.listensWithAccount === 'always'
    ? `${name} is listened to with an account: choose one, or add it first.`
    : null;
}

export function accountGone(): EarshotError {
  return new EarshotError(
    'unauthorized',
    'The account that it listens with was removed. Add that account again, or remove this source.',
    { reason: 'account-removed' },
  );
}

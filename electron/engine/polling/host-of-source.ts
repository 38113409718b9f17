import type { Connector } from '../connectors/connector.ts';
import { listAccounts } from '../store/queries/accounts.ts';
import type { SourceRecord } from '../store/queries/sources.ts';
import type { ReadableStore } from '../store/store.ts';

/**
 * Whom a source asks: the server of its account where that has one of its own (`server`, `apiUrl`), else the one of
 * its settings. Lower case, perhaps with a port; null when nobody is asked, or the settings cannot be read.
 */
export function hostOfSource(
  store: ReadableStore,
  connector: Connector,
  source: Pick<SourceRecord, 'settings' | 'accountId'>,
): string | null {
  const ofAccount = source.accountId === null ? null : hostOfAccount(store, source.accountId);
  if (ofAccount !== null) return ofAccount;
  const settings = connector.settingsSchema.safeParse(source.settings);
  return settings.success ? (connector.hostOf(settings.data)?.toLowerCase() ?? null) : null;
}

function hostOfAccount(
  store: ReadableStore,
  accountId: NonNullable<SourceRecord['accountId']>,
): string | null {
  const account = listAccounts(store).find((each) => each.accountId === accountId);
  for (const given of [account?.settings['apiUrl'], account?.settings['server']]) {
    if (typeof given !== 'string' || given === '') continue;
    // A server may be named without its scheme.
    const url = [given, `https://${given}`].map((each) => URL.parse(each)).find((each) => each?.host);
    if (url) return url.host.toLowerCase();
  }
  return null;
}

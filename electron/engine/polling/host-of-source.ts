import type { Connector } from '../connectors/connector.ts';
import { type AccountRecord, listAccounts } from '../store/queries/accounts.ts';
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
  if (source.accountId !== null) {
    const account = listAccounts(store).find(({ accountId }) => accountId === source.accountId);
    // Without it nobody is asked.
    if (!account) return null;
    const host = hostOfAccount(account);
    if (host !== null) return host;
  }
  const settings = connector.settingsSchema.safeParse(source.settings);
  return settings.success ? (connector.hostOf(settings.data)?.toLowerCase() ?? null) : null;
}

function hostOfAccount({ settings }: Pick<AccountRecord, 'settings'>): string | null {
  for (const given of [settings['apiUrl'], settings['server']]) {
    if (typeof given !== 'string' || given === '') continue;
    // A server may be named without its scheme.
    const url = [given, `https://${given}`].map((each) => URL.parse(each)).find((each) => each?.host);
    if (url) return url.host.toLowerCase();
  }
  return null;
}

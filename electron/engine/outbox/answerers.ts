import { identityOf } from '../accounts/stored-identity.ts';
import type { Connector, ReplyTarget } from '../connectors/connector.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import { type AccountRecord, listAccounts } from '../store/queries/accounts.ts';
import { lastAnsweringAccount } from '../store/queries/reply-lists.ts';
import type { StoredTarget } from '../store/queries/reply-targets.ts';
import { toRow } from '../store/row-ids.ts';
import type { ReadableStore } from '../store/store.ts';

export interface Answerers {
  /** The one to suggest first. */
  readonly able: readonly AccountRecord[];
  /** The first of them stands out: it answered here last, or what is answered came to it. */
  readonly isFirstMeant: boolean;
  /** Why nobody can, and what to do; null when somebody can. */
  readonly note: string | null;
}

const others = 2;

/** Accounts that could answer a mention. One that has to be signed in to again can: what it sends waits for that. */
export function answerersOf(
  store: ReadableStore,
  connectors: ConnectorRegistry,
  target: StoredTarget,
): Answerers {
  const last = lastAnsweringAccount(store, target.conversationRow);
  const candidates = listAccounts(store).filter((account) =>
    speaksOn(connectors.get(account.connector), target.platform),
  );
  const rankOf = ({ accountId, state }: AccountRecord): number => {
    if (state === 'expired') return others + 1;
    const row = toRow(accountId);
    return row === last ? 0 : row === target.sourceAccountRow ? 1 : others;
  };
  const able = candidates
    .filter((account) => objectionTo(account, connectors.get(account.connector), target) === null)
    .sort((a, b) => rankOf(a) - rankOf(b));
  const isFirstMeant = able[0] !== undefined && rankOf(able[0]) < others;
  if (able.length > 0) return { able, isFirstMeant, note: null };
  const [only] = candidates;
  const note = only
    ? objectionTo(only, connectors.get(only.connector), target)
    : noAccountNote(connectors, target);
  return { able, isFirstMeant, note };
}

/** Why this account cannot answer that, in words that say what to do; null when it can. */
export function objectionTo(
  account: AccountRecord,
  connector: Connector | undefined,
  target: StoredTarget,
): string | null {
  if (!connector?.reply || !speaksOn(connector, target.platform)) {
    return `${account.name} is an account of another platform and cannot answer here. Choose another account.`;
  }
  if (account.isReadOnly) {
    return `${account.name} is read-only. Allow it to write: Accounts, then ${account.name}.`;
  }
  const identity = identityOf(account);
  if (identity.replyNote !== undefined) return identity.replyNote;
  return reaches(connector, account, target)
    ? null
    : `${account.name} does not reach this conversation. Connect an account of the place where it stands.`;
}

function reaches(connector: Connector, account: AccountRecord, target: StoredTarget): boolean {
  const { reply } = connector;
  if (!reply?.reaches) return true;
  const settings = connector.account?.settingsSchema.safeParse(account.settings);
  if (!settings?.success) return false;
  const { key, url, kind, isPrivate } = target;
  try {
    const context: ReplyTarget['context'] = target.context === null ? undefined : JSON.parse(target.context);
    return reply.reaches(
      { identity: identityOf(account), settings: settings.data },
      { key, url, context, kind, isPrivate },
    );
  } catch {
    // A context that its connector cannot read leads nowhere.
    return false;
  }
}

function noAccountNote(connectors: ConnectorRegistry, target: StoredTarget): string {
  const speaking = [...connectors.values()].find((connector) => speaksOn(connector, target.platform));
  if (speaking) return `Connect an account on ${speaking.info.name} to answer here.`;
  const { replyNote } = connectors.get(target.connector)?.info.capabilities ?? {};
  return replyNote ?? 'Earshot cannot answer there. Open it in the browser and answer there.';
}

function speaksOn(connector: Connector | undefined, platform: string): boolean {
  return connector?.reply !== undefined && connector.info.platforms.some(({ id }) => id === platform);
}

import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSession, CallContext } from '../connector.ts';
import { type ApiAnswer, call, type YouTubeCredentials } from './api.ts';
import type { Cost } from './quota.ts';
import { listSchema, type YouTubeList } from './wire.ts';

const one: Cost = { bucket: 'units', units: 1 };

/** A list of the interface; it costs one unit. */
export function list(
  context: CallContext,
  account: AccountSession | null,
  path: 'commentThreads' | 'comments' | 'videos' | 'channels',
  parameters: Readonly<Record<string, string>>,
  isForAnswer = false,
): Promise<ApiAnswer<YouTubeList>> {
  const request = { path, parameters, cost: { ...one, isForAnswer } };
  return call(context, needed(account), request, listSchema);
}

/** A search, of which there are a hundred a day. */
export function search(
  context: CallContext,
  account: AccountSession | null,
  parameters: Readonly<Record<string, string>>,
): Promise<ApiAnswer<YouTubeList>> {
  const request = { path: 'search', parameters, cost: { bucket: 'searches', units: 1 } as const };
  return call(context, needed(account), request, listSchema);
}

function needed(account: AccountSession | null): AccountSession<YouTubeCredentials> {
  if (account !== null) return account as AccountSession<YouTubeCredentials>;
  throw new EarshotError(
    'unauthorized',
    'YouTube shows comments to programs only with an account or an API key. Connect one.',
  );
}

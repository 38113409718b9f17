import { onTestFinished } from 'vitest';
import type {
  AccountSession,
  CallContext,
  IncomingMention,
} from '../../../../electron/engine/connectors/connector.ts';
import type { DiscourseCredentials } from '../../../../electron/engine/connectors/discourse/api.ts';
import {
  discourseConnector,
  type DiscourseCursor,
} from '../../../../electron/engine/connectors/discourse/connector.ts';
import type { DiscourseAccountSettings } from '../../../../electron/engine/connectors/discourse/settings.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { realClock } from '../http/real-clock.ts';
import {
  type DiscourseOptions,
  discourseStandIn,
  type DiscourseStandIn,
  givenKey,
} from './discourse-stand-in.ts';

export const now = Date.UTC(2026, 10, 21, 12);

export async function start(options: DiscourseOptions = {}) {
  const standIn = await discourseStandIn(() => now, options);
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => standIn.close());
  onTestFinished(() => http.close());
  const call: CallContext = { http, now: () => now, signal: new AbortController().signal };
  return { standIn, call };
}

export const settingsOf = ({ url }: DiscourseStandIn): DiscourseAccountSettings => ({
  server: url,
  allowPrivateNetwork: true,
});

export function method(id: string) {
  const found = discourseConnector.account?.methods.find((each) => each.id === id);
  if (!found) throw new Error('There is no such way.');
  return found;
}

export async function session(
  standIn: DiscourseStandIn,
  call: CallContext,
): Promise<AccountSession<DiscourseCredentials, DiscourseAccountSettings>> {
  const way = method('key');
  if (way.kind !== 'enter') throw new Error('It is a way to enter.');
  const settings = settingsOf(standIn);
  const { identity, credentials } = await way.signIn({ ...call, settings, entered: { key: givenKey } });
  return {
    identity,
    settings,
    credentials: async () => credentials,
    renewed: async () => {
      throw new EarshotError('unauthorized', 'Sign in again.');
    },
  };
}

export async function poll(
  standIn: DiscourseStandIn,
  call: CallContext,
  query: string | null = null,
  cursor: DiscourseCursor | null = null,
): Promise<{ items: IncomingMention[]; cursor: DiscourseCursor | null }> {
  const parsed = query === null ? null : parseQuery(query);
  if (parsed?.isValid === false) throw new Error(parsed.mistake.message);
  const items: IncomingMention[] = [];
  let last = cursor;
  for await (const page of discourseConnector.poll({
    ...call,
    settings: { what: 'posts', ...settingsOf(standIn) },
    cursor,
    queries: parsed === null ? [] : [{ text: query ?? '', root: parsed.root }],
    account: null,
  })) {
    items.push(...page.items);
    last = page.cursor;
  }
  return { items, cursor: last };
}

import { expect, it } from 'vitest';
import type { Connector } from '../../../electron/engine/connectors/connector.ts';
import { connectorsOf } from '../../../electron/engine/connectors/registry.ts';
import { hostOfSource } from '../../../electron/engine/polling/host-of-source.ts';
import { aStore } from '../store/a-store.ts';

const github = connectorsOf('own').get('github') as Connector;

it.each([
  [{}, 'api.github.com'],
  [{ apiUrl: 'http://127.0.0.1:4000/api/v3' }, '127.0.0.1:4000'],
  [{ server: 'Social.Example' }, 'social.example'],
  [{ server: 'localhost:4000' }, 'localhost:4000'],
  [{ server: 7, apiUrl: '' }, 'api.github.com'],
])('a source of an account with %j asks %s', (settings, host) => {
  const store = aStore();
  store.run(
    `INSERT INTO accounts (id, connector, platform, external_id, name, state, created_at, settings)
     VALUES (1, 'github', 'github', 'x', 'Kate', 'ok', 0, ?)`,
    JSON.stringify(settings),
  );
  const source = { settings: { what: 'search' }, accountId: '1' as never };
  expect(hostOfSource(store, github, source)).toBe(host);
  expect(hostOfSource(store, github, { ...source, accountId: null })).toBe('api.github.com');
  // With an account that is gone nobody is asked.
  expect(hostOfSource(store, github, { ...source, accountId: '9' as never })).toBeNull();
});

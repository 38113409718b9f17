import { describe, expect, test } from 'vitest';
import { connectorsOf } from '../../../electron/engine/connectors/registry.ts';
import { parseSettings } from '../../../electron/engine/polling/parse-settings.ts';

describe('settings that a connector cannot take', () => {
  test.each([
    ['feeds', { url: 'ftp://example.org/feed' }],
    ['hackernews', { apiUrl: 'not an address' }],
  ])('are refused by %s in one plain sentence that ends once', (id, settings) => {
    const connector = connectorsOf('own').get(id);
    if (!connector) throw new Error(`there is no ${id}`);
    expect(() => parseSettings(connector, settings)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringMatching(/ cannot take these settings: settings\.\w+: Enter .*[^.]\.$/),
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { feedsSettingsSchema } from '../../../../electron/engine/connectors/feeds/settings.ts';

describe('the address of a feed', () => {
  test.each([
    ['example.org', 'https://example.org/'],
    ['feed://example.org/x', 'https://example.org/x'],
    [' https://Example.org/a#part ', 'https://example.org/a'],
    ['localhost:8080/feed', 'http://localhost:8080/feed'],
    ['https://example.org/~kate/@news', 'https://example.org/~kate/@news'],
  ])('%s is read as %s', (typed, url) => {
    expect(feedsSettingsSchema.parse({ url: typed })).toEqual({ url });
  });

  // oxlint-disable-next-line no-script-url -- it is refused
  test.each(['', 'two words', 'javascript:alert(1)', 'file:///etc/passwd', 'https://'])(
    '%j is refused',
    (typed) => {
      expect(feedsSettingsSchema.safeParse({ url: typed }).error?.issues[0]?.message).toMatch(
        /Enter the web address/,
      );
    },
  );

  test('a missing one is asked for', () => {
    expect(feedsSettingsSchema.safeParse({}).error?.issues[0]?.message).toMatch(/Enter the web address/);
  });

  test('with a password in it is refused: settings are kept in plain text', () => {
    const { error } = feedsSettingsSchema.safeParse({ url: 'https://kate:secret@example.org/feed' });
    expect(error?.issues[0]?.message).toMatch(/Leave name and password out/);
    expect(JSON.stringify(error?.issues)).not.toContain('secret');
  });
});

import { describe, expect, it } from 'vitest';
import { mastodonConnector } from '../../../../electron/engine/connectors/mastodon/connector.ts';
import {
  accountSettingsSchema,
  settingsSchema,
} from '../../../../electron/engine/connectors/mastodon/settings.ts';

describe('the server', () => {
  it.each([
    ['mastodon.social', 'https://mastodon.social'],
    [' Mastodon.Social/ ', 'https://mastodon.social'],
    ['https://mastodon.social/@brand', 'https://mastodon.social'],
    ['@brand@mastodon.social', 'https://mastodon.social'],
    ['brand@mastodon.social', 'https://mastodon.social'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['localhost', 'http://localhost'],
  ])('%j is %s', (server, expected) => {
    expect(accountSettingsSchema.parse({ server }).server).toBe(expected);
    // What is stored is parsed again.
    expect(accountSettingsSchema.parse({ server: expected }).server).toBe(expected);
  });

  it.each(['', 'not a server', 'ftp://mastodon.social', 'https://me:secret@mastodon.social', '@brand'])(
    '%j is none',
    (server) => {
      expect(accountSettingsSchema.safeParse({ server }).success).toBe(false);
    },
  );
});

describe('a source', () => {
  it('listens to mentions unless told', () => {
    expect(settingsSchema.parse({ tag: '', server: ' ' })).toEqual({ what: 'mentions' });
  });

  it.each([
    ['#Earshot', 'Earshot'],
    ['日本語', '日本語'],
    [' earshot_app ', 'earshot_app'],
  ])('reads the tag %j', (tag, expected) => {
    expect(settingsSchema.parse({ what: 'tag', tag }).tag).toBe(expected);
  });

  it.each([undefined, '', '#', 'two words', 'a/b'])('does not take %j for a tag', (tag) => {
    expect(settingsSchema.safeParse({ what: 'tag', tag }).success).toBe(false);
  });

  it.each([
    [{ what: 'mentions' }, true],
    [{ what: 'search' }, true],
    [{ what: 'tag', tag: 'a' }, true],
    [{ what: 'tag', tag: 'a', server: 'mastodon.social' }, false],
  ])('%j needs an account: %s', (settings, isNeeded) => {
    const parsed = settingsSchema.parse(settings);
    expect(mastodonConnector.accountNeededFor?.(parsed) !== null).toBe(isNeeded);
  });

  it('is called after what it listens to', () => {
    const parsed = settingsSchema.parse({ what: 'tag', tag: 'acme', server: 'mastodon.social' });
    expect(mastodonConnector.describe(parsed)).toEqual({
      name: '#acme on mastodon.social',
      url: 'https://mastodon.social/tags/acme',
    });
    expect(mastodonConnector.hostOf(parsed)).toBe('mastodon.social');
  });
});

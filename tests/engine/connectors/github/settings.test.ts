import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../../electron/engine/connectors/github/api.ts';
import { gitHubConnector } from '../../../../electron/engine/connectors/github/connector.ts';

describe('a GitHub', () => {
  it('may be on a server of one’s own', () => {
    expect(placeOf({ apiUrl: 'https://git.example.org/api/v3/' })).toMatchObject({
      api: 'https://git.example.org/api/v3',
      graphql: 'https://git.example.org/api/graphql',
      site: 'https://git.example.org',
    });
  });
});

describe('a repository', () => {
  it.each(['', 'orbit', 'orbit/tools/more'])('is not %j', (repositories) => {
    expect(gitHubConnector.settingsSchema.safeParse({ what: 'repository', repositories }).success).toBe(
      false,
    );
  });

  it('may be pasted as an address', () => {
    const repositories = 'https://github.com/orbit/tools/, orbit/more';
    expect(gitHubConnector.settingsSchema.parse({ what: 'repository', repositories })).toEqual({
      what: 'repository',
      repositories: 'orbit/tools orbit/more',
    });
  });
});

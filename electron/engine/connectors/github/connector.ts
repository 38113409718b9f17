import type { Connector } from '../connector.ts';
import { gitHubAccount } from './account.ts';
import { type GitHubCredentials, placeOf, type ServerSettings } from './api.ts';
import { info } from './info.ts';
import { pollGitHub } from './listening.ts';
import { gitHubActions, type GitHubPrepared, gitHubReply } from './reply.ts';
import { cursorSchema, type GitHubCursor, type GitHubSettings, settingsSchema } from './settings.ts';

export const gitHubConnector: Connector<
  GitHubSettings,
  GitHubCursor,
  GitHubCredentials,
  ServerSettings,
  GitHubPrepared
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: (settings) => new URL(placeOf(settings).api).hostname,
  describe(settings) {
    const { what, repositories = '' } = settings;
    const { site } = placeOf(settings);
    const names = repositories.split(' ').filter((name) => name !== '');
    const url = names[0] === undefined ? site : `${site}/${names[0]}`;
    switch (what) {
      case 'search':
        return { name: 'GitHub issues', url: site };
      case 'repository':
        return { name: names.join(', '), url };
      case 'discussions':
        return {
          name: names.length === 0 ? 'GitHub discussions' : `Discussions of ${names.join(', ')}`,
          url,
        };
      case 'inbox':
        return { name: 'GitHub notifications', url: `${site}/notifications` };
    }
  },
  accountNeededFor({ what }) {
    if (what === 'discussions') return 'GitHub shows discussions to programs only with an account.';
    return what === 'inbox' ? 'GitHub shows notifications only to the account that they are for.' : null;
  },
  poll: pollGitHub,
  account: gitHubAccount,
  reply: gitHubReply,
  actions: gitHubActions,
};

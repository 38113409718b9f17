import type { Connector } from '../connector.ts';
import { redditAccount, type RedditCredentials } from './account.ts';
import { publicSite } from './adapt.ts';
import { placeOf, type ServerSettings } from './api.ts';
import { info } from './info.ts';
import {
  cursorSchema,
  pollReddit,
  type RedditCursor,
  type RedditSettings,
  settingsSchema,
} from './listening.ts';
import { redditActions, redditReply, type RedditPrepared } from './reply.ts';

export const redditConnector: Connector<
  RedditSettings,
  RedditCursor,
  RedditCredentials,
  ServerSettings,
  RedditPrepared
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: (settings) => new URL(placeOf(settings).site).hostname,
  describe({ what, subreddits = '' }) {
    const within = subreddits === '' ? '' : `r/${subreddits.replaceAll('+', ', r/')}`;
    const url = subreddits === '' ? publicSite : `${publicSite}/r/${subreddits}/`;
    switch (what) {
      case 'inbox':
        return { name: 'Reddit inbox', url: `${publicSite}/message/inbox/` };
      case 'search':
        return { name: within === '' ? 'Reddit search' : `Search in ${within}`, url };
      case 'posts':
        return { name: `Posts in ${within}`, url };
      case 'comments':
        return { name: `Comments in ${within}`, url };
    }
  },
  accountNeededFor: ({ what }) =>
    what === 'inbox' ? 'Reddit shows an inbox only to the account that it belongs to.' : null,
  poll: pollReddit,
  account: redditAccount,
  reply: redditReply,
  actions: redditActions,
};

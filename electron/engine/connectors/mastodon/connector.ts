import type { Connector } from '../connector.ts';
import { accountSupport } from './account.ts';
import { actions } from './actions.ts';
import type { MastodonCredentials } from './caller.ts';
import { info } from './info.ts';
import { poll } from './listen.ts';
import { cursorSchema, type MastodonCursor } from './listening.ts';
import { replySupport, type preparedSchema } from './reply.ts';
import type { z } from 'zod';
import {
  hostOfServer,
  type MastodonAccountSettings,
  type MastodonSettings,
  settingsSchema,
} from './settings.ts';

/** Mastodon, and servers that speak its interface: GoToSocial, Pleroma, Akkoma, Pixelfed and more. */
export const mastodonConnector: Connector<
  MastodonSettings,
  MastodonCursor,
  MastodonCredentials,
  MastodonAccountSettings,
  z.infer<typeof preparedSchema>
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: ({ server }) => (server === undefined ? null : hostOfServer(server)),
  describe({ what, tag, server }) {
    if (what === 'mentions') return { name: 'Mastodon mentions', url: null };
    if (what === 'search') return { name: 'Mastodon search', url: null };
    const page = server === undefined ? null : `${server}/tags/${encodeURIComponent(tag ?? '')}`;
    return {
      name: `#${tag ?? ''} on ${server === undefined ? 'Mastodon' : hostOfServer(server)}`,
      url: page,
    };
  },
  accountNeededFor({ what, server }) {
    if (what === 'mentions') return 'Mentions are shown to their account alone.';
    if (what === 'search') return 'Servers search posts only for people who are signed in.';
    return server === undefined ? 'Choose an account, or enter the server whose tag is read.' : null;
  },
  poll,
  account: accountSupport,
  reply: replySupport,
  actions,
};

import type { Connector } from '../connector.ts';
import { blueskyActions } from './actions.ts';
import { pageOfAccount } from './adapt.ts';
import { blueskyInfo } from './info.ts';
import { oauthMethod, refreshTokens, revokeTokens } from './oauth.ts';
import { deleteSession, passwordMethod, readIdentity, refreshSession } from './password.ts';
import { poll, rewind } from './poll.ts';
import { blueskyReply } from './reply.ts';
import {
  accountSettingsSchema,
  type BlueskyAccountSettings,
  type BlueskyCredentials,
  type BlueskyCursor,
  type BlueskySettings,
  credentialsSchema,
  cursorSchema,
  defaultPublicUrl,
  defaultServer,
  settingsSchema,
} from './settings.ts';
import { accountNeeded } from './streams.ts';

type Prepared = Awaited<ReturnType<typeof blueskyReply.prepare>>;

export const blueskyConnector: Connector<
  BlueskySettings,
  BlueskyCursor,
  BlueskyCredentials,
  BlueskyAccountSettings,
  Prepared
> = {
  info: blueskyInfo,
  settingsSchema,
  cursorSchema,
  hostOf: (settings) =>
    new URL(settings.what === 'author' ? (settings.apiUrl ?? defaultPublicUrl) : defaultServer).hostname,
  describe,
  accountNeededFor: ({ what }) => (what === 'author' ? null : accountNeeded[what]),
  poll,
  rewind,
  account: {
    settingsSchema: accountSettingsSchema,
    credentialsSchema,
    methods: [passwordMethod, oauthMethod],
    identify: ({ settings, credentials, ...context }) => readIdentity(context, settings, credentials),
    expiresAt: ({ expiresAt }) => expiresAt,
    endsAt: (credentials) => (credentials.kind === 'oauth' ? credentials.endsAt : null),
    refresh: ({ credentials, ...caller }) =>
      credentials.kind === 'oauth' ? refreshTokens(caller, credentials) : refreshSession(caller, credentials),
    revoke: ({ credentials, ...caller }) =>
      credentials.kind === 'oauth' ? revokeTokens(caller, credentials) : deleteSession(caller, credentials),
  },
  reply: blueskyReply,
  actions: blueskyActions,
};

function describe(settings: BlueskySettings): { name: string; url: string | null } {
  switch (settings.what) {
    case 'mentions':
      return { name: 'Mentions on Bluesky', url: 'https://bsky.app/notifications' };
    case 'search':
      return { name: 'Search on Bluesky', url: 'https://bsky.app/search' };
    case 'tag':
      return {
        name: `#${settings.tag} on Bluesky`,
        url: `https://bsky.app/hashtag/${encodeURIComponent(settings.tag)}`,
      };
    case 'author':
      return { name: `@${settings.author} on Bluesky`, url: pageOfAccount(settings.author) };
  }
}

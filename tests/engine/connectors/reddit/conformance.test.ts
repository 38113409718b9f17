import { redditConnector } from '../../../../electron/engine/connectors/reddit/connector.ts';
import { conformance } from '../conformance/suite.ts';
import { redditStandIn } from './reddit-stand-in.ts';

conformance({
  name: 'Reddit',
  connector: redditConnector,
  start: redditStandIn,
  source: ({ url }) => ({
    settings: { what: 'posts', subreddits: 'tools', apiUrl: url, allowPrivateNetwork: true },
    usesAccount: true,
  }),
  otherSource: ({ url }) => ({
    settings: { what: 'search', apiUrl: url, allowPrivateNetwork: true },
    usesAccount: false,
  }),
  account: ({ url, client }) => ({
    settings: { apiUrl: url, allowPrivateNetwork: true },
    way: 'token',
    entered: client,
  }),
  secretsOf: (credentials) => {
    const { accessToken, refreshToken } = credentials as { accessToken: string; refreshToken: string };
    return [accessToken, refreshToken];
  },
  morePagesThan: 100,
});

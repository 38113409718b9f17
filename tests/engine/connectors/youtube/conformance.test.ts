import { youTubeConnector } from '../../../../electron/engine/connectors/youtube/connector.ts';
import { conformance } from '../conformance/suite.ts';
import { youTubeStandIn } from './youtube-stand-in.ts';

conformance({
  name: 'YouTube',
  connector: youTubeConnector,
  start: youTubeStandIn,
  source: () => ({ settings: { what: 'comments' }, usesAccount: true }),
  otherSource: () => ({ settings: { what: 'videos', videos: 'vid00000001' }, usesAccount: true }),
  account: ({ url, credentials }) => ({
    settings: { apiUrl: url, allowPrivateNetwork: true },
    credentials,
  }),
  secretsOf: (credentials) => {
    const { accessToken, refreshToken, clientSecret } = credentials as Record<string, string>;
    return [accessToken ?? '', refreshToken ?? '', clientSecret ?? ''];
  },
  morePagesThan: 100,
  recheckAfterMs: 15 * 60_000,
  without: { 'a reply to our own reply goes under it': 'answers stand one level deep' },
});

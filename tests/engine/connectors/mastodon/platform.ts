import { mastodonConnector } from '../../../../electron/engine/connectors/mastodon/connector.ts';
import type { ConformancePlatform } from '../conformance/stand-in.ts';
import { type MastodonStandIn, startMastodon } from './stand-in.ts';

export const tagWithAccount: ConformancePlatform<MastodonStandIn> = {
  name: 'Mastodon, a tag with an account,',
  connector: mastodonConnector,
  start: (now) => startMastodon(now),
  source: () => ({ settings: { what: 'tag', tag: '#earshot' }, usesAccount: true }),
  otherSource: () => ({ settings: { what: 'mentions' }, usesAccount: true }),
  account: ({ url, token }) => ({
    settings: { server: url, allowPrivateNetwork: true },
    way: 'token',
    entered: { token },
  }),
  morePagesThan: 80,
};

import { mastodonConnector } from '../../../../electron/engine/connectors/mastodon/connector.ts';
import type { ConformancePlatform } from '../conformance/stand-in.ts';
import { conformance } from '../conformance/suite.ts';
import { type MastodonStandIn, startMastodon } from './stand-in.ts';

const tagWithAccount: ConformancePlatform<MastodonStandIn> = {
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

conformance(tagWithAccount);

conformance({
  ...tagWithAccount,
  name: 'Mastodon, a tag for everybody,',
  source: ({ url }) => ({
    settings: { what: 'tag', tag: 'earshot', server: url, allowPrivateNetwork: true },
    usesAccount: false,
  }),
});

conformance({
  ...tagWithAccount,
  name: 'Mastodon, mentions,',
  source: () => ({ settings: { what: 'mentions' }, usesAccount: true }),
  otherSource: () => ({ settings: { what: 'tag', tag: 'earshot' }, usesAccount: true }),
  without: {
    'posts of the account itself can be told from others': 'nobody is told of what they wrote themselves',
  },
});

conformance({
  ...tagWithAccount,
  name: 'Mastodon, a search,',
  source: () => ({ settings: { what: 'search' }, usesAccount: true }),
});

conformance({
  ...tagWithAccount,
  name: 'A server of its kind',
  start: (now) => startMastodon(now, 'gotosocial'),
  without: {
    'an edited item comes again with its new text': 'it cannot be asked for several posts by their ids',
    'a deleted item is told of': 'it cannot be asked for several posts by their ids',
  },
});

import { conformance } from '../conformance/suite.ts';
import { tagWithAccount } from './platform.ts';
import { startMastodon } from './stand-in.ts';

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

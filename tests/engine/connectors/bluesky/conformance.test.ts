import { blueskyConnector } from '../../../../electron/engine/connectors/bluesky/connector.ts';
import { conformance } from '../conformance/suite.ts';
import { startBluesky } from './stand-in.ts';

conformance({
  name: 'Bluesky',
  connector: blueskyConnector,
  async start(now) {
    const standIn = await startBluesky(now);
    const opening = standIn.publish({ text: 'Good morning', byAccount: true });
    // What is answered stands in a thread of our own, where it can be hidden too.
    const { publish } = standIn;
    standIn.publish = (item) => publish(item.author === 'asker' ? { inReplyTo: opening, ...item } : item);
    return standIn;
  },
  source: () => ({ settings: { what: 'search' }, usesAccount: true }),
  otherSource: () => ({ settings: { what: 'mentions' }, usesAccount: true }),
  account: ({ url, brand, password }) => ({
    settings: { server: url, allowPrivateNetwork: true },
    way: 'app-password',
    entered: { identifier: brand.handle, password },
  }),
  secretsOf: (credentials) => {
    const { accessJwt, refreshJwt } = credentials as { accessJwt: string; refreshJwt: string };
    return [accessJwt, refreshJwt];
  },
  morePagesThan: 100,
  without: {
    'a reply to what was deleted fails for good':
      'Bluesky takes it; that it is gone is said by the look before sending',
  },
});

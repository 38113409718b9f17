import { lemmyConnector } from '../../../../electron/engine/connectors/lemmy/connector.ts';
import type { ConformancePlatform } from '../conformance/stand-in.ts';
import { conformance } from '../conformance/suite.ts';
import { lemmyStandIn, type LemmyOptions, type LemmyStandIn, password } from './lemmy-stand-in.ts';
import { userName } from './lemmy-views.ts';

const platform = (
  name: string,
  options: LemmyOptions,
  more: Partial<ConformancePlatform<LemmyStandIn>> = {},
): ConformancePlatform<LemmyStandIn> => ({
  name,
  connector: lemmyConnector,
  start: (now) => lemmyStandIn(now, options),
  source: ({ url: server }) => ({
    settings: { what: 'search', server, allowPrivateNetwork: true },
    usesAccount: false,
  }),
  otherSource: ({ url: server }) => ({
    settings: { what: 'community', community: 'tools', server, allowPrivateNetwork: true },
    usesAccount: false,
  }),
  account: ({ url: server }) => ({
    settings: { server, allowPrivateNetwork: true },
    way: 'password',
    entered: { username: userName, password },
  }),
  // Posts and comments come in lists of their own, 50 at a time.
  morePagesThan: 100,
  ...more,
});
const inbox: Partial<ConformancePlatform<LemmyStandIn>> = {
  source: () => ({ settings: { what: 'inbox' }, usesAccount: true }),
};

conformance(platform('Lemmy 0.19, searched', { generation: 3 }));
conformance(platform('Lemmy 1.0, searched', { generation: 4 }));
conformance(platform('Lemmy 0.19, an inbox', { generation: 3, namesAccount: true }, inbox));
conformance(platform('Lemmy 1.0, an inbox', { generation: 4, namesAccount: true }, inbox));

import { discourseConnector } from '../../../../electron/engine/connectors/discourse/connector.ts';
import type { ConformancePlatform } from '../conformance/stand-in.ts';
import { conformance } from '../conformance/suite.ts';
import {
  type DiscourseOptions,
  discourseStandIn,
  type DiscourseStandIn,
  givenKey,
} from './discourse-stand-in.ts';

const platform = (
  name: string,
  options: DiscourseOptions,
  more: Partial<ConformancePlatform<DiscourseStandIn>> = {},
): ConformancePlatform<DiscourseStandIn> => ({
  name,
  connector: discourseConnector,
  start: (now) => discourseStandIn(now, options),
  source: ({ url: server }) => ({
    settings: { what: 'posts', server, allowPrivateNetwork: true },
    usesAccount: false,
  }),
  account: ({ url: server }) => ({
    settings: { server, allowPrivateNetwork: true },
    way: 'key',
    entered: { key: givenKey },
  }),
  morePagesThan: 60,
  ...more,
});

conformance(platform('Discourse, its posts', {}));
conformance(
  platform(
    'Discourse, an inbox',
    { tellsOfAll: true },
    {
      source: () => ({ settings: { what: 'inbox' }, usesAccount: true }),
      otherSource: () => ({ settings: { what: 'posts' }, usesAccount: true }),
    },
  ),
);

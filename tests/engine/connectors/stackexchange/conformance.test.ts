import { stackExchangeConnector } from '../../../../electron/engine/connectors/stackexchange/connector.ts';
import type { ConformancePlatform } from '../conformance/stand-in.ts';
import { conformance } from '../conformance/suite.ts';
import { accessToken, type StackOptions, type StackStandIn, stackStandIn } from './stackexchange-stand-in.ts';

const platform = (
  name: string,
  options: StackOptions,
  more: Partial<ConformancePlatform<StackStandIn>> = {},
): ConformancePlatform<StackStandIn> => ({
  name,
  connector: stackExchangeConnector,
  start: (now) => stackStandIn(now, options),
  source: ({ apiUrl }) => ({
    settings: { what: 'search', apiUrl, allowPrivateNetwork: true },
    usesAccount: false,
  }),
  account: ({ apiUrl, site }) => ({
    settings: { site, apiUrl, allowPrivateNetwork: true },
    way: 'token',
    entered: { token: accessToken },
  }),
  morePagesThan: 100,
  without: {
    'a reply to our own reply goes under it': 'comments stand in one row under a question or an answer',
  },
  ...more,
});

conformance(platform('Stack Exchange, searched', {}));
conformance(
  platform(
    'Stack Exchange, an inbox',
    { tellsOfAll: true },
    {
      source: () => ({ settings: { what: 'inbox' }, usesAccount: true }),
      otherSource: () => ({ settings: { what: 'search' }, usesAccount: true }),
    },
  ),
);

import { slackConnector } from '../../../../electron/engine/connectors/slack/connector.ts';
import { conformance } from '../conformance/suite.ts';
import { botToken } from './slack-played.ts';
import { startSlack } from './slack-stand-in.ts';

conformance({
  name: 'Slack',
  connector: slackConnector,
  start: startSlack,
  source: () => ({ settings: { what: 'messages' }, usesAccount: true }),
  otherSource: () => ({ settings: { what: 'messages', channels: '#general' }, usesAccount: true }),
  account: ({ url }) => ({
    settings: { apiUrl: `${url}/api`, allowPrivateNetwork: true },
    way: 'bot-token',
    entered: { token: botToken },
  }),
  morePagesThan: 200,
  without: {
    'a reply to our own reply goes under it':
      'threads are flat there: every answer hangs on what began the thread',
  },
});

import { discordConnector } from '../../../../electron/engine/connectors/discord/connector.ts';
import { conformance } from '../conformance/suite.ts';
import { serverId, token } from './discord-played.ts';
import { startDiscord } from './discord-stand-in.ts';

conformance({
  name: 'Discord',
  connector: discordConnector,
  start: startDiscord,
  source: () => ({ settings: { what: 'messages', server: serverId }, usesAccount: true }),
  otherSource: () => ({ settings: { what: 'search', server: serverId }, usesAccount: true }),
  account: ({ url }) => ({
    settings: { apiUrl: `${url}/api/v10`, allowPrivateNetwork: true },
    way: 'bot-token',
    entered: { token },
  }),
  morePagesThan: 100,
});

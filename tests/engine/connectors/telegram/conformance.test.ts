import { telegramConnector } from '../../../../electron/engine/connectors/telegram/connector.ts';
import { conformance } from '../conformance/suite.ts';
import { startTelegram, token } from './telegram-stand-in.ts';

conformance({
  name: 'Telegram',
  connector: telegramConnector,
  start: startTelegram,
  source: () => ({ settings: {}, usesAccount: true }),
  account: ({ url }) => ({
    settings: { apiUrl: url, allowPrivateNetwork: true },
    way: 'bot-token',
    entered: { token },
  }),
  hasSecretsInAddresses: true,
  morePagesThan: 100,
  without: {
    'a deleted item is told of': 'bots are not told of deletions',
    'posts of the account itself can be told from others': 'a bot is never sent what it wrote',
    'a poll or a look that brings the reply back gives it the same key': 'a bot is never sent what it wrote',
    'a permission that is missing for reading is named': 'whoever holds the token may fetch its updates',
  },
});

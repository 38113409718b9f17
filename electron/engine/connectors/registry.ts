import { appStoreConnector } from './appstore/connector.ts';
import type { Connector } from './connector.ts';
import { blueskyConnector } from './bluesky/connector.ts';
import { discordConnector } from './discord/connector.ts';
import { discourseConnector } from './discourse/connector.ts';
import { feedsConnector } from './feeds/connector.ts';
import { gdeltConnector } from './gdelt/connector.ts';
import { gitHubConnector } from './github/connector.ts';
import { googleNewsConnector } from './googlenews/connector.ts';
import { hackerNewsConnector } from './hackernews/connector.ts';
import { redditConnector } from './reddit/connector.ts';
import { lemmyConnector } from './lemmy/connector.ts';
import { mastodonConnector } from './mastodon/connector.ts';
import { sampleConnector } from './sample/connector.ts';
import { slackConnector } from './slack/connector.ts';
import { stackExchangeConnector } from './stackexchange/connector.ts';
import { telegramConnector } from './telegram/connector.ts';
import { youTubeConnector } from './youtube/connector.ts';

export type ConnectorRegistry = ReadonlyMap<string, Connector>;

/** Every platform Earshot knows: adding one is its folder and a line here. */
const platforms = [
  erase(feedsConnector),
  erase(hackerNewsConnector),
  erase(googleNewsConnector),
  erase(gdeltConnector),
  erase(appStoreConnector),
  erase(blueskyConnector),
  erase(redditConnector),
  erase(gitHubConnector),
  erase(youTubeConnector),
  erase(lemmyConnector),
  erase(discordConnector),
  erase(mastodonConnector),
  erase(discourseConnector),
  erase(slackConnector),
  erase(stackExchangeConnector),
  erase(telegramConnector),
];

/** The simulated platform exists in the sample workspace alone, so that nothing invented meets real mentions. */
export function connectorsOf(workspace: 'own' | 'sample'): ConnectorRegistry {
  const list = workspace === 'sample' ? [erase(sampleConnector), ...platforms] : platforms;
  return new Map(list.map((connector) => [connector.info.id, connector]));
}

/**
 * Settings, cursors and credentials are known to their connector alone. Everybody else passes on what that connector's own
 * schemas have just parsed, which is what makes forgetting the types here safe.
 */
function erase<Settings, Cursor, Credentials, AccountSettings, Prepared>(
  connector: Connector<Settings, Cursor, Credentials, AccountSettings, Prepared>,
): Connector {
  return connector as unknown as Connector;
}

import type { Connector } from '../connector.ts';
import { youTubeAccount } from './account.ts';
import { placeOf, type ServerSettings, type YouTubeCredentials } from './api.ts';
import { info } from './info.ts';
import { pollYouTube } from './listening.ts';
import { youTubeActions, type YouTubePrepared, youTubeReply } from './reply.ts';
import { cursorSchema, settingsSchema, type YouTubeCursor, type YouTubeSettings } from './settings.ts';

const site = 'https://www.youtube.com';

export const youTubeConnector: Connector<
  YouTubeSettings,
  YouTubeCursor,
  YouTubeCredentials,
  ServerSettings,
  YouTubePrepared
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf(settings) {
    const { api, site: feeds } = placeOf(settings);
    return new URL(settings.what === 'uploads' ? feeds : api).hostname;
  },
  describe({ what, channels = '', videos = '' }) {
    const [channel] = channels.split(' ');
    const [video] = videos.split(' ');
    const page = channel ? `${site}/channel/${channel}` : site;
    switch (what) {
      case 'uploads':
        return { name: 'New videos', url: page };
      case 'comments':
        return { name: 'YouTube comments', url: page };
      case 'held':
        return { name: 'YouTube comments held back', url: 'https://studio.youtube.com/' };
      case 'videos':
        return { name: 'Comments on videos', url: video ? `${site}/watch?v=${video}` : site };
      case 'search':
        return { name: 'YouTube search', url: site };
    }
  },
  accountNeededFor({ what }) {
    if (what === 'uploads') return null;
    return what === 'held'
      ? 'YouTube shows held comments only to the channel that they were written to.'
      : 'YouTube shows comments to programs only with an account or an API key.';
  },
  poll: pollYouTube,
  account: youTubeAccount,
  reply: youTubeReply,
  actions: youTubeActions,
};

import type { ChannelId } from './story.ts';

export interface Channel {
  readonly id: ChannelId;
  /** What people call the platform. */
  readonly platform: string;
  /** What a source that listens here is called. */
  readonly name: string;
  readonly summary: string;
  readonly url: string;
}

/** `.example` is reserved (RFC 2606): no address of the sample leads anywhere. */
export const channels: Readonly<Record<ChannelId, Channel>> = {
  blurtle: {
    id: 'blurtle',
    platform: 'Blurtle',
    name: 'Blurtle',
    summary: 'Short public posts and the replies to them',
    url: 'https://blurtle.example/search?q=hawfinch',
  },
  inkpond: {
    id: 'inkpond',
    platform: 'Inkpond',
    name: 'Inkpond forum',
    summary: 'A forum of people who write on screens that look like paper',
    url: 'https://inkpond.example/c/hawfinch',
  },
  fivemoons: {
    id: 'fivemoons',
    platform: 'Fivemoons',
    name: 'Fivemoons reviews',
    summary: 'Reviews by buyers, one to five moons',
    url: 'https://fivemoons.example/maker/hawfinch',
  },
  widget: {
    id: 'widget',
    platform: 'The Morning Widget',
    name: 'The Morning Widget',
    summary: 'Gadget news',
    url: 'https://morningwidget.example/',
  },
};

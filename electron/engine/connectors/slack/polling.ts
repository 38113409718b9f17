import type { AccountSession, IncomingMention, PollContext, PollPage } from '../connector.ts';
import { concerns, isOwn, isWritten, mentionOf, namesOf, peopleIn, type Place, type Self } from './adapt.ts';
import { authorityOf, type SlackAccount, slackApi, type SlackApi } from './api.ts';
import { factsOf, type SlackFacts } from './identity.ts';
import { createPeople, type People } from './people.ts';
import type { ChannelCursor, SlackCursor, SlackSourceSettings } from './settings.ts';
import type { SlackChannel, SlackMessage } from './wire.ts';

export type Context = PollContext<SlackSourceSettings, SlackCursor>;
export type Page = PollPage<SlackSourceSettings, SlackCursor>;
export const firstLookBackMs = 7 * 24 * 60 * 60_000;

/** What one poll shares. */
export interface Polling {
  readonly context: Context;
  readonly api: SlackApi;
  readonly facts: SlackFacts;
  readonly self: Self;
  readonly people: People;
  readonly channelNames: Map<string, string>;
  readonly cursor: {
    readonly channels: Map<string, ChannelCursor>;
    readonly searches: Map<string, string>;
    sweptAt: number;
  };
  snapshot(): SlackCursor;
  mentionsOf(messages: readonly SlackMessage[], place: Place): Promise<IncomingMention[]>;
}

export function createPolling(context: Context, session: AccountSession): Polling {
  const account = session as SlackAccount;
  const api = slackApi(context, authorityOf(account));
  const facts = factsOf(account.identity);
  const self = { userId: account.identity.externalId.split(':')[1] ?? '', botId: facts.botId };
  const known = context.cursor;
  const people = createPeople(api, new Map(Object.entries(known?.people ?? {})), () => context.now());
  const channelNames = new Map<string, string>();
  const cursor = {
    channels: new Map(Object.entries(known?.channels ?? {})),
    searches: new Map(Object.entries(known?.searches ?? {})),
    sweptAt: known?.sweptAt ?? 0,
  };
  return {
    context,
    api,
    facts,
    self,
    people,
    channelNames,
    cursor,
    snapshot: () => ({
      channels: Object.fromEntries(cursor.channels),
      searches: Object.fromEntries(cursor.searches),
      people: people.kept(),
      sweptAt: cursor.sweptAt,
    }),
    async mentionsOf(messages, place) {
      const wanted = messages.filter(
        (message) =>
          isWritten(message, self) &&
          (context.settings.what !== 'mentions' || isOwn(message, self) || concerns(message, self)),
      );
      const named = new Map(await people.named([...wanted.flatMap(peopleIn), self.userId]));
      const names = { people: namesOf(named), channels: channelNames };
      return wanted.map((message) => mentionOf(message, place, self, named, names));
    },
  };
}

export function placeOf({ facts }: Pick<Polling, 'facts'>, channel: SlackChannel): Place {
  const isPrivate = channel.is_private === true || channel.is_im === true || channel.is_mpim === true;
  return {
    teamId: facts.teamId,
    teamName: facts.team,
    teamUrl: facts.url,
    channelId: channel.id,
    channelName: channel.is_im ? '' : (channel.name ?? ''),
    isPrivate,
  };
}

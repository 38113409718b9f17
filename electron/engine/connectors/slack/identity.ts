import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { CallContext, Identity } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { authorKeyOf } from './adapt.ts';
import { slackApi, type SlackCredentials, type SlackSettings } from './api.ts';
import { createPeople } from './people.ts';
import { whoSchema } from './wire.ts';

const factsSchema = z.object({
  teamId: z.string(),
  team: z.string(),
  url: z.string(),
  botId: z.string().nullable(),
  isBot: z.boolean(),
  /** Null: Slack did not say. */
  scopes: z.array(z.string()).nullable(),
});
export type SlackFacts = z.infer<typeof factsSchema>;

export function factsOf({ facts }: Pick<Identity, 'facts'>): SlackFacts {
  const parsed = factsSchema.safeParse(facts);
  if (parsed.success) return parsed.data;
  throw new EarshotError('unauthorized', 'Sign in to Slack again: Earshot does not know the workspace.');
}

/** By `auth.test`, whose headers also name the scopes that the token has. */
export async function identify({
  settings,
  credentials,
  ...call
}: CallContext & {
  readonly settings: SlackSettings;
  readonly credentials: SlackCredentials;
}): Promise<Identity> {
  const api = slackApi(call, { settings, authorised: (ask) => ask(credentials) });
  let scopes: string[] | null = null;
  const who = await api.read('auth.test', {}, whoSchema, (headers) => {
    const named = headers['x-oauth-scopes'];
    scopes = named === undefined ? null : named.split(/[\s,]+/).filter((scope) => scope !== '');
  });
  const people = createPeople(api, new Map(), () => call.now());
  const own = (await people.named([who.user_id])).get(who.user_id);
  const facts: SlackFacts = {
    teamId: who.team_id,
    team: singleLine(who.team),
    url: who.url,
    botId: who.bot_id ?? null,
    isBot: Boolean(who.bot_id),
    scopes,
  };
  const note = noteOn(facts);
  return {
    externalId: `${who.team_id}:${who.user_id}`,
    authorKey: authorKeyOf(who.team_id, who.user_id),
    name: `${own?.name ?? who.user} in ${facts.team}`,
    handle: own?.handle ?? who.user,
    url: null,
    ...(note === null ? {} : { replyNote: note }),
    facts,
  };
}

function noteOn({ scopes }: SlackFacts): string | null {
  if (scopes === null || scopes.includes('chat:write')) return null;
  return 'The app may not write. Add the scope chat:write in “OAuth & Permissions” at https://api.slack.com/apps, reinstall the app and paste the token again.';
}

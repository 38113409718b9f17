import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSupport, Connector, SignInMethod } from '../connector.ts';
import { actions, reply } from './answer.ts';
import type { SlackCredentials, SlackSettings } from './api.ts';
import { identify } from './identity.ts';
import { info } from './info.ts';
import { poll } from './poll.ts';
import { cursorSchema, settingsSchema, type SlackCursor, type SlackSourceSettings } from './settings.ts';
import { serviceShape } from '../service-fields.ts';

const account: AccountSupport<SlackCredentials, SlackSettings> = {
  settingsSchema: z.object({
    ...serviceShape,
  }),
  credentialsSchema: z.object({ token: z.string().min(1) }),
  methods: [pasted('bot-token'), pasted('user-token')],
  identify,
};

/** Either way takes either kind: the ways differ in what they explain. */
function pasted(id: string): SignInMethod<SlackCredentials, SlackSettings> {
  return {
    id,
    kind: 'enter',
    async signIn({ entered, settings, ...call }) {
      const credentials = { token: tokenFrom(entered['token'] ?? '') };
      return { identity: await identify({ ...call, settings, credentials }), credentials };
    },
  };
}

function tokenFrom(text: string): string {
  const token = text.trim();
  if (/^xox[bp]-[\w-]+$/.test(token)) return token;
  throw new EarshotError(
    'invalid-input',
    token.startsWith('xoxe')
      ? 'This token ends after some hours: switch token rotation off in the app’s settings and install it again.'
      : 'That is not the token that is meant here: it begins with xoxb- for a bot, or with xoxp- for a person.',
  );
}

export const slackConnector: Connector<
  SlackSourceSettings,
  SlackCursor,
  SlackCredentials,
  SlackSettings,
  z.infer<typeof reply.preparedSchema>
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: () => 'slack.com',
  describe: ({ what }) => ({ name: what === 'search' ? 'Slack search' : 'Slack', url: null }),
  accountNeededFor: () => 'Slack shows messages only to an app of the workspace.',
  poll,
  account,
  reply,
  actions,
};

import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';

/** The parts of `info` of a platform that Earshot reads without an account and cannot answer on. */
export const listensOnly = {
  signIn: [],
  accountSettings: [],
  permissions: [],
} satisfies Partial<ConnectorInfo>;

/** The same, within `capabilities`. */
export const listensOnlyCapabilities = {
  listensWithAccount: 'never',
  canReply: false,
  text: null,
  media: null,
  markup: 'plain',
  isChat: false,
  actions: [],
  cannot: [],
} satisfies Partial<ConnectorInfo['capabilities']>;

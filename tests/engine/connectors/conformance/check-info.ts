import { expect } from 'vitest';
import { connectorInfoSchema } from '../../../../shared/contract/methods/connectors.ts';
import type { ConformancePlatform } from './stand-in.ts';

/** `info` and what the connector has agree: the window draws from the one and the engine calls the other. */
export function checkInfo({ connector }: ConformancePlatform): void {
  const { info, account, reply, actions } = connector;
  expect(connectorInfoSchema.safeParse(info).error).toBeUndefined();
  const { capabilities } = info;
  expect(capabilities.canReply).toBe(reply !== undefined);
  expect(capabilities.replyNote === null, 'replyNote says why it cannot reply').toBe(reply !== undefined);
  expect(capabilities.text !== null, 'text has a limit where there are replies').toBe(reply !== undefined);
  expect(capabilities.actions.map(({ action }) => action).sort()).toEqual(Object.keys(actions ?? {}).sort());
  expect(info.signIn.map(({ id, kind }) => ({ id, kind }))).toEqual(
    (account?.methods ?? []).map(({ id, kind }) => ({ id, kind })),
  );
  if (reply) expect(account, 'answering needs an account').toBeDefined();
  if (capabilities.listensWithAccount !== 'never') {
    expect(account, 'listening with an account needs accounts').toBeDefined();
  }
  for (const sentence of capabilities.cannot) expect(sentence).toMatch(/^[\p{Lu}\d].*\.$/u);
}

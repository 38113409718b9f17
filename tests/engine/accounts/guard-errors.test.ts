import { describe, expect, it } from 'vitest';
import { guardErrors } from '../../../electron/engine/accounts/guard-errors.ts';
import type { Connector, ReplySupport } from '../../../electron/engine/connectors/connector.ts';
import { createKnownSecrets } from '../../../electron/engine/vault/known-secrets.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import { fakePlatform } from '../polling/fake-connector.ts';

const token = 'a-planted-token';
const fail = (): never => {
  throw new EarshotError('rejected', `${token} is not welcome`, { said: [token] });
};

function guarded(parts: Partial<Connector>): Connector {
  const secrets = createKnownSecrets();
  secrets.learn([token]);
  return guardErrors({ ...fakePlatform().connector, ...parts }, secrets);
}

const clean = { code: 'rejected', message: '(left out) is not welcome', details: { said: ['(left out)'] } };

describe('what a connector fails with while it answers', () => {
  it.each(['look', 'prepare', 'send', 'find'] as const)('holds no secret: %s', async (name) => {
    const { reply } = guarded({ reply: { [name]: async () => fail() } as unknown as ReplySupport });
    await expect(reply?.[name]?.({} as never)).rejects.toMatchObject(clean);
  });

  it('holds none either while it acts, also when it fails at once', async () => {
    const { actions } = guarded({ actions: { like: fail } });
    await expect(actions?.like?.({} as never)).rejects.toMatchObject(clean);
  });

  it('leaves the rest as it is', async () => {
    const sent = { externalId: '1', key: 'k', url: null };
    const plain = guarded({
      reply: { send: async () => sent, repeatableForMs: () => 7 } as unknown as ReplySupport,
    });
    expect(await plain.reply?.send({} as never)).toBe(sent);
    expect(plain.reply?.repeatableForMs?.({} as never, null)).toBe(7);
    expect(Object.keys(plain.reply ?? {}).sort()).toEqual(['prepare', 'repeatableForMs', 'send']);
    expect(plain.actions).toBeUndefined();
  });
});

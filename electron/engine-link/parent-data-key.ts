import { EarshotError } from '../../shared/contract/errors.ts';
import type { VaultInfo } from '../../shared/contract/methods/accounts.ts';
import type { DataKey } from '../engine/ports/data-key.ts';
import type { FromEngine, ToEngine } from './messages.ts';

export interface ParentDataKey extends DataKey {
  /** Takes the shell’s answers. */
  receive(message: Extract<ToEngine, { type: 'data-key' | 'vault-info' | 'data-key-failed' }>): void;
}

/** The vault's key as the shell has it: safeStorage lives in Electron's main process and nowhere else. */
export function askParentForDataKey(post: (message: FromEngine) => void): ParentDataKey {
  const keys = new Map<number, PromiseWithResolvers<Uint8Array>>();
  const infos = new Map<number, PromiseWithResolvers<VaultInfo>>();
  let lastId = 0;

  function ask<Answer>(
    type: 'data-key' | 'vault-info',
    asked: Map<number, PromiseWithResolvers<Answer>>,
  ): Promise<Answer> {
    lastId += 1;
    const answer = Promise.withResolvers<Answer>();
    asked.set(lastId, answer);
    post({ type, id: lastId });
    return answer.promise;
  }

  return {
    load: () => ask('data-key', keys),
    info: () => ask('vault-info', infos),
    receive(message) {
      const { id } = message;
      const key = keys.get(id);
      const info = infos.get(id);
      keys.delete(id);
      infos.delete(id);
      if (message.type === 'data-key') return key?.resolve(message.key);
      if (message.type === 'vault-info') return info?.resolve(message.info);
      const { code, message: text, details } = message.failure;
      return (key ?? info)?.reject(new EarshotError(code, text, details));
    },
  };
}

import { onTestFinished } from 'vitest';
import { createEngine, type Engine, type EngineOptions } from '../../electron/engine/engine.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/contract.ts';
import { memoryDataKey } from './memory-data-key.ts';
import { memorySettings } from './memory-settings.ts';
import { silentLogger } from './silent-logger.ts';

export interface TestEngine extends Engine {
  ask<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
}

/** The real engine on a real folder, answers checked against the contract. Closed when the test ends. */
export async function testEngine(
  dataDirectory: string,
  options: Partial<EngineOptions> = {},
): Promise<TestEngine> {
  const engine = await createEngine({
    dataDirectory,
    version: '0.0.0-test',
    host: 'command-line',
    hostReason: null,
    settings: memorySettings(),
    dataKey: memoryDataKey(),
    logger: silentLogger,
    startsPolling: false,
    checksOutputs: true,
    ...options,
  });
  onTestFinished(() => engine.close());
  return {
    ...engine,
    ask: async (method, input) => (await engine.call(method, input)) as MethodOutput<typeof method>,
  };
}

import { createEngine } from '../../electron/engine/engine.ts';
import { memoryDataKey } from '../helpers/memory-data-key.ts';
import { memorySettings } from '../helpers/memory-settings.ts';
import { silentLogger } from '../helpers/silent-logger.ts';

/** Started by figures/start-up.ts: the engine, up to its first page. */
const engine = await createEngine({
  dataDirectory: process.argv[2] ?? '',
  version: '0.0.0-bench',
  host: 'command-line',
  hostReason: null,
  settings: memorySettings(),
  dataKey: memoryDataKey(),
  logger: silentLogger,
  startsPolling: false,
});
await engine.call('inbox.list', {});
process.stdout.write(String(performance.now()));
await engine.close();

import { openDataKeyFile } from './data-key-file.ts';
import { askParentForDataKey } from './engine-link/parent-data-key.ts';
import { askParentForSettings } from './engine-link/parent-settings.ts';
import type { Conditions, EngineStart } from './engine-link/messages.ts';
import { openParentPort } from './engine-link/parent-port.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { serveConnection } from './engine/rpc/serve-connection.ts';
import { openLogFile } from './log-file.ts';
import { openSettingsFile } from './settings-file.ts';
import { EarshotError } from '../shared/contract/errors.ts';

/**
 * The process, or thread, that an engine lives in: Electron's main process and the browser host both start this
 * file and speak engine-link/messages.ts with it. Whatever is thrown unforeseen ends it; the shell restarts it.
 */
const parent = openParentPort();
const settings = askParentForSettings((message) => parent.post(message));
const dataKey = askParentForDataKey((message) => parent.post(message));
let engine: Engine | null = null;

async function start(options: EngineStart): Promise<void> {
  const { dataDirectory, version, host, hostReason, workspace } = options;
  const logger = openLogFile(dataDirectory);
  process.on('uncaughtExceptionMonitor', (error) => logger.error('engine-crashed', { error }));
  try {
    engine = await createEngine({
      dataDirectory,
      version,
      host,
      hostReason,
      logger,
      startsPolling: true,
      dataKey: options.dataKey === 'parent' ? dataKey : openDataKeyFile(dataDirectory),
      settings:
        options.settings === 'parent'
          ? settings
          : openSettingsFile({
              directory: dataDirectory,
              onSetAside: (keptAt) => logger.warn('settings-set-aside', { keptAt }),
            }),
      ...(workspace ? { workspace } : {}),
    });
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    return parent.post({ type: 'refused', failure: error.toFailure() });
  }
  logger.info('engine-ready', { version, host, node: process.versions.node });
  parent.post({ type: 'ready' });
}

async function applyConditions(conditions: Conditions): Promise<void> {
  // It fails only while the engine closes, when it no longer matters.
  await engine?.call('app.setConditions', conditions).catch(() => undefined);
}

async function stop(): Promise<void> {
  await engine?.close();
  parent.post({ type: 'stopped' });
  process.exit(0);
}

parent.onMessage((message, connection) => {
  switch (message.type) {
    case 'start':
      return void start(message.options);
    case 'connect':
      if (engine && connection) serveConnection(engine, connection);
      else connection?.close();
      return undefined;
    case 'conditions':
      return void applyConditions(message.conditions);
    case 'settings':
    case 'settings-failed':
      return settings.receive(message);
    case 'data-key':
    case 'vault-info':
    case 'data-key-failed':
      return dataKey.receive(message);
    case 'stop':
      return void stop();
  }
});

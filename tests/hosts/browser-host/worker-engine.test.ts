import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { spawnWorkerEngine } from '../../../electron/browser-host/worker-engine.ts';
import { superviseEngine } from '../../../electron/engine-link/supervisor.ts';
import { systemClock } from '../../../electron/engine/system-clock.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

/** A real thread that is ready at once, fails when it hears that the network is gone, and ends when told. */
const threadSource = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ message }) => {
    if (message.type === 'start') parentPort.postMessage({ type: 'ready' });
    if (message.type === 'conditions' && message.conditions.online === false) throw new Error('a bug');
    if (message.type === 'stop') process.exit(0);
  });
`;

it('starts a thread that failed again, and stops it when told', async () => {
  const file = join(temporaryDirectory(), 'engine.mjs');
  writeFileSync(file, threadSource);
  const supervisor = superviseEngine({
    spawn: () => spawnWorkerEngine(pathToFileURL(file)),
    clock: systemClock,
    logger: silentLogger,
    start: {
      dataDirectory: '/d',
      version: '1',
      host: 'browser',
      hostReason: null,
      settings: 'file',
      dataKey: 'file',
    },
  });
  onTestFinished(() => supervisor.stop());
  await supervisor.started;
  const changes: boolean[] = [];
  const restarted = new Promise<void>((resolve) =>
    supervisor.onChange((isReady) => {
      changes.push(isReady);
      if (isReady) resolve();
    }),
  );
  supervisor.setConditions({ online: false });
  supervisor.setConditions({ online: true });
  await restarted;
  expect(changes).toEqual([false, true]);
});

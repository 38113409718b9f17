/**
 * Queues replies and sends them, until it is killed or has nothing left to send. Each line of stdout is a reply that
 * was acknowledged; “begun” says that it sends from now on, “all” that everything is sent:
 * node outbox-child.ts DIRECTORY PORT idempotent|plain CONVERSATIONS [STEP COUNT]
 * It kills itself when it comes to STEP for the COUNTth time. It waits for a line on stdin before it begins.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { BehaviorSubject } from 'rxjs';
import { createHttp } from '../../electron/engine/connectors/http/create-http.ts';
import { createTrackerBook } from '../../electron/engine/ingest/tracker-book.ts';
import { openOutbox } from '../../electron/engine/outbox/open-outbox.ts';
import { lockDataDirectory } from '../../electron/engine/store/lock.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import type { ConversationId } from '../../shared/model/ids.ts';
import { settingsSchema } from '../../shared/model/settings.ts';
import { squareConnector } from '../engine/outbox/square.ts';
import { ownSession } from '../engine/outbox/own-session.ts';
import { wordAnalyser } from '../engine/ingest/fixtures.ts';
import { silentLogger } from '../helpers/silent-logger.ts';
import { shortTimings } from './short-timings.ts';
import { latestCommitMs } from './square-server.ts';
import { squareCalls } from './square-calls.ts';

const [directory = '', port = '0', kind = 'plain', conversations = '0', step, count = '1'] =
  process.argv.slice(2);
const connector = squareConnector(
  squareCalls(Number(port)),
  kind === 'idempotent' ? { repeatableForMs: 60_000, canFind: false } : {},
);
await once(process.stdin, 'data');
lockDataDirectory(directory);
const clock = systemClock;
const store = openStore({ path: join(directory, 'earshot.sqlite'), now: () => clock.now() });
let stepsToGo = Number(count);
const outbox = openOutbox({
  store,
  connectors: new Map([[connector.info.id, connector]]),
  http: createHttp({ version: '0.0.0-test', clock }),
  sessionOf: (accountId) => ownSession(store, accountId),
  trackers: createTrackerBook(),
  analyser: wordAnalyser,
  clock,
  logger: silentLogger,
  emit: () => {},
  conditions$: new BehaviorSubject({ online: true, asleep: false, pollingPaused: false }),
  settings: async () => settingsSchema.parse({ holdSeconds: 0 }),
  timings: shortTimings(latestCommitMs),
  onStep: (reached) => {
    if (reached === step && --stepsToGo === 0) process.kill(process.pid, 'SIGKILL');
  },
});
outbox.start();
writeSync(1, 'begun\n');
// Sends what an earlier run left while it queues what nobody has queued yet: the text says which reply it is.
const known = new Set(store.all<{ text: string }>('SELECT text FROM replies').map(({ text }) => text));
for (let number = 0; number < Number(conversations) * 2; number++) {
  const text = `reply ${number}`;
  if (known.has(text)) continue;
  const conversationId = String((number % Number(conversations)) + 1) as ConversationId;
  // Rising: an account answers from where it answered last, two of them side by side.
  await outbox.handlers['replies.queue'](
    { conversationId, text, holdMs: 0, accountId: String(1 + (number % 2)) as never },
    { signal: new AbortController().signal },
  );
  writeSync(1, `${text}\n`);
}
for (;;) {
  const counts = await outbox.handlers['replies.counts']({}, { signal: new AbortController().signal });
  if (counts.failed > 0) {
    const failed = store.get<{ text: string; failure: string }>(
      `SELECT * FROM replies WHERE state = 'failed'`,
    );
    throw new Error(`a reply failed: ${failed?.text} ${failed?.failure}`);
  }
  if (counts.queued + counts.sending + counts.unconfirmed === 0) break;
  await clock.sleep(3);
}
writeSync(1, 'all\n');
process.exit(0);

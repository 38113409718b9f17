import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SendingStep } from '../../electron/engine/outbox/attempt-context.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import type { Store } from '../../electron/engine/store/store.ts';
import { squareItem } from '../engine/outbox/square.ts';
import { anAccount } from '../engine/outbox/own-session.ts';
import { aSource, ingest, noon } from '../engine/ingest/fixtures.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { type Behaviour, behaviours, type SquareServer, startSquare } from './square-server.ts';

/** In one file: two hundred processes start, and most of a start is reading the engine's many files. */
const bundleDirectory = fileURLToPath(new URL('../.artifacts/crash', import.meta.url));
const child = join(bundleDirectory, 'outbox-child.js');
beforeAll(() =>
  build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./outbox-child.ts', import.meta.url)),
      outDir: bundleDirectory,
      target: 'node24',
      minify: false,
      rollupOptions: { external: ['better-sqlite3'], output: { entryFileNames: 'outbox-child.js' } },
    },
  }),
);

type Kind = 'plain' | 'idempotent';

function look<Result>(directory: string, work: (store: Store) => Result): Result {
  const store = openStore({ path: join(directory, 'earshot.sqlite'), now: () => noon });
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** A brand with two accounts, and people waiting for an answer. */
function addConversations(directory: string, square: SquareServer, from: number, to: number): void {
  look(directory, (store) => {
    const isNew = from === 0;
    const source = isNew ? aSource(store, { connector: 'square' }) : ('1' as ReturnType<typeof aSource>);
    if (isNew) for (const name of ['brand', 'help']) anAccount(store, name);
    for (let number = from; number < to; number++) {
      const id = `m${number}`;
      square.publish(id);
      ingest(store, source, [
        squareItem({
          id,
          text: `Words about ${id}`,
          author: 'ana',
          inReplyTo: null,
          at: noon - 1e6 + number * 1000,
        }),
      ]);
    }
  });
}

interface Run {
  readonly process: ChildProcess;
  /** Begins, and resolves when the process has ended; killed so long after it began to send. */
  go(kill: { readonly afterMs: number } | null): Promise<{ acknowledged: string[]; hasFinished: boolean }>;
}

/** The process is loaded and waits, so that a test need not wait for it. */
function standBy(
  directory: string,
  square: SquareServer,
  kind: Kind,
  conversations: number,
  step?: [string, number],
): Run {
  const process_ = spawn(
    process.execPath,
    [child, directory, String(square.port), kind, String(conversations), ...(step ?? []).map(String)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'earshot-compile-cache') },
    },
  );
  onTestFinished(() => void process_.kill('SIGKILL'));
  const ended = once(process_, 'exit');
  // A process that is killed may leave its stdin broken.
  process_.stdin.on('error', () => {});
  return {
    process: process_,
    async go(kill) {
      const acknowledged: string[] = [];
      let hasFinished = false;
      process_.stdin.write('go\n');
      let timer: NodeJS.Timeout | undefined;
      for await (const line of createInterface(process_.stdout)) {
        if (line === 'begun') {
          if (kill) timer = setTimeout(() => process_.kill('SIGKILL'), kill.afterMs);
        } else if (line === 'all') hasFinished = true;
        else acknowledged.push(line);
      }
      clearTimeout(timer);
      const [code] = (await ended) as [number | null];
      // Killed, it has no code; anything but 0 is its own failure.
      expect(code ?? 0, 'a process ended by itself').toBe(0);
      return { acknowledged, hasFinished };
    },
  };
}

/** Every reply that was acknowledged, and every one that is stored, is on the square once, in the order of its conversation. */
function expectOnce(directory: string, square: SquareServer, acknowledged: ReadonlySet<string>): void {
  const stored = look(directory, (store) =>
    store.all<{ text: string; state: string; external_id: string; conversation_id: number }>(
      `SELECT text, state, external_id, conversation_id FROM replies ORDER BY id`,
    ),
  );
  expect(stored.filter(({ state }) => state !== 'sent')).toEqual([]);
  const storedTexts = new Set(stored.map(({ text }) => text));
  expect([...acknowledged].filter((text) => !storedTexts.has(text))).toEqual([]);
  expect(square.posts.map(({ text }) => text).sort()).toEqual([...storedTexts].sort());
  const idOf = new Map(square.posts.map(({ id, text }) => [text, id]));
  expect(stored.filter(({ text, external_id: id }) => idOf.get(text) !== id)).toEqual([]);
  for (const replies of Map.groupBy(stored, (reply) => reply.conversation_id).values()) {
    const numbers = replies.map(({ text }) => square.posts.findIndex((post) => post.text === text));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
}

/** Runs until so many processes were killed, and then to the end; new people turn up as others are answered. */
async function killAgainAndAgain(
  kind: Kind,
  kills: number,
  behave: () => Behaviour,
  afterMs: () => number,
): Promise<void> {
  const directory = temporaryDirectory();
  const square = await startSquare(kind === 'idempotent');
  onTestFinished(() => square.close());
  square.behave(behave);
  let conversations = 20;
  addConversations(directory, square, 0, conversations);
  const acknowledged = new Set<string>();
  let killed = 0;
  let next = standBy(directory, square, kind, conversations);
  for (;;) {
    const run = next;
    next = standBy(directory, square, kind, conversations);
    const result = await run.go(killed < kills ? { afterMs: afterMs() } : null);
    for (const text of result.acknowledged) acknowledged.add(text);
    if (!result.hasFinished) {
      expect(killed, 'a process ended by itself').toBeLessThan(kills);
      killed++;
    } else if (killed >= kills) break;
    else {
      addConversations(directory, square, conversations, conversations + 20);
      conversations += 20;
      next.process.kill('SIGKILL');
      next = standBy(directory, square, kind, conversations);
    }
  }
  next.process.kill('SIGKILL');
  await square.settled();
  expect(killed).toBe(kills);
  expectOnce(directory, square, acknowledged);
  look(directory, (store) => expect(store.all('PRAGMA quick_check')).toEqual([{ quick_check: 'ok' }]));
}

const steps: readonly SendingStep[] = [
  'taken',
  'prepared',
  'looked',
  'sending',
  'answered',
  'recorded',
  'found',
  'absent',
];

/** Once for everything that the square may do with the attempt, one after the other. Gives how often it was killed. */
async function killAtStep(kind: Kind, step: SendingStep): Promise<number> {
  const directory = temporaryDirectory();
  const square = await startSquare(kind === 'idempotent');
  onTestFinished(() => square.close());
  const acknowledged = new Set<string>();
  let killed = 0;
  const met = kind === 'plain' ? behaviours : behaviours.slice(1, 5);
  for (const [index, behaviour] of [...met, null].entries()) {
    addConversations(directory, square, index, index + 1);
    const rest = behaviour === null ? [] : [behaviour];
    square.behave(() => rest.shift() ?? 'answers');
    const run = standBy(directory, square, kind, index + 1, behaviour === null ? undefined : [step, 1]);
    const result = await run.go(null);
    for (const text of result.acknowledged) acknowledged.add(text);
    if (!result.hasFinished) killed++;
    if (behaviour === null) expect(result.hasFinished, 'a process ended by itself').toBe(true);
  }
  await square.settled();
  expectOnce(directory, square, acknowledged);
  return killed;
}

/** Mostly well, so that things get on, and everything else in turn. */
function troubled(): Behaviour {
  return Math.random() < 0.5
    ? 'answers'
    : (behaviours[Math.floor(Math.random() * behaviours.length)] ?? 'answers');
}

describe('an engine that is killed while it sends', () => {
  it('has every reply on the platform once, after 200 kills at any instant', async () => {
    await Promise.all(
      (['plain', 'idempotent'] as const).map((kind) =>
        killAgainAndAgain(kind, 100, troubled, () => Math.random() * 150),
      ),
    );
  }, 300_000);

  it.each(['plain', 'idempotent'] as const)(
    'has it once after a kill at any step of sending (%s)',
    async (kind) => {
      // A platform that knows the key again is not asked whether it has it.
      const taken = kind === 'plain' ? steps : steps.slice(0, 6);
      const killed = await Promise.all(taken.map((step) => killAtStep(kind, step)));
      expect(taken.filter((_, index) => killed[index] === 0)).toEqual([]);
    },
    300_000,
  );
});

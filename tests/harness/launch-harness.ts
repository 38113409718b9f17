import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import type { Deed, Facts, FetchAnswer, FromMain, Question, SenderFacts, ToMain } from './messages.ts';
import { WindowPages } from './window-page.ts';

export interface HarnessOptions {
  readonly context: BrowserContext;
  /** Where `out/` and package.json are: the project, or a packaged app that was unpacked. */
  readonly appDirectory: string;
  readonly args: readonly string[];
}

/** The app under the stand-in: its window as a page, and what only Electron could do to it. */
export interface Harness {
  readonly page: Page;
  readonly deeds: readonly Deed[];
  readonly facts: () => Promise<Facts>;
  readonly fetch: (address: string, method?: string) => Promise<FetchAnswer>;
  readonly permission: (permission: string, address: string) => Promise<{ request: boolean; check: boolean }>;
  /** Sends an ipc message as a frame of that address would; null is a frame that has gone. */
  readonly sendAs: (sender: SenderFacts | null, channel: string) => void;
  /** How many lines to the engine pages were given. */
  readonly portCount: () => number;
  readonly setDialogAnswer: (response: number) => void;
  readonly power: (event: 'suspend' | 'resume') => void;
  readonly killEngine: () => void;
  /** Quits as the menu would; answers the exit status. */
  readonly quit: () => Promise<number | null>;
}

export class HarnessEnded extends Error {
  readonly status: number | null;
  readonly output: string;

  constructor(status: number | null, output: string) {
    super(`The app ended with status ${status} before it had a window.\n${output}`);
    this.status = status;
    this.output = output;
  }
}

/** Starts the real main bundle in a process of its own, with the stand-in for Electron. */
export async function launchHarness(options: HarnessOptions): Promise<Harness> {
  const main = fork(fileURLToPath(new URL('./run-main.ts', import.meta.url)), options.args, {
    env: { ...process.env, EARSHOT_HARNESS_APP: options.appDirectory },
    serialization: 'advanced',
    silent: true,
  });
  const deeds: Deed[] = [];
  const asked = new Map<number, (value: unknown) => void>();
  let lastId = 0;
  let portCount = 0;
  let output = '';
  for (const stream of [main.stdout, main.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const tell = (message: ToMain): void => {
    // It may be ending at this very moment; whoever waits for an answer hears of the end.
    if (main.connected) main.send(message, () => undefined);
  };
  const ask = (question: Question): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    tell({ type: 'ask', id, question });
    return new Promise((resolve) => asked.set(id, resolve));
  };
  const pages = new WindowPages(options.context, { tell, ask });
  await pages.start();
  main.on('message', (raw) => {
    const message = raw as FromMain;
    switch (message.type) {
      case 'load':
        return void pages.load(message);
      case 'reload':
        return void pages.reload(message.windowId);
      case 'destroy':
        return void pages.destroy(message.windowId);
      case 'ipc':
        if (message.portId !== null) portCount += 1;
        return pages.deliver(message);
      case 'port-message':
      case 'port-close':
        return pages.deliver(message);
      case 'answer':
        asked.get(message.id)?.(message.value);
        return void asked.delete(message.id);
      case 'did':
        return void deeds.push(message.deed);
    }
  });
  const ended = new Promise<number | null>((resolve) => main.once('exit', resolve));
  const page = await Promise.race([
    pages.firstPage(),
    ended.then((status) => Promise.reject(new HarnessEnded(status, output))),
  ]);

  return {
    page,
    deeds,
    facts: async () => (await ask({ kind: 'facts' })) as Facts,
    fetch: async (address, method = 'GET') => (await ask({ kind: 'fetch', method, address })) as FetchAnswer,
    permission: async (permission, address) =>
      (await ask({ kind: 'permission', permission, address })) as { request: boolean; check: boolean },
    sendAs: (sender, channel) => tell({ type: 'ipc', windowId: 1, channel, sender }),
    portCount: () => portCount,
    setDialogAnswer: (response) => tell({ type: 'dialog-answer', response }),
    power: (event) => tell({ type: 'power', event }),
    killEngine: () => tell({ type: 'kill-engine' }),
    quit() {
      tell({ type: 'quit' });
      return ended;
    },
  };
}

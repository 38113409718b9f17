import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTold } from './browser-side.ts';

/** What Electron passes to listeners that may say no. */
export function preventable(): { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}

class App extends EventEmitter {
  readonly isPackaged = false;
  isSandboxed = false;
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  /** Set by windows.ts; a function, because the two would otherwise import each other. */
  closeWindows: () => void = () => undefined;

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** Electron is ready when the main module has run to its first `await`; the harness calls this then. */
  becomeReady(): void {
    this.#isReady = true;
    this.emit('ready', {});
    this.#ready.resolve();
  }

  enableSandbox(): void {
    this.requireNotReady('enableSandbox');
    this.isSandboxed = true;
  }

  requireNotReady(what: string): void {
    if (this.#isReady) throw new Error(`${what} is for before \`ready\`.`);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The stand-in knows no path “${name}”.`);
    return path;
  }

  getVersion(): string {
    const manifest = readFileSync(join(process.env.EARSHOT_HARNESS_APP ?? '.', 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  }

  /** By a file with the number of the process that has it; the first one is told by a signal. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(this.getPath('userData'), { recursive: true });
    const file = join(this.getPath('userData'), 'harness-instance');
    const owner = Number(readOrNull(file));
    if (owner > 0 && owner !== process.pid && isRunning(owner)) {
      process.kill(owner, 'SIGUSR2');
      return false;
    }
    writeFileSync(file, String(process.pid));
    process.on('SIGUSR2', () => this.emit('second-instance', {}, [], ''));
    return true;
  }

  quit(): void {
    const before = preventable();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.closeWindows();
    const will = preventable();
    this.emit('will-quit', will);
    if (!will.defaultPrevented) this.exit(0);
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }
}

export const app = new App();
onTold('quit', () => app.quit());

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Nobody has it.
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // No such process.
  }
}

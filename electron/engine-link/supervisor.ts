import { EarshotError } from '../../shared/contract/errors.ts';
import type { Clock } from '../engine/ports/clock.ts';
import type { DataKey } from '../engine/ports/data-key.ts';
import type { Logger } from '../engine/ports/logger.ts';
import type { SettingsStore } from '../engine/ports/settings-store.ts';
import type { Conditions, EngineStart, FromEngine, ToEngine } from './messages.ts';
import { planRestart } from './restart-delay.ts';

/** One running engine process: a worker thread, or Electron's utility process. `Port` is what each can hand over. */
export interface EngineChild<Port> {
  post(message: ToEngine, port?: Port): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** Called once, however it ended. */
  onExit(listener: (how: string) => void): void;
  kill(): void;
}

export interface SupervisorOptions<Port> {
  readonly spawn: () => EngineChild<Port>;
  readonly start: EngineStart;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Answers when `start.settings` is `parent`. */
  readonly settings?: SettingsStore;
  /** Answers when `start.dataKey` is `parent`. */
  readonly dataKey?: DataKey;
}

export interface Supervisor<Port> {
  /** Settles once: with the first engine that is ready, or with the EarshotError that says why there is none. */
  readonly started: Promise<void>;
  /** Resolves when an engine is there to connect to; at once when it is now. Rejects when stopped. */
  whenReady(): Promise<void>;
  /** Hands the engine a port to speak the contract on. False while there is no engine: close the port. */
  connect(port: Port): boolean;
  /** What only the shell sees; told again to an engine that is started later. */
  setConditions(conditions: Conditions): void;
  /** Tells when an engine becomes ready or is gone. */
  onChange(listener: (isReady: boolean) => void): void;
  /** Closes the engine properly, and by force after a while. */
  stop(): Promise<void>;
}

const patienceMs = 10_000;

/** Keeps an engine running: starts it, restarts it with growing delays when it crashes, stops it. */
export function superviseEngine<Port>(options: SupervisorOptions<Port>): Supervisor<Port> {
  const { spawn, start, logger, clock, settings, dataKey } = options;
  const started = Promise.withResolvers<void>();
  const listeners = new Set<(isReady: boolean) => void>();
  const waiting = new Set<PromiseWithResolvers<void>>();
  const ended = new AbortController();
  let conditions: Conditions = {};
  let child: EngineChild<Port> | null = null;
  let isReady = false;
  let wasEverReady = false;
  let crashes = 0;

  function launch(): void {
    const engine = spawn();
    const startedAt = clock.now();
    child = engine;
    engine.onMessage((message) => receive(engine, message));
    engine.onExit((how) => {
      if (child === engine) child = null;
      become(false);
      if (!ended.signal.aborted) recover(how, clock.now() - startedAt);
    });
    engine.post({ type: 'start', options: start });
  }

  function receive(engine: EngineChild<Port>, message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        wasEverReady = true;
        if (Object.keys(conditions).length > 0) engine.post({ type: 'conditions', conditions });
        become(true);
        return started.resolve();
      case 'refused': {
        const { code, message: text, details } = message.failure;
        logger.error('engine-refused', { code, message: text });
        // Before the first start the user has to hear it; later the reason may pass, so the restarts go on.
        if (wasEverReady) engine.kill();
        else giveUp(new EarshotError(code, text, details));
        return undefined;
      }
      case 'settings':
        return answerSettings(engine, message.id, message.patch);
      case 'data-key':
      case 'vault-info':
        return answerDataKey(engine, message.id, message.type);
      case 'stopped':
        return undefined;
    }
  }

  function answerSettings(
    engine: EngineChild<Port>,
    id: number,
    patch: Parameters<SettingsStore['set']>[0] | null,
  ): void {
    if (!settings) throw new Error('This engine keeps its settings itself.');
    (patch === null ? settings.get() : settings.set(patch)).then(
      (value) => engine.post({ type: 'settings', id, settings: value }),
      (error: unknown) => {
        logger.error('settings-failed', { error });
        const message = `The settings could not be ${patch === null ? 'read' : 'saved'}: ${String(error)}`;
        engine.post({ type: 'settings-failed', id, failure: { code: 'internal', message } });
      },
    );
  }

  function answerDataKey(engine: EngineChild<Port>, id: number, type: 'data-key' | 'vault-info'): void {
    if (!dataKey) throw new Error('This engine keeps the key of its vault itself.');
    const answer =
      type === 'data-key'
        ? dataKey.load().then((key): ToEngine => ({ type, id, key: Uint8Array.from(key) }))
        : dataKey.info().then((info): ToEngine => ({ type, id, info }));
    answer
      .catch((error: unknown): ToEngine => {
        logger.error('data-key-failed', { error });
        const failure =
          error instanceof EarshotError
            ? error.toFailure()
            : {
                code: 'internal' as const,
                message: `The key of the vault could not be had: ${String(error)}`,
              };
        return { type: 'data-key-failed', id, failure };
      })
      .then(
        (message) => engine.post(message),
        (error: unknown) => logger.error('data-key-not-told', { error }),
      );
  }

  function recover(how: string, ranMs: number): void {
    if (!wasEverReady) {
      return giveUp(
        new EarshotError('internal', `Earshot’s engine ended while it was starting (${how}).`, { how }),
      );
    }
    const plan = planRestart(crashes, ranMs);
    crashes = plan.crashes;
    logger.error('engine-ended', { how, ranMs, restartInMs: plan.delayMs, crashes });
    void clock.sleep(plan.delayMs, ended.signal).then(() => {
      if (!ended.signal.aborted) launch();
    });
    return undefined;
  }

  function giveUp(reason: EarshotError): void {
    ended.abort();
    started.reject(reason);
    for (const one of waiting) one.reject(reason);
    waiting.clear();
    child?.kill();
  }

  function become(ready: boolean): void {
    if (isReady === ready) return;
    isReady = ready;
    if (ready) {
      for (const one of waiting) one.resolve();
      waiting.clear();
    }
    for (const listener of listeners) listener(ready);
  }

  launch();

  return {
    started: started.promise,
    whenReady() {
      if (isReady) return Promise.resolve();
      const one = Promise.withResolvers<void>();
      if (ended.signal.aborted) one.reject(new EarshotError('unreachable', 'Earshot is closing.'));
      else waiting.add(one);
      return one.promise;
    },
    connect(port) {
      if (!isReady || !child) return false;
      child.post({ type: 'connect' }, port);
      return true;
    },
    setConditions(changes) {
      conditions = { ...conditions, ...changes };
      if (isReady) child?.post({ type: 'conditions', conditions: changes });
    },
    onChange: (listener) => void listeners.add(listener),
    async stop() {
      ended.abort();
      for (const one of waiting) one.reject(new EarshotError('unreachable', 'Earshot is closing.'));
      waiting.clear();
      const engine = child;
      if (!engine) return;
      const gone = new Promise<void>((resolve) => engine.onExit(() => resolve()));
      engine.post({ type: 'stop' });
      const patience = new AbortController();
      void clock.sleep(patienceMs, patience.signal).then(() => {
        if (!patience.signal.aborted) engine.kill();
      });
      await gone;
      patience.abort();
    },
  };
}

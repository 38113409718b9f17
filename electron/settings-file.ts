import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from 'conf';
import { z } from 'zod';
import type { SettingsPatch } from '../shared/contract/methods/settings.ts';
import { type Settings, settingsSchema } from '../shared/model/settings.ts';
import type { SettingsStore } from './engine/ports/settings-store.ts';

/** What we use of conf, and of electron-store, which is conf with a default folder. */
export interface SettingsWriter {
  set(values: Partial<Settings>): void;
}
export type OpenWriter = (options: Options<Settings>) => SettingsWriter | Promise<SettingsWriter>;

export interface SettingsFileOptions {
  readonly directory: string;
  /** Electron's main process passes electron-store here; everywhere else it is conf. */
  readonly openWriter?: OpenWriter;
  /** Told once when a file could not be used, with the path that it was moved to. */
  readonly onSetAside: (keptAt: string) => void;
}

const fileName = 'settings';

/**
 * Settings in `<directory>/settings.json`. A file that is not valid is moved aside, never overwritten, and what
 * is valid in it is kept. Reading goes by our own schema: conf and its validator take 90 ms to load, which
 * every call of the command line would wait for; they are loaded at the first write.
 */
export function openSettingsFile(options: SettingsFileOptions): SettingsStore {
  const { directory, onSetAside, openWriter = openConf } = options;
  const path = join(directory, `${fileName}.json`);

  async function read(): Promise<Settings> {
    const text = readIfThere(path);
    if (text === null) return settingsSchema.parse({});
    const value = parseJson(text);
    const parsed = settingsSchema.strict().safeParse(value);
    if (parsed.success) return parsed.data;
    onSetAside(setAside(path));
    const rescued = settingsSchema.parse(validPartOf(value));
    (await open()).set(rescued);
    return rescued;
  }

  async function open(): Promise<SettingsWriter> {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return openWriter(settingsOptions(directory));
  }

  // One after the other: two patches at once must both be in the file.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  return {
    get: () => inTurn(read),
    set: (patch: SettingsPatch) =>
      inTurn(async () => {
        await read(); // An invalid file is put aside before conf would refuse it.
        (await open()).set(withoutUndefined(patch));
        return read();
      }),
  };
}

/** One set of options for conf and electron-store, so that every host reads and writes the same file. */
function settingsOptions(directory: string): Options<Settings> {
  const schema = z.toJSONSchema(settingsSchema, { io: 'input' });
  return {
    cwd: directory,
    configName: fileName,
    schema: schema.properties as NonNullable<Options<Settings>['schema']>,
    rootSchema: { additionalProperties: false },
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: false,
    configFileMode: 0o600,
  };
}

async function openConf(options: Options<Settings>): Promise<SettingsWriter> {
  const { default: Conf } = await import('conf');
  return new Conf<Settings>(options);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Damaged or cut off: handled like any other file that is not valid.
  }
}

function setAside(path: string): string {
  const keptAt = path.replace(/\.json$/, `.invalid-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
  renameSync(path, keptAt);
  return keptAt;
}

function validPartOf(value: unknown): Partial<Settings> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(settingsSchema.shape).flatMap(([key, field]) => {
    const parsed = field.safeParse((value as Record<string, unknown>)[key]);
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(entries) as Partial<Settings>;
}

function withoutUndefined(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as Partial<Settings>;
}

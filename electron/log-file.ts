import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from './engine/ports/logger.ts';

/** One old file is kept beside the current one: at most twice this on disk. */
const maxBytes = 2 * 1024 * 1024;
const maxFieldLength = 4_000;
const secretNames = /token|secret|password|passphrase|authorization|cookie|credential|api[-_]?key/i;

/**
 * JSON lines in `<dataDirectory>/logs/earshot.log`. Written at once, so that the line before a crash is there;
 * the log is quiet enough for that. A log that cannot be written stops nothing.
 */
export function openLogFile(dataDirectory: string, options: { maxBytes?: number } = {}): Logger {
  const limit = options.maxBytes ?? maxBytes;
  const folder = join(dataDirectory, 'logs');
  const path = join(folder, 'earshot.log');
  let size = -1;

  function write(level: string, event: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const line = `${formatLine(level, event, fields)}\n`;
    try {
      if (size < 0) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        size = sizeOf(path);
      }
      const bytes = Buffer.byteLength(line);
      if (size > 0 && size + bytes > limit) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, line, { mode: 0o600 });
      size += bytes;
    } catch {
      // A full disk or a removed folder: try again from the start at the next line.
      size = -1;
    }
  }

  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
  };
}

function formatLine(level: string, event: string, fields: Readonly<Record<string, unknown>>): string {
  const at = new Date().toISOString();
  try {
    return JSON.stringify({ at, level, event, ...(JSON.parse(JSON.stringify(fields, tame)) as object) });
  } catch {
    return JSON.stringify({ at, level, event, fields: 'could not be written as JSON' });
  }
}

/** What must never stand in a log is left out here too, should a caller forget it. */
function tame(key: string, value: unknown): unknown {
  if (secretNames.test(key)) return '(left out)';
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return value;
  const text = value.replace(/(:\/\/)[^/\s@]*@/g, '$1(left out)@');
  return text.length > maxFieldLength ? `${text.slice(0, maxFieldLength)}…` : text;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

import type { MediaLimit } from '../../../shared/contract/methods/connectors.ts';

export interface OfferedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** The most that can be handed to the engine at once. */
const mostBytesAtAll = 20_000_000;

/** Why a file cannot go with this reply, in words; null when it can. */
export function mediaProblem(
  file: OfferedFile,
  limit: MediaLimit | null,
  alreadyThere: number,
  platformName: string,
): string | null {
  if (limit === null) return `${platformName} takes text alone in replies.`;
  if (alreadyThere >= limit.mostFiles) {
    return limit.mostFiles === 1
      ? `${platformName} takes one file in a reply.`
      : `${platformName} takes ${limit.mostFiles} files in a reply.`;
  }
  if (!limit.types.some((type) => isOfType(file.type, type))) {
    return `${platformName} does not take ${file.type === '' ? 'files of this kind' : file.type}: ${file.name} was left out. It takes ${limit.types.join(', ')}.`;
  }
  const most = Math.min(limit.mostBytes, mostBytesAtAll);
  if (file.size > most) {
    return `${file.name} has ${sizeWords(file.size)}; ${platformName} takes up to ${sizeWords(most)}.`;
  }
  if (file.size === 0) return `${file.name} is empty.`;
  return null;
}

function isOfType(type: string, wanted: string): boolean {
  return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

/** "820 kB", "1.2 MB" */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`;
}

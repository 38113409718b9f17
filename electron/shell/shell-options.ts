import { parseArgs } from 'node:util';

export interface ShellOptions {
  readonly dataDirectory: string | undefined;
  readonly isSample: boolean;
}

/** Chromium and the system add words of their own to the command line, so what is not known is passed over. */
export function readShellOptions(args: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { 'data-dir': { type: 'string' }, sample: { type: 'boolean' } },
  });
  const directory = values['data-dir'];
  return {
    dataDirectory: typeof directory === 'string' && directory !== '' ? directory : undefined,
    isSample: values.sample === true,
  };
}

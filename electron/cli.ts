import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { contract } from '../shared/contract/contract.ts';
import { EarshotError, type Failure } from '../shared/contract/errors.ts';
import { openDataKeyFile } from './data-key-file.ts';
import { dataDirectory } from './data-directory.ts';
import { openLogFile } from './log-file.ts';
import { openSettingsFile } from './settings-file.ts';

const intro = `Runs one call on a data directory, without a window. Earshot must not be running on it.

  npm run --silent earshot -- METHOD ['{"json": "params"}' | -] [options]

  -                 read the params from standard input
  --data-dir DIR    where everything is kept; the system's usual place unless told
  --sample          on the sample workspace, instead of the one that was open last
  --help            this text

The result is printed as JSON. A failure is printed on standard error as
{"error": {"code", "message", "details"}} with exit status 1.

Methods:
`;

interface Call {
  readonly method: string;
  readonly params: unknown;
  readonly dataDirectory: string;
  readonly isSample: boolean;
}

/** The command line, after Node and the build have been seen to. Sets the exit status; never throws. */
export async function runCommandLine(args: readonly string[], version: string): Promise<void> {
  // `… | head` closes the pipe early, which is no failure.
  process.stdout.on('error', () => process.exit(0));
  try {
    const call = await readCall(args);
    if (call === 'help') return await print(process.stdout, intro + listMethods());
    const result = await runCall(call, version);
    return await print(process.stdout, `${JSON.stringify(result)}\n`);
  } catch (error) {
    const failure: Failure =
      error instanceof EarshotError
        ? error.toFailure()
        : { code: 'internal', message: `Something in Earshot broke: ${String(error)}` };
    await print(process.stderr, `${JSON.stringify({ error: failure })}\n`);
    process.exitCode = 1;
  }
}

async function readCall(args: readonly string[]): Promise<Call | 'help'> {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [method, params = '{}', ...surplus] = positionals;
  if (method === undefined) {
    throw new EarshotError('invalid-input', 'Name a method, such as inbox.list. --help lists them.');
  }
  if (!Object.hasOwn(contract, method)) {
    throw new EarshotError('invalid-input', `There is no method “${method}”. --help lists them.`, { method });
  }
  if (surplus.length > 0) {
    const message = `The params are one piece of JSON; put it in quotes. This was left over: ${surplus.join(' ')}`;
    throw new EarshotError('invalid-input', message);
  }
  if (values['data-dir'] === '') {
    throw new EarshotError('invalid-input', '--data-dir needs the path of a folder.');
  }
  return {
    method,
    params: parseParams(params === '-' ? await text(process.stdin) : params),
    dataDirectory: dataDirectory(values['data-dir']),
    isSample: values.sample ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'data-dir': { type: 'string' },
        sample: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new EarshotError('invalid-input', `${what} --help lists the options.`, {}, error);
  }
}

function parseParams(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new EarshotError('invalid-input', `The params are not JSON: ${what}`, {}, error);
  }
}

async function runCall(call: Call, version: string): Promise<unknown> {
  // Loaded here, so that help and mistakes are answered without waiting for the engine.
  const { createEngine } = await import('./engine/engine.ts');
  const logger = openLogFile(call.dataDirectory);
  const engine = await createEngine({
    dataDirectory: call.dataDirectory,
    version,
    host: 'command-line',
    hostReason: null,
    logger,
    startsPolling: false,
    dataKey: openDataKeyFile(call.dataDirectory),
    settings: openSettingsFile({
      directory: call.dataDirectory,
      onSetAside: (keptAt) => {
        logger.warn('settings-set-aside', { keptAt });
        // For a person; a script reads failures from stderr and nothing else.
        if (process.stderr.isTTY) {
          console.error(`The settings could not be used as they were; they are kept in ${keptAt}.`);
        }
      },
    }),
    ...(call.isSample ? { workspace: 'sample' } : {}),
  });
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await engine.call(call.method, call.params, interrupted.signal);
  } finally {
    await engine.close();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function listMethods(): string {
  return Object.entries(contract)
    .map(([name, { input }]) => `  ${name} ${describeInput(input)}\n`)
    .sort()
    .join('');
}

function describeInput(input: z.ZodType): string {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  const fields = Object.keys(properties).map((field) => (required.includes(field) ? field : `${field}?`));
  return `{${fields.join(', ')}}`;
}

function print(stream: NodeJS.WriteStream, output: string): Promise<void> {
  return new Promise((resolve) => stream.write(output, () => resolve()));
}

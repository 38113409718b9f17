import { parseArgs } from 'node:util';

export const startHelp = `Starts Earshot.

  npm start -- [options]

  --browser         in a browser, also where Electron is there
  --electron        in Electron, or not at all
  --no-open         print the address and do not open a browser
  --port P          port of the browser host; a free one unless told
  --data-dir DIR    where everything is kept; the system's usual place unless told
  --sample          open the sample workspace
  --dev             build again and restart at every change of the sources
  --help            this text
`;

/**
 * @typedef {object} StartOptions
 * @property {'browser' | 'electron' | null} forced
 * @property {boolean} opensBrowser
 * @property {number | null} port
 * @property {string | null} dataDirectory
 * @property {boolean} isSample
 * @property {boolean} isDevelopment
 */

/**
 * @param {readonly string[]} args
 * @returns {{ kind: 'start', options: StartOptions } | { kind: 'help' } | { kind: 'mistake', message: string }}
 */
export function readStartOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        browser: { type: 'boolean' },
        electron: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        sample: { type: 'boolean' },
        dev: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { kind: 'help' };
  if (values.browser && values.electron) return mistake('Choose one of --browser and --electron.');
  if (values['data-dir'] === '') return mistake('--data-dir needs the path of a folder.');
  const port = values.port === undefined ? null : readPort(values.port);
  if (Number.isNaN(port)) return mistake('--port takes a number from 0 to 65535.');
  return {
    kind: 'start',
    options: {
      forced: values.browser ? 'browser' : values.electron ? 'electron' : null,
      opensBrowser: !values['no-open'],
      port,
      dataDirectory: values['data-dir'] ?? null,
      isSample: values.sample ?? false,
      isDevelopment: values.dev ?? false,
    },
  };
}

/** @param {string} text */
function readPort(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : Number.NaN;
}

/**
 * @param {string} message
 * @returns {{ kind: 'mistake', message: string }}
 */
function mistake(message) {
  return {
    kind: 'mistake',
    message: `${message.replace(/\.?$/, '.')} "npm start -- --help" lists the options.`,
  };
}

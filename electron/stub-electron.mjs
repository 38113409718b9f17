import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where @electron/fuses finds the switches in the program: this text, a version, a length, one sign per fuse. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 9;
const fuseVersion = 1;
const fuseIsOn = 0x31;
const paks = ['chrome_100_percent.pak', 'chrome_200_percent.pak', 'resources.pak'];
const locales = ['en-US', 'de', 'sv'];

/**
 * A folder that looks to electron-builder like an unpacked Electron for Linux, with all fuses on.
 *
 * @param {string} folder
 * @param {string} version
 */
export function writeStubElectron(folder, version) {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const wire = Buffer.from([fuseVersion, fuseCount, ...Array.from({ length: fuseCount }, () => fuseIsOn)]);
  const program = Buffer.concat([Buffer.from(`#!/bin/sh\nexit 1\n${fuseSentinel}`), wire, Buffer.from('\n')]);
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 });
  writeFileSync(join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'A stub.\n');
  for (const name of paks) writeFileSync(join(folder, name), '');
  for (const name of locales) writeFileSync(join(folder, 'locales', `${name}.pak`), '');
}

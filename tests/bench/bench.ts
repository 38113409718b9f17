import { parseArgs } from 'node:util';
import { type Group, lineOf, sizes } from './figure.ts';
import { feedFigures, matchFigures } from './figures/reading.ts';
import { inboxFigures } from './figures/inbox.ts';
import { ingestFigures } from './figures/ingest.ts';
import { outboxFigures } from './figures/outbox.ts';
import { startUpFigures } from './figures/start-up.ts';

/**
 * `npm run bench`: one JSON line per figure on stdout and nothing else. `--only NAME` measures one figure, or all
 * whose names begin so; `--size tiny|standard|large` chooses how much is measured.
 */
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, size: { type: 'string', default: 'standard' } },
});
const size = Object.entries(sizes).find(([name]) => name === values.size)?.[1];
if (!size) fail(`There is no size "${values.size}"; choose one of ${Object.keys(sizes).join(', ')}.`);

const groups: readonly Group[] = [
  ingestFigures(size),
  feedFigures(size),
  matchFigures(size),
  inboxFigures(size),
  outboxFigures(size),
  startUpFigures(size),
];
const names = groups.flatMap((group) => group.names);
const wanted = new Set(
  names.includes(values.only) ? [values.only] : names.filter((n) => n.startsWith(values.only)),
);
if (wanted.size === 0) fail(`There is no figure "${values.only}"; there are ${names.join(', ')}.`);

for (const group of groups) {
  if (!group.names.some((name) => wanted.has(name))) continue;
  try {
    for (const figure of await group.measure()) {
      if (wanted.has(figure.name)) process.stdout.write(`${lineOf(figure)}\n`);
    }
  } catch (error) {
    // One group that cannot be measured must not cost the figures of the others.
    process.exitCode = 1;
    process.stderr.write(`${group.names.join(', ')}: ${error instanceof Error ? error.stack : error}\n`);
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

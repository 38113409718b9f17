import { Bench } from 'tinybench';

/** Runs a second of both by turns and gives how often each ran in a second: ours first. */
export async function throughputs(
  pairMs: number,
  ours: () => unknown,
  theirs: () => unknown,
): Promise<[number, number]> {
  const bench = new Bench({ time: pairMs, warmupTime: pairMs / 4, iterations: 3, warmupIterations: 1 });
  bench.add('ours', async () => {
    await ours();
  });
  bench.add('theirs', async () => {
    await theirs();
  });
  await bench.run();
  const [mine, other] = bench.tasks.map(({ name, result }) => {
    if (!('throughput' in result)) throw new Error(`${name} was not measured: ${result.state}`);
    return result.throughput.mean;
  });
  return [mine ?? Number.NaN, other ?? Number.NaN];
}

/** So many rounds of each, by turns; the quietest counts, because others use the machine too. */
const rounds = 3;

/** Milliseconds below which 95 of 100 calls stay, of both: ours first. */
export async function p95s(
  samples: number,
  ours: (index: number) => unknown,
  theirs: (index: number) => unknown,
): Promise<[number, number]> {
  const perRound = Math.ceil(samples / rounds);
  const quietest: [number, number] = [Infinity, Infinity];
  for (let round = -1; round < rounds; round += 1) {
    const first = (round + 1) * perRound;
    const both = [await p95(perRound, first, ours), await p95(perRound, first, theirs)] as const;
    // The round before the first warms up.
    if (round < 0) continue;
    quietest[0] = Math.min(quietest[0], both[0]);
    quietest[1] = Math.min(quietest[1], both[1]);
  }
  return quietest;
}

async function p95(samples: number, first: number, call: (index: number) => unknown): Promise<number> {
  const times: number[] = [];
  for (let index = first; index < first + samples; index += 1) {
    const before = performance.now();
    await call(index);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(times.length * 0.95))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export async function secondsOf(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
}

/** A message's `ts` is its time and its id; as a number it would lose its last digits. */
export function compareTs(a: string, b: string): number {
  const [aSeconds = '', aCount = ''] = a.split('.');
  const [bSeconds = '', bCount = ''] = b.split('.');
  return Number(aSeconds) - Number(bSeconds) || Number(aCount.padEnd(9, '0')) - Number(bCount.padEnd(9, '0'));
}

export function laterTs(a: string, b: string): string {
  return compareTs(a, b) < 0 ? b : a;
}

export function tsAt(ms: number): string {
  return `${Math.max(0, Math.floor(ms / 1000))}.000000`;
}

/** Epoch milliseconds, to the second. */
export function timeOfTs(ts: string): number {
  return Number(ts.split('.')[0]) * 1000;
}

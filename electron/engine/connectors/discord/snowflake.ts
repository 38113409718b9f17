/** Discord's ids count past 2^53: they are texts here, and numbers only as BigInt. */
const epochMs = 1_420_070_400_000n;

/** Epoch milliseconds. */
export function timeOfId(id: string): number {
  return Number((BigInt(id) >> 22n) + epochMs);
}

/** The smallest id of that instant. */
export function idAt(ms: number): string {
  const sinceEpoch = BigInt(Math.max(0, Math.floor(ms))) - epochMs;
  return ((sinceEpoch < 0n ? 0n : sinceEpoch) << 22n).toString();
}

export function idBefore(id: string): string {
  const value = BigInt(id);
  return (value === 0n ? 0n : value - 1n).toString();
}

/** By age, the oldest first. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

export function laterId(a: string, b: string): string {
  return compareIds(a, b) < 0 ? b : a;
}

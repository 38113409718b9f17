import type { WritableStore } from '../store.ts';

/** One rung of the ladder. Never edited once released: what it did is in people's databases. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  up(store: WritableStore): void;
}

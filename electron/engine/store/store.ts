export type SqlValue = string | number | bigint | Uint8Array | null;

export interface RunResult {
  readonly changes: number;
  readonly lastInsertRowid: number;
}

/**
 * A thin layer over the driver, so that another SQLite binding could take its place. Readers take a
 * ReadableStore and writers a WritableStore: who may change the database shows in the signature.
 */
export interface ReadableStore {
  /** The first row, in the shape the caller's SQL gives it. */
  get<Row>(sql: string, ...params: readonly SqlValue[]): Row | undefined;
  all<Row>(sql: string, ...params: readonly SqlValue[]): Row[];
  /** Reads row by row, for walks that may stop early. The store must not be written to meanwhile. */
  iterate<Row>(sql: string, ...params: readonly SqlValue[]): IterableIterator<Row>;
}

export interface WritableStore extends ReadableStore {
  run(sql: string, ...params: readonly SqlValue[]): RunResult;
  /** Several statements without parameters; for migrations. */
  exec(sql: string): void;
  /** All or nothing. `work` is one synchronous function; a transaction inside another joins it as a savepoint. */
  transaction<Result>(work: () => Result): Result;
}

export interface Store extends WritableStore {
  readonly path: string;
  readonly isReadonly: boolean;
  close(): void;
}

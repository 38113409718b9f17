import type { ReadableStore, WritableStore } from '../store.ts';

/** Nothing goes out from the account before `until`; one failure more in a row. A longer pause is not shortened. */
export function pauseAccount(store: WritableStore, accountRow: number, until: number): void {
  store.run(
    `UPDATE accounts SET fail_count = fail_count + 1, paused_until = max(ifnull(paused_until, 0), ?) WHERE id = ?`,
    until,
    accountRow,
  );
}

/** True when there was something to end. */
export function endPause(store: WritableStore, accountRow: number): boolean {
  return (
    store.run(
      `UPDATE accounts SET fail_count = 0, paused_until = NULL
       WHERE id = ? AND (fail_count <> 0 OR paused_until IS NOT NULL)`,
      accountRow,
    ).changes > 0
  );
}

/** Failures in a row of what goes out; 0 for an account that is not there. */
export function failuresInARow(store: ReadableStore, accountRow: number): number {
  return (
    store.get<{ count: number }>('SELECT fail_count AS count FROM accounts WHERE id = ?', accountRow)
      ?.count ?? 0
  );
}

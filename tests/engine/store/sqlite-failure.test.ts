import { describe, expect, test } from 'vitest';
import { toStoreFailure } from '../../../electron/engine/store/sqlite-failure.ts';

const sqliteError = (code: string): Error => Object.assign(new Error('as SQLite says it'), { code });

describe('what SQLite reports', () => {
  test.each([
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_NOTADB', 'database-damaged'],
    ['SQLITE_CORRUPT_VTAB', 'database-damaged'],
    ['SQLITE_IOERR_WRITE', 'database-damaged'],
    ['SQLITE_BUSY_SNAPSHOT', 'in-use'],
    ['SQLITE_READONLY_DIRECTORY', 'unsupported'],
  ])('%s is the failure %s, which names the file', (code, failure) => {
    expect(toStoreFailure(sqliteError(code), '/data/earshot.sqlite')).toMatchObject({
      code: failure,
      details: { path: '/data/earshot.sqlite' },
    });
  });

  test('stays as it is when it is a bug', () => {
    const bug = sqliteError('SQLITE_CONSTRAINT_FOREIGNKEY');
    expect(toStoreFailure(bug, 'x')).toBe(bug);
    expect(toStoreFailure('text', 'x')).toBe('text');
  });
});

import type { Migration } from './migration.ts';

/**
 * What is listened for and where. AUTOINCREMENT: the id of a removed tracker or source is not given out again,
 * because matches, the search index and the activity log still speak of it.
 */
export const createSources: Migration = {
  version: 1,
  name: 'create-sources',
  up(store) {
    store.exec(`
      CREATE TABLE brands (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      INSERT INTO brands (id, name, created_at) VALUES (1, '', 0);

      CREATE TABLE trackers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        brand_id INTEGER NOT NULL DEFAULT 1 REFERENCES brands (id),
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        removed_at INTEGER,
        -- Stored mentions with an id below this are still to be held against the query; null: all have been.
        rematch_below INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX trackers_name ON trackers (brand_id, name COLLATE NOCASE) WHERE removed_at IS NULL;
      CREATE INDEX trackers_rematch ON trackers (id) WHERE rematch_below IS NOT NULL;

      -- A signed-in identity. Its secret lives in the vault, never here.
      CREATE TABLE accounts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        connector TEXT NOT NULL,
        platform TEXT NOT NULL,
        external_id TEXT NOT NULL,
        name TEXT NOT NULL,
        handle TEXT,
        state TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        removed_at INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX accounts_identity ON accounts (platform, external_id) WHERE removed_at IS NULL;

      CREATE TABLE sources (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        brand_id INTEGER NOT NULL DEFAULT 1 REFERENCES brands (id),
        account_id INTEGER REFERENCES accounts (id),
        connector TEXT NOT NULL,
        name TEXT NOT NULL,
        -- The user chose the name: what the far end calls itself does not replace it.
        is_name_given INTEGER NOT NULL,
        settings TEXT NOT NULL,
        url TEXT,
        follows_whole INTEGER NOT NULL,
        is_paused INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        removed_at INTEGER,
        cursor TEXT,
        state TEXT NOT NULL CHECK (state IN ('new', 'ok', 'failing', 'blocked', 'gone')),
        last_poll_at INTEGER,
        last_success_at INTEGER,
        last_error TEXT,
        last_error_at INTEGER,
        fail_count INTEGER NOT NULL DEFAULT 0,
        next_poll_at INTEGER,
        interval_ms INTEGER,
        mention_count INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX sources_due ON sources (next_poll_at)
        WHERE removed_at IS NULL AND is_paused = 0 AND next_poll_at IS NOT NULL;

      CREATE TABLE source_trackers (
        source_id INTEGER NOT NULL REFERENCES sources (id),
        tracker_id INTEGER NOT NULL REFERENCES trackers (id),
        PRIMARY KEY (source_id, tracker_id)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};

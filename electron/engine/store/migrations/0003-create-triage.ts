import type { Migration } from './migration.ts';

/** What was done with what arrived. */
export const createTriage: Migration = {
  version: 3,
  name: 'create-triage',
  up(store) {
    store.exec(`
      CREATE TABLE conversation_states (
        conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id),
        status TEXT NOT NULL CHECK (status IN ('open', 'snoozed', 'done')),
        snoozed_until INTEGER CHECK ((snoozed_until IS NULL) = (status <> 'snoozed')),
        unread INTEGER NOT NULL,
        newest_mention_id INTEGER NOT NULL REFERENCES mentions (id)
      ) STRICT;
      CREATE INDEX conversation_states_list ON conversation_states (status, newest_mention_id);
      CREATE INDEX conversation_states_wake ON conversation_states (snoozed_until) WHERE status = 'snoozed';

      -- The lists of one source and one tracker: open conversations alone, in the order of their newest mention.
      CREATE TABLE open_conversations (
        scope TEXT NOT NULL CHECK (scope IN ('source', 'tracker')),
        ref INTEGER NOT NULL,
        newest_mention_id INTEGER NOT NULL,
        conversation_id INTEGER NOT NULL REFERENCES conversations (id),
        PRIMARY KEY (scope, ref, newest_mention_id, conversation_id)
      ) STRICT, WITHOUT ROWID;

      -- Badges. scope status: ref 0 open, 1 snoozed, 2 done; scope source and tracker: their open conversations.
      CREATE TABLE conversation_counts (
        scope TEXT NOT NULL CHECK (scope IN ('status', 'source', 'tracker')),
        ref INTEGER NOT NULL,
        total INTEGER NOT NULL CHECK (total >= 0),
        unread INTEGER NOT NULL CHECK (unread >= 0),
        PRIMARY KEY (scope, ref)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE activity (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversations (id),
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        step_id INTEGER,
        detail TEXT NOT NULL
      ) STRICT;
      CREATE INDEX activity_conversation ON activity (conversation_id, id);
      CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON activity
        BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END;
      CREATE TRIGGER activity_is_never_deleted BEFORE DELETE ON activity
        BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END;

      CREATE TABLE undo_steps (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        is_undone INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE TABLE undo_changes (
        step_id INTEGER NOT NULL REFERENCES undo_steps (id) ON DELETE CASCADE,
        conversation_id INTEGER NOT NULL REFERENCES conversations (id),
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        PRIMARY KEY (step_id, conversation_id)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};

import type { Migration } from './migration.ts';

/** Accounts, and everything that goes out. `replies` was empty until now: it is made anew with what sending needs. */
export const createOutbox: Migration = {
  version: 5,
  name: 'create-outbox',
  up(store) {
    store.exec(`
      -- What it signs in with lies in the vault under this name.
      ALTER TABLE accounts ADD COLUMN vault_name TEXT NOT NULL DEFAULT '';
      ALTER TABLE accounts ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
      -- Author key of its own posts; everything else of its identity that is not a column.
      ALTER TABLE accounts ADD COLUMN author_key TEXT NOT NULL DEFAULT '';
      ALTER TABLE accounts ADD COLUMN url TEXT;
      ALTER TABLE accounts ADD COLUMN identity TEXT NOT NULL DEFAULT '{}';
      ALTER TABLE accounts ADD COLUMN is_read_only INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE accounts ADD COLUMN expires_at INTEGER;
      ALTER TABLE accounts ADD COLUMN failure TEXT;
      ALTER TABLE accounts ADD COLUMN failed_at INTEGER;
      ALTER TABLE accounts ADD COLUMN checked_at INTEGER;
      -- Nothing goes out from it before then: the platform's rate limit, or our back-off.
      ALTER TABLE accounts ADD COLUMN paused_until INTEGER;
      ALTER TABLE accounts ADD COLUMN fail_count INTEGER NOT NULL DEFAULT 0;

      -- Known to the connector alone: what it needs to answer.
      ALTER TABLE mentions ADD COLUMN context TEXT;
      ALTER TABLE mentions ADD COLUMN deleted_at INTEGER;
      ALTER TABLE mentions ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0;

      DROP TABLE replies;
      CREATE TABLE replies (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversations (id),
        account_id INTEGER REFERENCES accounts (id),
        connector TEXT NOT NULL,
        platform TEXT NOT NULL,
        action TEXT NOT NULL,
        mention_id INTEGER REFERENCES mentions (id),
        -- Our own reply that it deletes.
        on_reply_id INTEGER REFERENCES replies (id),
        -- The part of a thread that it follows.
        previous_id INTEGER REFERENCES replies (id),
        part_index INTEGER,
        part_count INTEGER,
        state TEXT NOT NULL
          CHECK (state IN ('queued', 'sending', 'sent', 'unconfirmed', 'failed', 'cancelled')),
        text TEXT NOT NULL,
        via TEXT NOT NULL CHECK (via IN ('earshot', 'elsewhere')),
        -- The same at every attempt.
        idempotency_key TEXT NOT NULL UNIQUE,
        -- How the conversation stood for whoever wrote it: a change stops it.
        seen TEXT NOT NULL DEFAULT '{}',
        -- What the connector made to be sent, once and for all.
        prepared TEXT,
        held_until INTEGER,
        send_at INTEGER,
        -- Queued: the next attempt. Unconfirmed: the next look. Null: only the user moves it on.
        next_attempt_at INTEGER,
        attempt_count INTEGER NOT NULL DEFAULT 0,
        first_attempt_at INTEGER,
        attempted_at INTEGER,
        -- How often it was looked for and not found since the last attempt.
        absent_count INTEGER NOT NULL DEFAULT 0,
        -- The outcome of an attempt was unknown once: nothing is sent again before it was looked for.
        is_doubtful INTEGER NOT NULL DEFAULT 0,
        -- How often it was put off in a row.
        delay_count INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        sent_at INTEGER,
        confirmed_at INTEGER,
        deleted_at INTEGER,
        external_id TEXT,
        key TEXT,
        url TEXT,
        context TEXT,
        failure TEXT
      ) STRICT;
      CREATE INDEX replies_conversation ON replies (conversation_id, id);
      CREATE INDEX replies_mention ON replies (mention_id) WHERE mention_id IS NOT NULL;
      CREATE INDEX replies_pending ON replies (id) WHERE state IN ('queued', 'sending', 'unconfirmed');
      CREATE INDEX replies_waiting ON replies (id) WHERE state IN ('queued', 'sending', 'unconfirmed', 'failed');
      CREATE INDEX replies_previous ON replies (previous_id) WHERE previous_id IS NOT NULL;
      CREATE INDEX replies_on_reply ON replies (on_reply_id) WHERE on_reply_id IS NOT NULL;
      CREATE UNIQUE INDEX replies_key ON replies (key, platform) WHERE key IS NOT NULL;

      CREATE TABLE drafts (
        conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id),
        account_id INTEGER REFERENCES accounts (id),
        mention_id INTEGER REFERENCES mentions (id),
        text TEXT NOT NULL,
        selection_start INTEGER NOT NULL,
        -- It was a reply that could still be taken back when Earshot was closed, and did not go out.
        held_back_at INTEGER,
        updated_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE attachments (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        bytes BLOB NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      -- Exactly one of the two. Bytes that nothing uses any more are deleted after a day.
      CREATE TABLE attachment_uses (
        reply_id INTEGER REFERENCES replies (id),
        conversation_id INTEGER REFERENCES drafts (conversation_id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL REFERENCES attachments (id),
        alt TEXT NOT NULL,
        CHECK ((reply_id IS NULL) <> (conversation_id IS NULL))
      ) STRICT;
      CREATE INDEX attachment_uses_reply ON attachment_uses (reply_id, position) WHERE reply_id IS NOT NULL;
      CREATE INDEX attachment_uses_draft ON attachment_uses (conversation_id, position)
        WHERE conversation_id IS NOT NULL;
      CREATE INDEX attachment_uses_attachment ON attachment_uses (attachment_id);

      CREATE TABLE saved_replies (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folder TEXT NOT NULL,
        text TEXT NOT NULL,
        updated_at INTEGER NOT NULL,
        used_at INTEGER
      ) STRICT;
    `);
  },
};

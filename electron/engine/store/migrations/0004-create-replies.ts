import type { Migration } from './migration.ts';

/** The outbox and the response clock. Nothing writes here yet; what people answer must have its place from the start. */
export const createReplies: Migration = {
  version: 4,
  name: 'create-replies',
  up(store) {
    store.exec(`
      CREATE TABLE replies (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversations (id),
        parent_mention_id INTEGER REFERENCES mentions (id),
        account_id INTEGER REFERENCES accounts (id),
        state TEXT NOT NULL CHECK (state IN ('draft', 'queued', 'sending', 'sent', 'failed', 'unknown')),
        text TEXT NOT NULL,
        -- Lets a platform, or our own look-up, recognise a second attempt at the same reply.
        idempotency_key TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        send_after INTEGER,
        attempt_count INTEGER NOT NULL DEFAULT 0,
        attempted_at INTEGER,
        sent_at INTEGER,
        external_id TEXT,
        url TEXT,
        sent_mention_id INTEGER REFERENCES mentions (id),
        failure TEXT
      ) STRICT;
      CREATE INDEX replies_conversation ON replies (conversation_id, id);
      CREATE INDEX replies_pending ON replies (state, send_after) WHERE state IN ('queued', 'sending', 'unknown');

      -- One stretch of somebody waiting for the brand. At most one is open per conversation.
      CREATE TABLE waits (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversations (id),
        platform TEXT NOT NULL,
        episode_id INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        first_item_id INTEGER NOT NULL REFERENCES mentions (id),
        item_count INTEGER NOT NULL,
        first_seen_at INTEGER NOT NULL,
        ended_at INTEGER,
        reply_item_id INTEGER REFERENCES mentions (id),
        outcome TEXT,
        outcome_at INTEGER,
        expected INTEGER NOT NULL,
        via TEXT,
        sla_target_s INTEGER,
        sla_clock TEXT,
        schedule_version INTEGER,
        calendar_s INTEGER,
        business_s INTEGER,
        desk_s INTEGER,
        flags TEXT NOT NULL DEFAULT '[]',
        UNIQUE (conversation_id, episode_id, seq)
      ) STRICT;
      CREATE UNIQUE INDEX waits_open ON waits (conversation_id) WHERE outcome IS NULL;
      CREATE INDEX waits_times ON waits (platform, calendar_s) WHERE calendar_s IS NOT NULL;
    `);
  },
};

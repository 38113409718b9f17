import type { Migration } from './migration.ts';

/**
 * What arrived. A mention's id carries its time, (seconds since 2020) * 8, so that newest first is the order of
 * the table, of every index and of the search index, and is never sorted.
 */
export const createMentions: Migration = {
  version: 2,
  name: 'create-mentions',
  up(store) {
    store.exec(`
      CREATE TABLE authors (
        id INTEGER PRIMARY KEY,
        platform TEXT NOT NULL,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        handle TEXT,
        url TEXT,
        first_seen_at INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX authors_key ON authors (platform, key);

      -- One outside person under one root: forty people under a post are forty conversations.
      CREATE TABLE conversations (
        id INTEGER PRIMARY KEY,
        platform TEXT NOT NULL,
        root_key TEXT NOT NULL,
        counterpart_id INTEGER REFERENCES authors (id),
        title TEXT,
        mention_count INTEGER NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX conversations_key ON conversations (root_key, platform, ifnull(counterpart_id, 0));

      -- Immutable but for edits on the platform.
      CREATE TABLE mentions (
        id INTEGER PRIMARY KEY,
        platform TEXT NOT NULL,
        key TEXT NOT NULL,
        external_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        conversation_id INTEGER NOT NULL REFERENCES conversations (id),
        author_id INTEGER REFERENCES authors (id),
        -- The source that brought it first, and that may tell of edits.
        source_id INTEGER NOT NULL REFERENCES sources (id),
        parent_key TEXT,
        title TEXT,
        text TEXT NOT NULL,
        url TEXT,
        published_at INTEGER NOT NULL,
        is_time_guessed INTEGER NOT NULL,
        first_seen_at INTEGER NOT NULL,
        -- Published before its source was added: counts in volume, not in response times.
        is_backfill INTEGER NOT NULL,
        edited_at INTEGER,
        content_hash BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX mentions_key ON mentions (key, platform);
      CREATE INDEX mentions_conversation ON mentions (conversation_id);
      -- Narrow: from ten thousand matches of a search to their conversations without reading ten thousand texts.
      CREATE INDEX mentions_place ON mentions (id, conversation_id);
      CREATE INDEX mentions_author ON mentions (author_id) WHERE author_id IS NOT NULL;

      -- Only for what is more than one plain paragraph.
      CREATE TABLE mention_documents (
        mention_id INTEGER PRIMARY KEY REFERENCES mentions (id),
        document TEXT NOT NULL
      ) STRICT;

      -- Further sources that brought the same mention; the first stands in mentions.source_id.
      CREATE TABLE mention_sources (
        mention_id INTEGER NOT NULL REFERENCES mentions (id),
        source_id INTEGER NOT NULL REFERENCES sources (id),
        first_seen_at INTEGER NOT NULL,
        PRIMARY KEY (mention_id, source_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE mention_matches (
        mention_id INTEGER NOT NULL REFERENCES mentions (id),
        tracker_id INTEGER NOT NULL REFERENCES trackers (id),
        spans TEXT NOT NULL,
        PRIMARY KEY (mention_id, tracker_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX mention_matches_tracker ON mention_matches (tracker_id, mention_id);

      CREATE TABLE mention_analysis (
        mention_id INTEGER PRIMARY KEY REFERENCES mentions (id),
        language TEXT,
        label TEXT NOT NULL,
        score REAL NOT NULL,
        words TEXT NOT NULL
      ) STRICT;

      -- Fed with our own tokens joined by spaces, so that search and trackers agree to the letter: the
      -- tokenizer must only part at spaces. "facts" holds what fields ask for; see search-rows.ts.
      CREATE VIRTUAL TABLE mention_search USING fts5 (
        title, body, facts,
        content = '', contentless_delete = 1,
        tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_{|}~'"
      );
      INSERT INTO mention_search (mention_search, rank) VALUES ('automerge', 8);

      -- Charts read this instead of the mentions. day: days since 1970, UTC, by published_at.
      CREATE TABLE mention_days (
        day INTEGER NOT NULL,
        platform TEXT NOT NULL,
        total INTEGER NOT NULL,
        positive INTEGER NOT NULL,
        neutral INTEGER NOT NULL,
        negative INTEGER NOT NULL,
        unsure INTEGER NOT NULL,
        unrated INTEGER NOT NULL,
        score_sum REAL NOT NULL,
        PRIMARY KEY (day, platform)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};

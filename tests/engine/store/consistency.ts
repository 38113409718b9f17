import { expect } from 'vitest';
import type { WritableStore } from '../../../electron/engine/store/store.ts';

/** Everything that is kept beside the mentions, worked out again from the mentions alone. Must come out the same. */
export function expectConsistent(store: WritableStore): void {
  expect(countsThatAreNotZero(store)).toEqual(recomputedCounts(store));
  expect(store.all(openConversations)).toEqual(store.all(recomputedOpenConversations));
  expect(store.all('SELECT conversation_id, newest_mention_id FROM conversation_states ORDER BY 1')).toEqual(
    store.all('SELECT conversation_id, max(id) AS newest_mention_id FROM mentions GROUP BY 1 ORDER BY 1'),
  );
  expect(store.all('SELECT id, mention_count FROM conversations ORDER BY 1')).toEqual(
    store.all(
      'SELECT conversation_id AS id, count(*) AS mention_count FROM mentions GROUP BY conversation_id ORDER BY 1',
    ),
  );
  expect(store.all(sourceCounts)).toEqual(store.all(recomputedSourceCounts));
  expect(store.all(days)).toEqual(store.all(recomputedDays));
  expect(
    store.all(`SELECT rowid AS id FROM mention_search WHERE mention_search MATCH '":*"' ORDER BY 1`),
  ).toEqual(store.all('SELECT id FROM mentions ORDER BY 1'));
  store.run("INSERT INTO mention_search (mention_search) VALUES ('integrity-check')");
  expect(store.all('PRAGMA foreign_key_check')).toEqual([]);
}

function countsThatAreNotZero(store: WritableStore): unknown[] {
  return store.all(
    'SELECT scope, ref, total, unread FROM conversation_counts WHERE total <> 0 OR unread <> 0 ORDER BY scope, ref',
  );
}

function recomputedCounts(store: WritableStore): unknown[] {
  return store.all(`
    WITH parts AS (
      SELECT 'status' AS scope, CASE status WHEN 'open' THEN 0 WHEN 'snoozed' THEN 1 ELSE 2 END AS ref,
        conversation_id, unread
      FROM conversation_states
      UNION ALL
      SELECT m.scope, m.ref, s.conversation_id, s.unread
      FROM (${memberships}) AS m JOIN conversation_states AS s ON s.conversation_id = m.conversation_id
      WHERE s.status = 'open'
    )
    SELECT scope, ref, count(*) AS total, sum(unread) AS unread FROM parts GROUP BY scope, ref ORDER BY scope, ref`);
}

const memberships = `
  SELECT 'source' AS scope, source_id AS ref, conversation_id FROM mentions
  UNION
  SELECT 'source', s.source_id, m.conversation_id FROM mention_sources AS s JOIN mentions AS m ON m.id = s.mention_id
  UNION
  SELECT 'tracker', x.tracker_id, m.conversation_id FROM mention_matches AS x
  JOIN mentions AS m ON m.id = x.mention_id
  JOIN trackers AS t ON t.id = x.tracker_id WHERE t.removed_at IS NULL`;

const openConversations =
  'SELECT scope, ref, newest_mention_id, conversation_id FROM open_conversations ORDER BY 1, 2, 3, 4';
const recomputedOpenConversations = `
  SELECT m.scope, m.ref, s.newest_mention_id, s.conversation_id
  FROM (${memberships}) AS m JOIN conversation_states AS s ON s.conversation_id = m.conversation_id
  WHERE s.status = 'open' ORDER BY 1, 2, 3, 4`;

const sourceCounts = 'SELECT id, mention_count FROM sources ORDER BY id';
const recomputedSourceCounts = `
  SELECT s.id, (SELECT count(*) FROM mentions WHERE source_id = s.id)
    + (SELECT count(*) FROM mention_sources WHERE source_id = s.id) AS mention_count
  FROM sources AS s ORDER BY s.id`;

const days = `
  SELECT day, platform, total, positive, neutral, negative, unsure, unrated, round(score_sum, 6) AS score
  FROM mention_days WHERE total <> 0 ORDER BY 1, 2`;
const recomputedDays = `
  SELECT m.published_at / 86400000 AS day, m.platform, count(*) AS total, sum(x.label = 'positive') AS positive,
    sum(x.label = 'neutral') AS neutral, sum(x.label = 'negative') AS negative, sum(x.label = 'unsure') AS unsure,
    sum(x.label = 'unrated') AS unrated, round(sum(x.score), 6) AS score
  FROM mentions AS m JOIN mention_analysis AS x ON x.mention_id = m.id GROUP BY 1, 2 ORDER BY 1, 2`;

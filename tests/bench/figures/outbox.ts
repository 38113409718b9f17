import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import {
  countReplies,
  listPending,
  listReplies,
} from '../../../electron/engine/store/queries/reply-lists.ts';
import type { Figure, Group, Sizes } from '../figure.ts';
import { shortCount } from '../figure.ts';
import { newestAt } from '../invented-mentions.ts';
import { p95s } from '../timing.ts';

const onTheWay = 20;

/**
 * What the outbox reads at every turn, and its page, after a few and after many replies were sent. Against it: the
 * same found without an index.
 */
export function outboxFigures({ replies, samples }: Sizes): Group {
  const nameOf = (count: number): string => `outbox-turn-${shortCount(count)}`;
  return {
    names: [...replies.map(nameOf), 'outbox-turn-growth'],
    async measure() {
      const small = await measureOutbox(replies[0], samples);
      const large = await measureOutbox(replies[1], samples);
      return [
        { ...small, name: nameOf(replies[0]) },
        { ...large, name: nameOf(replies[1]) },
        { name: 'outbox-turn-growth', value: large.value, unit: 'ms', against: small.value },
      ];
    },
  };
}

async function measureOutbox(count: number, samples: number): Promise<Omit<Figure, 'name'>> {
  const directory = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  const store = openStore({ path: join(directory, 'outbox.sqlite'), now: () => newestAt });
  try {
    store.transaction(() => {
      store.run(
        'INSERT INTO conversations (id, platform, root_key, mention_count, created_at) VALUES (1, ?, ?, 1, 0)',
        'x',
        'r',
      );
      for (let index = 0; index < count + onTheWay; index += 1) {
        const state = index < count ? 'sent' : 'queued';
        store.run(
          `INSERT INTO replies (conversation_id, connector, platform, action, state, text, via, idempotency_key,
             created_at, updated_at) VALUES (1, 'x', 'x', 'reply', ?, ?, 'earshot', ?, ?, ?)`,
          state,
          'Thank you, we are looking into it.',
          String(index),
          newestAt,
          newestAt,
        );
      }
    });
    const [value, against] = await p95s(
      samples,
      () => [
        listPending(store),
        countReplies(store),
        listReplies(store, 'waiting', Number.MAX_SAFE_INTEGER, 50),
      ],
      () => store.all("SELECT * FROM replies NOT INDEXED WHERE state = 'queued'"),
    );
    return { value, unit: 'ms', against };
  } finally {
    store.close();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

import Database from 'better-sqlite3';
import { chanceOf } from '../../../electron/engine/connectors/sample/chance.ts';
import { createInboxHandlers } from '../../../electron/engine/inbox/handlers.ts';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import { searchExpression } from '../../../electron/engine/store/queries/search-expression.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { Figure, Group, Sizes } from '../figure.ts';
import { shortCount } from '../figure.ts';
import { inboxDatabase } from '../inbox-database.ts';
import { inventedWord, newestAt } from '../invented-mentions.ts';
import { p95s } from '../timing.ts';

const pageLimit = 50;

/** What is asked of one inbox, and the bare SQL that stands against it. */
interface Question {
  readonly name: string;
  readonly ours: (index: number) => unknown;
  readonly bare: (index: number) => unknown;
}

/**
 * Pages, searches and counts on a small and a large inbox. `…-growth` holds the large one against the small
 * one: near 1 means that the size does not matter.
 */
export function inboxFigures({ inbox, samples }: Sizes): Group {
  const kinds = ['inbox-page', 'search', 'counts'];
  return {
    names: kinds.flatMap((kind) => [
      ...inbox.map((count) => `${kind}-${shortCount(count)}`),
      `${kind}-growth`,
    ]),
    async measure() {
      const small = await measureInbox(inbox[0], samples);
      const large = await measureInbox(inbox[1], samples);
      return small.flatMap((figure, index) => {
        const grown = large[index];
        if (!grown) return [figure];
        const growth = {
          name: `${kinds[index]}-growth`,
          value: grown.value,
          unit: 'ms',
          against: figure.value,
        };
        return [figure, grown, growth];
      });
    },
  };
}

async function measureInbox(count: number, samples: number): Promise<Figure[]> {
  const path = inboxDatabase(count);
  const store = openStore({ path, readonly: true, now: () => newestAt });
  const database = new Database(path, { readonly: true });
  try {
    const inbox = createInboxHandlers({ store });
    const context = { signal: new AbortController().signal };
    const ids = database.prepare('SELECT id FROM mentions ORDER BY id').pluck().all() as number[];
    const placeOf = (index: number): number => chanceOf('place', index).pick(ids);
    const page = database.prepare(
      `SELECT * FROM mentions AS m JOIN conversation_states AS s ON s.conversation_id = m.conversation_id
       WHERE m.id < ? ORDER BY m.id DESC LIMIT ${pageLimit}`,
    );
    const find = database.prepare(
      `SELECT rowid FROM mention_search WHERE mention_search MATCH ? ORDER BY rowid DESC LIMIT ${pageLimit}`,
    );
    const expressions = searches.map(expressionOf);
    const countAll = database.prepare(
      'SELECT status, count(*), sum(unread) FROM conversation_states GROUP BY status',
    );
    const questions: readonly Question[] = [
      {
        name: 'inbox-page',
        // Every other page is the first one, the rest begin anywhere: a keyset does not mind.
        ours: (index) => {
          const cursor = index % 2 === 0 ? {} : { cursor: `${placeOf(index)}.0` };
          return inbox['inbox.list']({ view: 'inbox', limit: pageLimit, ...cursor }, context);
        },
        bare: (index) => page.all(index % 2 === 0 ? Number.MAX_SAFE_INTEGER : placeOf(index)),
      },
      {
        name: 'search',
        ours: (index) => {
          const search = searches[index % searches.length];
          if (search === undefined) throw new RangeError('nothing to search for');
          return inbox['inbox.list']({ view: 'inbox', limit: pageLimit, search }, context);
        },
        bare: (index) => find.all(expressions[index % expressions.length]),
      },
      { name: 'counts', ours: () => inbox['inbox.counts']({}, context), bare: () => countAll.all() },
    ];
    const figures: Figure[] = [];
    for (const { name, ours, bare } of questions) {
      const [value, against] = await p95s(samples, ours, bare);
      figures.push({ name: `${name}-${shortCount(count)}`, value, unit: 'ms', against });
    }
    return figures;
  } finally {
    database.close();
    store.close();
  }
}

/** Frequent and rare words, phrases, exclusions, nearness, beginnings and fields. */
const searches: readonly string[] = [
  'hawfinch',
  'battery',
  inventedWord(2),
  inventedWord(300),
  inventedWord(9_000),
  '"lost pages"',
  `hawfinch -${inventedWord(1)}`,
  `nib ${inventedWord(5)}`,
  'page* NEAR/5 pen',
  'from:author3 hawfinch',
  `title:${inventedWord(4)}`,
  'sheaf OR quillmere OR warble',
  'lang:en refund',
  `${inventedWord(700)} OR ${inventedWord(701)}`,
];

function expressionOf(search: string): string {
  const parsed = parseQuery(search);
  if (!parsed.isValid) throw new Error(`${search}: ${parsed.mistake.message}`);
  return searchExpression(parsed.root, () => []);
}

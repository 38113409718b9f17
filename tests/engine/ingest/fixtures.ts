import type { Analyser } from '../../../electron/engine/analysis/analysis.ts';
import type { IncomingMention, PollPage } from '../../../electron/engine/connectors/connector.ts';
import { type IngestResult, ingestPage } from '../../../electron/engine/ingest/ingest-page.ts';
import { createTrackerBook } from '../../../electron/engine/ingest/tracker-book.ts';
import { insertSource, type NewSource, findSource } from '../../../electron/engine/store/queries/sources.ts';
import { insertTracker } from '../../../electron/engine/store/queries/trackers.ts';
import type { WritableStore } from '../../../electron/engine/store/store.ts';
import type { SourceId } from '../../../shared/model/ids.ts';
import type { Document } from '../../../shared/model/document.ts';

export const noon = Date.UTC(2026, 10, 21, 12);
export const minuteMs = 60_000;

export type MentionDraft = Partial<Omit<IncomingMention, 'author'>> & {
  readonly text?: string;
  readonly author?: Partial<IncomingMention['author']>;
};

/** An item as a platform could give it; `key` is what tells one from the next. */
export function anItem(key: string, draft: MentionDraft = {}): IncomingMention {
  const { text = `Words about ${key}`, author, ...rest } = draft;
  return {
    key,
    externalId: key,
    platform: 'town',
    kind: 'post',
    title: null,
    document: plain(text),
    url: `https://town.example/${key}`,
    publishedAt: noon,
    rootKey: key,
    parentKey: null,
    conversationTitle: null,
    language: 'en',
    ...rest,
    author: { key: 'ana', name: 'Ana Lima', handle: 'ana', url: null, ...author },
  };
}

export function plain(text: string): Document {
  return [{ type: 'paragraph', children: [{ type: 'text', text }] }];
}

export function aPage(items: readonly IncomingMention[], cursor: unknown = null): PollPage<unknown, unknown> {
  return { items, cursor };
}

export function aSource(store: WritableStore, draft: Partial<NewSource> = {}): SourceId {
  return insertSource(store, {
    connector: 'feeds',
    name: 'Town news',
    isNameGiven: false,
    settings: {},
    trackerIds: [],
    followsWhole: true,
    url: null,
    createdAt: noon - 24 * 60 * minuteMs,
    nextPollAt: null,
    ...draft,
  }).sourceId;
}

export function aTracker(store: WritableStore, query: string, name = query) {
  return insertTracker(store, { name, query, createdAt: noon }).trackerId;
}

/** Sentiment in two words: enough to see that it is stored. */
export const wordAnalyser: Analyser = {
  analyse(text, declaredLanguage) {
    const at = text.search(/good|bad/);
    const isGood = text.startsWith('good', at);
    return {
      language: declaredLanguage,
      sentiment:
        at === -1
          ? { label: 'neutral', score: 0, words: [] }
          : {
              label: isGood ? 'positive' : 'negative',
              score: isGood ? 0.5 : -0.5,
              words: [{ start: at, end: at + (isGood ? 4 : 3), weight: isGood ? 0.5 : -0.5 }],
            },
    };
  },
};

const book = createTrackerBook();

export function ingest(
  store: WritableStore,
  sourceId: SourceId,
  items: readonly IncomingMention[],
  now = noon + minuteMs,
  cursor: unknown = null,
): IngestResult {
  return ingestPage(store, {
    source: findSource(store, sourceId),
    page: aPage(items, cursor),
    trackers: book,
    analyser: wordAnalyser,
    now,
  });
}

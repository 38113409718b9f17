import { onTestFinished } from 'vitest';
import type { IncomingMention, PollPage } from '../../../../electron/engine/connectors/connector.ts';
import { feedsConnector } from '../../../../electron/engine/connectors/feeds/connector.ts';
import type { FeedsCursor } from '../../../../electron/engine/connectors/feeds/cursor.ts';
import type { FeedsSettings } from '../../../../electron/engine/connectors/feeds/settings.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { realClock } from '../http/real-clock.ts';

export interface Polled {
  readonly pages: readonly PollPage<FeedsSettings, FeedsCursor>[];
  readonly items: readonly IncomingMention[];
  readonly itemCount: number;
  readonly cursor: FeedsCursor | null;
  readonly warning: EarshotError | undefined;
  /** What the poll ended with, when it did not end well. */
  readonly error: EarshotError | null;
}

/** Polls as the engine does: from the stored cursor, as JSON, page by page. */
export async function pollFeed(
  url: string,
  options: {
    readonly cursor?: FeedsCursor | null;
    readonly now?: number;
    readonly isPublic?: boolean;
    readonly keepsItems?: boolean;
  } = {},
): Promise<Polled> {
  const http = createHttp({ version: '0.0.0', clock: realClock });
  onTestFinished(() => http.close());
  const stored = options.cursor ?? null;
  const pages: PollPage<FeedsSettings, FeedsCursor>[] = [];
  let error: EarshotError | null = null;
  let itemCount = 0;
  try {
    const poll = feedsConnector.poll({
      settings: { url, ...(options.isPublic ? {} : { allowPrivateNetwork: true }) },
      cursor: stored === null ? null : feedsConnector.cursorSchema.parse(JSON.parse(JSON.stringify(stored))),
      queries: [],
      account: null,
      http,
      now: () => options.now ?? Date.UTC(2026, 10, 21),
      signal: new AbortController().signal,
    });
    for await (const page of poll) {
      itemCount += page.items.length;
      pages.push(options.keepsItems === false ? { ...page, items: [] } : page);
    }
  } catch (thrown) {
    if (!(thrown instanceof EarshotError)) throw thrown;
    error = thrown;
  }
  return {
    pages,
    items: pages.flatMap(({ items }) => items),
    itemCount,
    cursor: pages.at(-1)?.cursor ?? stored,
    warning: pages.findLast(({ warning }) => warning !== undefined)?.warning,
    error,
  };
}

export async function discoverFeed(url: string) {
  const http = createHttp({ version: '0.0.0', clock: realClock });
  onTestFinished(() => http.close());
  return feedsConnector.discover?.({
    settings: { url, allowPrivateNetwork: true },
    http,
    now: () => Date.UTC(2026, 10, 21),
    signal: new AbortController().signal,
  });
}

import type { IncomingMention } from '../../../../electron/engine/connectors/connector.ts';
import {
  sampleConnector,
  type SampleCursor,
} from '../../../../electron/engine/connectors/sample/connector.ts';
import type { ChannelId } from '../../../../electron/engine/connectors/sample/story.ts';

/** A Saturday morning: nothing in the sample may depend on which. */
export const someMorning = Date.UTC(2026, 10, 21, 9, 30);

interface Heard {
  readonly items: IncomingMention[];
  readonly pages: { size: number; cursor: SampleCursor }[];
  readonly cursor: SampleCursor;
}

/** One poll of the simulated platform, to its end or to the given number of pages. */
export async function listen(
  channel: ChannelId,
  now: number,
  cursor: SampleCursor | null = null,
  { seed = 'hawfinch', pageLimit = Infinity }: { seed?: string; pageLimit?: number } = {},
): Promise<Heard> {
  const items: IncomingMention[] = [];
  const pages: { size: number; cursor: SampleCursor }[] = [];
  const http = {
    send: () => Promise.reject(new Error('the sample asks nobody')),
    close: () => Promise.resolve(),
  };
  const context = { settings: { channel, seed }, cursor, queries: [], account: null, http, now: () => now };
  for await (const page of sampleConnector.poll({ ...context, signal: new AbortController().signal })) {
    items.push(...page.items);
    pages.push({ size: page.items.length, cursor: page.cursor });
    if (pages.length >= pageLimit) break;
  }
  const last = pages.at(-1);
  if (!last) throw new Error('a poll without a page leaves no cursor');
  return { items, pages, cursor: last.cursor };
}

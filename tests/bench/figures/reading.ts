import { Parser } from 'htmlparser2';
import { chanceOf } from '../../../electron/engine/connectors/sample/chance.ts';
import { parseFeed } from '../../../electron/engine/connectors/feeds/parse-feed.ts';
import { createMatcher } from '../../../shared/query/matcher.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { QueryTarget } from '../../../shared/query/query.ts';
import { tokenize } from '../../../shared/query/tokens.ts';
import type { Group, Sizes } from '../figure.ts';
import { inventedText } from '../invented-mentions.ts';
import { throughputs } from '../timing.ts';
import { trackerQueries } from '../trackers.ts';

const megabyte = 1_000_000;
/** As bodies arrive from a socket. */
const chunkBytes = 65_536;

/** A feed from bytes to items, against the bare XML parser under it running over the same text. */
export function feedFigures({ feedBytes, pairMs }: Sizes): Group {
  return {
    names: ['feed-parse'],
    async measure() {
      const text = inventedFeed(feedBytes);
      const bytes = Buffer.from(text);
      const source = { url: 'https://town.example/feed', contentType: 'application/rss+xml; charset=utf-8' };
      const [ours, bare] = await throughputs(
        pairMs,
        () => parseFeed(chunksOf(bytes), source),
        () => {
          const parser = new Parser({ ontext: () => {}, onopentag: () => {} }, { xmlMode: true });
          for (let start = 0; start < text.length; start += chunkBytes) {
            parser.write(text.slice(start, start + chunkBytes));
          }
          parser.end();
        },
      );
      const size = bytes.length / megabyte;
      return [{ name: 'feed-parse', value: ours * size, unit: 'MB/s', against: bare * size }];
    },
  };
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes)
    yield bytes.subarray(start, start + chunkBytes);
}

function inventedFeed(length: number): string {
  const items: string[] = [];
  for (let written = 0; written < length; written += items.at(-1)?.length ?? length) {
    const chance = chanceOf('feed', items.length);
    const text = inventedText(chance).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const paragraphs = text.split('\n\n').map((part) => `<p>${part}</p>`);
    items.push(`<item><title>${text.slice(0, 60)}</title><link>https://town.example/${items.length}</link>
<guid isPermaLink="false">item-${items.length}</guid><pubDate>Sat, 21 Nov 2026 09:30:00 GMT</pubDate>
<description><![CDATA[${paragraphs.join('')}]]></description></item>`);
  }
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Town</title>
<link>https://town.example/</link>${items.join('\n')}</channel></rss>`;
}

/** Texts to words, and words held against fifty trackers, each against the plainest JavaScript for it. */
export function matchFigures({ pairMs }: Sizes): Group {
  return {
    names: ['tokenise', 'match-50-trackers'],
    async measure() {
      const texts = Array.from({ length: 300 }, (_, index) => inventedText(chanceOf('match', index)));
      const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / megabyte;
      const each = (work: (text: string) => unknown) => (): void => {
        for (const text of texts) work(text);
      };
      const [words, split] = await throughputs(
        pairMs,
        each((text) => tokenize(text)),
        each((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)),
      );
      const matcher = createMatcher(
        trackerQueries.map((query, id) => {
          const parsed = parseQuery(query);
          if (!parsed.isValid) throw new Error(`${query}: ${parsed.mistake.message}`);
          return { id, root: parsed.root };
        }),
      );
      const patterns = trackerQueries.map(
        (query) => new RegExp(`\\b(${(query.match(/\w{4,}/g) ?? ['-']).join('|')})\\b`, 'i'),
      );
      const [matched, tested] = await throughputs(
        pairMs,
        each((text) => matcher.match(targetOf(text))),
        each((text) => patterns.filter((pattern) => pattern.test(text))),
      );
      return [
        { name: 'tokenise', value: words * size, unit: 'MB/s', against: split * size },
        {
          name: 'match-50-trackers',
          value: matched * texts.length,
          unit: 'mentions/s',
          against: tested * texts.length,
        },
      ];
    },
  };
}

function targetOf(text: string): QueryTarget {
  return {
    title: null,
    text,
    authorName: 'Author 7',
    authorHandle: 'author7',
    url: 'https://town.example/7',
    language: 'en',
    sourceName: 'Town',
  };
}

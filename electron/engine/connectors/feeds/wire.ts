/** What a feed said, in its own words; adapt.ts makes mentions of it. */
export interface ParsedItem {
  /** As given, trimmed; never resolved, never normalised. */
  readonly id: string | null;
  /** Absolute: the page a person would open. */
  readonly link: string | null;
  /** Plain text. Null is normal: micro-blogs have none. */
  readonly title: string | null;
  readonly body: FeedText | null;
  /** Epoch milliseconds of first publication; of the last change where that is all it gives. */
  readonly publishedAt: number | null;
  readonly updatedAt: number | null;
  readonly author: FeedPerson | null;
  /** Where an aggregator took it from, by name. */
  readonly sourceName: string | null;
  /** What it answers (RFC 4685): the id and the page of the other item. */
  readonly inReplyTo: { readonly id: string | null; readonly link: string | null } | null;
  readonly language: string | null;
}

/** Text as the feed gave it: markup is untrusted and goes through htmlToDocument before anything else. */
export interface FeedText {
  readonly type: 'html' | 'text';
  readonly value: string;
  /** Where its relative links start from. */
  readonly base: string | null;
}

export interface FeedPerson {
  readonly name: string | null;
  readonly email: string | null;
  readonly url: string | null;
}

export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json';

export interface ParsedFeed {
  readonly format: FeedFormat;
  readonly title: string | null;
  /** The page that the feed belongs to. */
  readonly link: string | null;
  readonly language: string | null;
  /** In the feed's order. */
  readonly items: readonly ParsedItem[];
  /** Items that the document had beyond those kept. */
  readonly droppedItems: number;
  /** The longest wait that ttl and sy:update… ask for. */
  readonly intervalMs: number | null;
  /** 0 to 23, UTC. */
  readonly skipHours: readonly number[];
  /** 0 (Sunday) to 6, UTC. */
  readonly skipDays: readonly number[];
  /** JSON Feed: it will never change again. */
  readonly isExpired: boolean;
  /** The next older page of an archive. */
  readonly next: string | null;
  /** A WebSub hub that announces new items. */
  readonly hub: string | null;
  readonly end: 'whole' | 'cut-off' | 'too-deep' | 'too-large';
}

/** What the head of a feed says, collected while it is read. */
export type FeedHead = Omit<ParsedFeed, 'items' | 'droppedItems' | 'end'>;

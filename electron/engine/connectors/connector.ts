import type { z } from 'zod';
import type { EarshotError } from '../../../shared/contract/errors.ts';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Document } from '../../../shared/model/document.ts';
import type { MentionKind } from '../../../shared/model/mention.ts';
import type { QueryNode } from '../../../shared/query/query.ts';
import type { Http } from '../ports/http.ts';

/** An item as a platform gave it, translated but not yet judged. */
export interface IncomingMention {
  /** Unique on its platform for ever: the same item polled again, or through another source, has the same key. */
  readonly key: string;
  /** The platform's own id, as it gave it. */
  readonly externalId: string;
  readonly platform: string;
  readonly kind: MentionKind;
  readonly title: string | null;
  readonly document: Document;
  /** Absolute http or https. */
  readonly url: string | null;
  readonly author: {
    /** Unique on the platform; null when the platform does not say who wrote it. */
    readonly key: string | null;
    readonly name: string;
    readonly handle: string | null;
    readonly url: string | null;
  };
  /** Null when the platform gave none that can be read: first-seen time takes its place. */
  readonly publishedAt: number | null;
  /** The root of the public thread it stands in; its own key when it starts one. */
  readonly rootKey: string;
  readonly parentKey: string | null;
  readonly conversationTitle: string | null;
  /** ISO 639-1, where the platform says. */
  readonly language: string | null;
}

/** What the answer says about when to ask again. */
export interface PollHints {
  /** The longest of max-age, ttl, sy:update…, already capped. */
  readonly minimumIntervalMs?: number;
  /** 0 to 23, UTC. */
  readonly skipHours?: readonly number[];
  /** 0 (Sunday) to 6, UTC. */
  readonly skipDays?: readonly number[];
}

/** One page is one transaction: its items and the cursor behind them are stored together or not at all. */
export interface PollPage<Settings, Cursor> {
  readonly items: readonly IncomingMention[];
  readonly cursor: Cursor;
  readonly hints?: PollHints;
  /** What the far end calls itself and where a person can read it. */
  readonly source?: { readonly name: string | null; readonly url: string | null };
  /** The source has moved for good: poll with these from now on. */
  readonly settings?: Settings;
  /** The items stand, but the user should know (cut off, too large, no items any more). */
  readonly warning?: EarshotError;
}

/** A tracker's query as it was written and as it was read; the ranges of its nodes count in `text`. */
export interface ListenedQuery {
  readonly text: string;
  readonly root: QueryNode;
}

export interface PollContext<Settings, Cursor> {
  readonly settings: Settings;
  /** Null on the first poll, and when the stored cursor no longer parses. */
  readonly cursor: Cursor | null;
  /** The queries of the trackers this source listens for, for platforms that search. */
  readonly queries: readonly ListenedQuery[];
  readonly http: Http;
  /** Epoch milliseconds. */
  now(): number;
  readonly signal: AbortSignal;
}

/**
 * One platform. What it cannot do is absent from `info.capabilities`, not a method that throws. `poll` throws
 * EarshotError for every failure it expects; pages given before it stay.
 */
export interface Connector<Settings = unknown, Cursor = unknown> {
  readonly info: ConnectorInfo;
  readonly settingsSchema: z.ZodType<Settings>;
  readonly cursorSchema: z.ZodType<Cursor>;
  /** The host whose limits its polls share; null when it asks nobody. */
  hostOf(settings: Settings): string | null;
  /** A name for a source of these settings until the far end says one, and the page a person would open. */
  describe(settings: Settings): { readonly name: string; readonly url: string | null };
  /** Finds the settings to poll with (a page's address becomes its feed's). Absent: they are taken as they are. */
  discover?(context: Omit<PollContext<Settings, Cursor>, 'cursor' | 'queries'>): Promise<{
    readonly settings: Settings;
    readonly alternatives: readonly { url: string; title: string | null }[];
  }>;
  poll(context: PollContext<Settings, Cursor>): AsyncIterable<PollPage<Settings, Cursor>>;
  /** From where everything that is still shown is given again, under the keys it had. Absent: from no cursor at all. */
  rewind?(cursor: Cursor): Cursor;
}

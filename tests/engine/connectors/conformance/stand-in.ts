import type { Connector } from '../../../../electron/engine/connectors/connector.ts';

/** What can go wrong with one request, each in the platform's own status, headers and body. */
export type Fault =
  | 'none' // nothing: so that the request after it meets the next one
  | 'rate-limited'
  | 'server-error'
  | 'malformed' // 200 with what is not the platform's answer
  | 'cut-off' // the connection ends within the body
  | 'expired' // the access credential is over; one that can be renewed is
  | 'revoked' // nothing but signing in again helps
  | 'missing-permission'
  | 'refused' // a write that the platform does not take (too long, locked, banned)
  | 'dropped' // the connection ends before anything is done
  | 'drop-after-commit' // done, and the connection ends without an answer
  | 'error-after-commit' // done, and answered with a 5xx
  | 'late-commit'; // no answer within the client's patience; done a moment after it

/** renewal: the request that makes new credentials of old ones. */
export type FaultyKind = 'read' | 'write' | 'renewal';

export interface Written {
  /** As the connector's SentReply.externalId. */
  readonly externalId: string;
  readonly text: string;
  /** The external id of what it answers. */
  readonly inReplyTo: string | null;
}

/** One platform, played strictly on loopback: it refuses what the platform refuses. `standInServer` does the common part. */
export interface StandIn {
  /** Its own clock, epoch milliseconds: set apart from ours to play clock skew. */
  skewMs: number;
  /** What its `rate-limited` answer asks to wait; a minute unless told. */
  readonly retryAfterMs?: number;
  /** Somebody writes; the id is as the connector gives it in `externalId`. `byAccount`: the signed-in account does. */
  publish(item: {
    readonly text: string;
    readonly author?: string;
    /** By the stand-in's own clock; its now unless told. */
    readonly at?: number;
    readonly inReplyTo?: string;
    readonly byAccount?: boolean;
  }): string;
  edit(externalId: string, text: string): void;
  remove(externalId: string): void;
  /** This item is sent without something that the platform always sends: only it cannot be read. */
  spoil?(externalId: string): void;
  /** Ids are numbers there: the next ones lie beyond 2^53, one after the other. */
  useHugeIds?(): void;
  /** What the account has on the platform now, oldest first. */
  written(): readonly Written[];
  /** The next `count` (1) requests of this kind meet this fault. */
  failNext(kind: FaultyKind, fault: Fault, count?: number): void;
  /** Every request so far, for what must not be asked twice. Paths with their query. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  close(): Promise<void>;
}

/** A source to poll, as a user would set it up. */
export interface PlayedSource {
  readonly settings: unknown;
  readonly usesAccount: boolean;
}

/** How the conformance suite plays one platform. */
export interface ConformancePlatform<Played extends StandIn = StandIn> {
  readonly name: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- each platform's own types; the suite passes on what the schemas parse
  readonly connector: Connector<any, any, any, any, any>;
  /** `now`: epoch milliseconds. */
  start(now: () => number): Promise<Played>;
  /** A source that brings what is published with the word “earshot” in it. */
  source(standIn: Played): PlayedSource;
  /** Another source that brings the same items. */
  otherSource?(standIn: Played): PlayedSource;
  /** Null where the platform has no accounts. Signs in by a way of kind `enter`, or gives the credentials outright. */
  account(standIn: Played): {
    readonly settings: unknown;
    readonly way?: string;
    readonly entered?: Readonly<Record<string, string>>;
    readonly credentials?: unknown;
  } | null;
  /** What of the credentials is secret; every longer text in them unless told. */
  secretsOf?(credentials: unknown): readonly string[];
  /** The platform has its tokens in addresses and offers no other way. */
  readonly hasSecretsInAddresses?: boolean;
  /** More items than one page of the platform holds, so that paging is needed. */
  readonly morePagesThan: number;
  /** What time has to pass until an edit or a deletion is looked for again; five minutes unless told. */
  readonly recheckAfterMs?: number;
  /** Cases that the platform cannot have, by name, with the reason; shown as skipped. */
  readonly without?: Readonly<Record<string, string>>;
}

import type { Connector } from '../../../../electron/engine/connectors/connector.ts';

/** What can go wrong with one request, each in the platform's own status, headers and body. */
export type Fault =
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

export interface Written {
  /** As the connector's SentReply.externalId. */
  readonly externalId: string;
  readonly text: string;
  /** The external id of what it answers. */
  readonly inReplyTo: string | null;
}

/** One platform, played strictly on loopback: it refuses what the platform refuses. */
export interface StandIn {
  /** Its own clock, epoch milliseconds: set apart from ours to play clock skew. */
  skewMs: number;
  /** Somebody writes; the id is as the connector gives it in `externalId`. `byAccount`: the signed-in account does. */
  publish(item: {
    readonly text: string;
    readonly author?: string;
    readonly at?: number;
    readonly inReplyTo?: string;
    readonly byAccount?: boolean;
  }): string;
  edit(externalId: string, text: string): void;
  remove(externalId: string): void;
  /** What the account has on the platform now, oldest first. */
  written(): readonly Written[];
  /** The next `count` (1) requests that read or write meet this fault. */
  failNext(kind: 'read' | 'write', fault: Fault, count?: number): void;
  /** Every request so far, for what must not be asked twice. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  close(): Promise<void>;
}

/** How the conformance suite plays one platform. */
export interface ConformancePlatform {
  readonly name: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- each platform's own types; the suite passes on what the schemas parse
  readonly connector: Connector<any, any, any, any, any>;
  /** `now`: epoch milliseconds. */
  start(now: () => number): Promise<StandIn>;
  /** A source that brings what is published with the word “earshot” in it. */
  source(standIn: StandIn): { readonly settings: unknown; readonly usesAccount: boolean };
  /** Another source that brings the same items. */
  otherSource?(standIn: StandIn): { readonly settings: unknown; readonly usesAccount: boolean };
  /** Null where the platform has no accounts. Signs in by a way of kind `enter`, or gives the credentials outright. */
  account(standIn: StandIn): {
    readonly settings: unknown;
    readonly way?: string;
    readonly entered?: Readonly<Record<string, string>>;
    readonly credentials?: unknown;
  } | null;
  /** More items than one page of the platform holds, so that paging is needed. */
  readonly morePagesThan: number;
  /** Cases that the platform cannot have, by name, with the reason; shown as skipped. */
  readonly without?: Readonly<Record<string, string>>;
}

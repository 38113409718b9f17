import type { z } from 'zod';
import type { EarshotError } from '../../../shared/contract/errors.ts';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { TextLimit } from '../../../shared/model/text-limit.ts';
import type { Document } from '../../../shared/model/document.ts';
import type { MentionKind } from '../../../shared/model/mention.ts';
import type { OutboxAction } from '../../../shared/model/reply.ts';
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
  /** Not for everybody's eyes there (a direct message, a closed channel). Absent: public. */
  readonly isPrivate?: boolean;
  /** What its own connector needs to answer it or act on it, as plain JSON; kept with the mention, shown to nobody. */
  readonly context?: Readonly<Record<string, unknown>>;
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
  /** Keys of mentions that are not there any more. */
  readonly removed?: readonly string[];
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

/** What every call to a platform is given. */
export interface CallContext {
  readonly http: Http;
  /** Epoch milliseconds. */
  now(): number;
  readonly signal: AbortSignal;
}

/**
 * A signed-in account, as its own connector sees it. `withCredentials` in auth/with-credentials.ts is the way to use it.
 */
export interface AccountSession<Credentials = unknown, AccountSettings = unknown> {
  readonly identity: Identity;
  readonly settings: AccountSettings;
  /** Renewed beforehand when they are about to expire. Rejects with `unauthorized` when there are none any more. */
  credentials(): Promise<Credentials>;
  /** The platform refused these: newer ones. Renewals go one at a time. Rejects with `unauthorized` when there is no renewing. */
  renewed(refused: Credentials): Promise<Credentials>;
}

export interface PollContext<Settings, Cursor> extends CallContext {
  readonly settings: Settings;
  /** Null on the first poll, and when the stored cursor no longer parses. */
  readonly cursor: Cursor | null;
  /** The queries of the trackers this source listens for, for platforms that search. */
  readonly queries: readonly ListenedQuery[];
  /** Whose eyes it listens with; null without an account. */
  readonly account: AccountSession | null;
}

/** Who an account is. */
export interface Identity {
  /** The platform's own id, unique on the platform for ever. */
  readonly externalId: string;
  /** The author key that its own posts have as mentions: how they are told from everybody else's. */
  readonly authorKey: string;
  readonly name: string;
  readonly handle: string | null;
  readonly url: string | null;
  /** Where its server allows another length. */
  readonly textLimit?: TextLimit;
  /** Why a reply from it would be refused: a permission that is missing, in words that say what to do. */
  readonly replyNote?: string;
  /** What else its connector wants to know again, as plain JSON and no secret. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What a sign-in ends with. Credentials go to the vault, the rest to the database. */
export interface SignedIn<Credentials, AccountSettings> {
  readonly identity: Identity;
  readonly credentials: Credentials;
  /** Where they differ from what was typed (the server that really has the account). */
  readonly settings?: AccountSettings;
}

interface SignInContext<AccountSettings> extends CallContext {
  readonly settings: AccountSettings;
  /** The fields of the way, as they were typed. */
  readonly entered: Readonly<Record<string, string>>;
}

/** `id` is that of the same way in `info.signIn`. */
export type SignInMethod<Credentials, AccountSettings> =
  | {
      readonly id: string;
      readonly kind: 'enter';
      signIn(context: SignInContext<AccountSettings>): Promise<SignedIn<Credentials, AccountSettings>>;
    }
  | {
      readonly id: string;
      readonly kind: 'redirect' | 'device' | 'paste';
      /** Where the platform wants the redirect address registered to the letter; any free port otherwise. */
      readonly redirectPort?: number;
      begin(
        context: SignInContext<AccountSettings> & {
          /** `http://127.0.0.1:port/callback`; for kind `redirect` alone. */
          readonly redirectUri: string;
          /** Random, no secret, the same for ever in this data directory: 32 hex digits. */
          readonly installationId: string;
          /** Random; a redirect that does not bring it back is refused before `finish` sees it. */
          readonly state: string;
        },
      ): Promise<{
        readonly url: string;
        readonly userCode?: string;
        /** Epoch milliseconds; ten minutes from now unless told. */
        readonly expiresAt?: number;
        /** For kind `device`. */
        readonly intervalMs?: number;
        /** What `finish` needs again (verifier, device code, key): held in memory alone. */
        readonly pending: unknown;
      }>;
      /** `answer`: the query of the redirect, or `{ pasted }`, or `{}` for a device. Null: not yet. */
      finish(
        context: Omit<SignInContext<AccountSettings>, 'entered'> & {
          readonly pending: unknown;
          readonly answer: Readonly<Record<string, string>>;
        },
      ): Promise<SignedIn<Credentials, AccountSettings> | null>;
    };

/** Accounts of one platform. Every function throws EarshotError for what it expects. */
export interface AccountSupport<Credentials = unknown, AccountSettings = unknown> {
  readonly settingsSchema: z.ZodType<AccountSettings>;
  /** What the vault keeps, as JSON. */
  readonly credentialsSchema: z.ZodType<Credentials>;
  readonly methods: readonly SignInMethod<Credentials, AccountSettings>[];
  /** Reads who it is, which proves the credentials. `unauthorized` when they do not hold. */
  identify(
    context: CallContext & { readonly settings: AccountSettings; readonly credentials: Credentials },
  ): Promise<Identity>;
  /** When these stop working if nobody renews them; absent or null: never. */
  expiresAt?(credentials: Credentials): number | null;
  /** When even renewing ends and only signing in again helps; absent or null: never, as far as is known. */
  endsAt?(credentials: Credentials): number | null;
  /** Absent: what has expired has expired. `unauthorized` means that they are dead; anything else leaves them as they are. */
  refresh?(
    context: CallContext & { readonly settings: AccountSettings; readonly credentials: Credentials },
  ): Promise<Credentials>;
  /** Tells the platform that the account is removed here. */
  revoke?(
    context: CallContext & { readonly settings: AccountSettings; readonly credentials: Credentials },
  ): Promise<void>;
}

/** What is answered or acted on: a stored mention, or our own reply when a thread goes on or is deleted. */
export interface ReplyTarget {
  readonly key: string;
  readonly externalId: string;
  readonly platform: string;
  readonly kind: MentionKind;
  readonly url: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly author: IncomingMention['author'];
  readonly rootKey: string;
  readonly parentKey: string | null;
  readonly isPrivate: boolean;
  /** As the connector gave it with the mention, or with the sent reply. Comes from the database: parse it. */
  readonly context: unknown;
}

export interface OutgoingMedia {
  readonly name: string;
  readonly type: string;
  readonly alt: string;
  readonly bytes: Uint8Array;
}

export interface OutgoingReply {
  readonly text: string;
  readonly media: readonly OutgoingMedia[];
  /** A UUID, the same at every attempt. */
  readonly idempotencyKey: string;
  /** When it was queued. Deterministic record keys are made from this and the key above. */
  readonly createdAt: number;
}

export interface OutboxContext<Credentials = unknown, AccountSettings = unknown> extends CallContext {
  readonly account: AccountSession<Credentials, AccountSettings>;
  readonly target: ReplyTarget;
}

/** A reply that is on the platform. */
export interface SentReply {
  readonly externalId: string;
  /** The key it would have as a mention: how a poll that brings it again is recognised. */
  readonly key: string;
  readonly url: string | null;
  /** For the next part of a thread, and for deleting it. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** How things stand where a reply is about to go. */
export interface ThreadNow {
  /** Null: it is not there any more. */
  readonly target: IncomingMention | null;
  /** The newest items around it, as a poll would give them; own ones too. */
  readonly items: readonly IncomingMention[];
  /** Why nothing can be written there any more (locked, archived, blocked): one sentence. */
  readonly closed?: string;
}

export interface ReplySupport<Credentials = unknown, AccountSettings = unknown, Prepared = unknown> {
  /** Whether this account could answer that at all: the same forum, workspace or bot. Absent: every account of the platform. */
  reaches?(
    account: { readonly identity: Identity; readonly settings: AccountSettings },
    target: Pick<ReplyTarget, 'key' | 'url' | 'context' | 'kind' | 'isPrivate'>,
  ): boolean;
  readonly preparedSchema: z.ZodType<Prepared>;
  /** Fetches the thread again. Absent: the platform shows it to nobody. */
  look?(context: OutboxContext<Credentials, AccountSettings>): Promise<ThreadNow>;
  /**
   * Makes, once, all that is sent: the record with its key and time, handles resolved, media uploaded. Stored before
   * anything is sent; nothing that others can see happens here, so it may be done again.
   */
  prepare(
    context: OutboxContext<Credentials, AccountSettings> & { readonly reply: OutgoingReply },
  ): Promise<Prepared>;
  /**
   * How long after the first attempt sending the same prepared reply again makes no second one, by the platform's own
   * means. Absent or 0: it would.
   */
  repeatableForMs?(
    account: { readonly identity: Identity; readonly settings: AccountSettings },
    prepared: Prepared,
  ): number;
  /**
   * One attempt. A failure that says that nothing was posted (any refusal, `unreachable`, `rate-limited` with
   * `retryAt`) lets it be tried again or fails it; `outcome-unknown`, `timeout`, `server-error` and `bad-response` have
   * it looked for first.
   */
  send(
    context: OutboxContext<Credentials, AccountSettings> & {
      readonly prepared: Prepared;
      readonly idempotencyKey: string;
      /** The files of the reply, for platforms that take them only together with the message. Absent: none. */
      readonly media?: readonly OutgoingMedia[];
    },
  ): Promise<SentReply>;
  /**
   * Looks whether an attempt arrived. Null: it is not there. Absent: the platform cannot tell, and the user is asked.
   * `taken`: external ids that other replies of ours have; `attemptedAt` is by our clock.
   */
  find?(
    context: OutboxContext<Credentials, AccountSettings> & {
      readonly prepared: Prepared;
      readonly idempotencyKey: string;
      readonly attemptedAt: number;
      readonly taken: ReadonlySet<string>;
    },
  ): Promise<SentReply | null>;
}

/** Doing it twice must be the same as doing it once. */
export type PerformAction<Credentials = unknown, AccountSettings = unknown> = (
  context: OutboxContext<Credentials, AccountSettings> & {
    readonly idempotencyKey: string;
    readonly createdAt: number;
  },
) => Promise<void>;

/**
 * One platform. What it cannot do is absent and declared in `info`, not a method that throws. `poll` throws
 * EarshotError for every failure it expects; pages given before it stay.
 */
export interface Connector<
  Settings = unknown,
  Cursor = unknown,
  Credentials = unknown,
  AccountSettings = unknown,
  Prepared = unknown,
> {
  readonly info: ConnectorInfo;
  readonly settingsSchema: z.ZodType<Settings>;
  readonly cursorSchema: z.ZodType<Cursor>;
  /** The host whose limits its polls share; null when it asks nobody. */
  hostOf(settings: Settings): string | null;
  /** A name for a source of these settings until the far end says one, and the page a person would open. */
  describe(settings: Settings): { readonly name: string; readonly url: string | null };
  /** Why a source of these settings needs an account, one sentence; null when it does not. Absent: as `info` says. */
  accountNeededFor?(settings: Settings): string | null;
  /** Finds the settings to poll with (a page's address becomes its feed's). Absent: they are taken as they are. */
  discover?(context: Omit<PollContext<Settings, Cursor>, 'cursor' | 'queries' | 'account'>): Promise<{
    readonly settings: Settings;
    readonly alternatives: readonly { url: string; title: string | null }[];
  }>;
  poll(context: PollContext<Settings, Cursor>): AsyncIterable<PollPage<Settings, Cursor>>;
  /** From where everything that is still shown is given again, under the keys it had. Absent: from no cursor at all. */
  rewind?(cursor: Cursor): Cursor;
  /** Absent: it has no accounts. */
  readonly account?: AccountSupport<Credentials, AccountSettings>;
  /** Absent: nobody can answer through it. */
  readonly reply?: ReplySupport<Credentials, AccountSettings, Prepared>;
  /** The same ones as in `info.capabilities.actions`. */
  readonly actions?: Readonly<
    Partial<Record<Exclude<OutboxAction, 'reply'>, PerformAction<Credentials, AccountSettings>>>
  >;
}

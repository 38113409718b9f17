import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Analyser } from '../analysis/analysis.ts';
import type { AccountSession, Connector, OutboxContext, ReplyTarget } from '../connectors/connector.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import type { TrackerBook } from '../ingest/tracker-book.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { Logger } from '../ports/logger.ts';
import { type AccountRecord, findAccount } from '../store/queries/accounts.ts';
import { findReplyRow, type ReplyRecord, unreadableFailure } from '../store/queries/replies.ts';
import { findTarget, newestTarget, type StoredTarget } from '../store/queries/reply-targets.ts';
import { toAccountId } from '../store/row-ids.ts';
import type { WritableStore } from '../store/store.ts';
import type { OutboxTimings } from './retry-policy.ts';

/** Where a crash would be most interesting. */
export type SendingStep =
  | 'taken'
  | 'prepared'
  | 'looked'
  | 'sending'
  | 'answered'
  | 'recorded'
  | 'found'
  | 'absent';

export interface AttemptDeps {
  readonly store: WritableStore;
  readonly connectors: ConnectorRegistry;
  readonly http: Http;
  readonly trackers: TrackerBook;
  readonly analyser: Analyser;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly emit: (event: EngineEvent) => void;
  /** Throws EarshotError when there is no such account. */
  readonly sessionOf: (accountId: AccountId) => AccountSession;
  readonly timings: OutboxTimings;
  /** For tests that end the process at a step. */
  readonly onStep?: ((step: SendingStep, row: number) => void) | undefined;
}

/** What every call of an attempt is given, or the reason why there can be none. */
export interface Gathered {
  readonly account: AccountRecord;
  readonly connector: Connector;
  /** Null when the target is our own. */
  readonly mention: StoredTarget | null;
  readonly context: Omit<OutboxContext, 'http' | 'signal'>;
}

/** Throws EarshotError: what is missing will not come back by itself. */
export function gather(deps: AttemptDeps, reply: ReplyRecord): Gathered {
  const { store, connectors, clock } = deps;
  if (reply.accountRow === null) {
    throw new EarshotError(
      'not-found',
      'The account it was to go out from was removed. Answer again from another one.',
    );
  }
  const account = findAccount(store, toAccountId(reply.accountRow));
  const connector = connectors.get(account.connector);
  const canDo = reply.action === 'reply' ? connector?.reply : connector?.actions?.[reply.action];
  if (!connector || !canDo) {
    throw new EarshotError(
      'unsupported',
      `This version of Earshot cannot do that on “${account.connector}”.`,
    );
  }
  const { target, mention } = targetOf(store, reply);
  return {
    account,
    connector,
    mention,
    context: { account: deps.sessionOf(account.accountId), target, now: () => clock.now() },
  };
}

function targetOf(
  store: WritableStore,
  reply: ReplyRecord,
): { readonly target: ReplyTarget; readonly mention: StoredTarget | null } {
  const ours = reply.previousRow ?? reply.onReplyRow;
  if (ours !== null) return { target: ownTarget(store, findReplyRow(store, ours)), mention: null };
  const mention = reply.mentionRow === null ? null : findTarget(store, reply.mentionRow);
  if (mention === null) throw new EarshotError('not-found', 'What it answers is not stored any more.');
  const { isPrivate, rootKey, parentKey, key, externalId, platform, kind, url, title, text, author } =
    mention;
  return {
    mention,
    target: {
      key,
      externalId,
      platform,
      kind,
      url,
      title,
      text,
      author,
      rootKey,
      parentKey,
      isPrivate,
      context: parseStored(mention.context),
    },
  };
}

/** Our own reply, as the next part of a thread answers it and a deletion takes it away. */
function ownTarget(store: WritableStore, ours: ReplyRecord): ReplyTarget {
  if (ours.key === null || ours.externalId === null) {
    throw new EarshotError(
      'rejected',
      'Where ours stands on the platform is not known, because it was marked as sent by hand. Do it there.',
    );
  }
  const mention = ours.mentionRow === null ? null : findTarget(store, ours.mentionRow);
  const around = mention ?? newestTarget(store, ours.conversationRow);
  const account = ours.accountRow === null ? null : findAccount(store, toAccountId(ours.accountRow));
  return {
    key: ours.key,
    externalId: ours.externalId,
    platform: ours.platform,
    kind: around?.kind ?? 'comment',
    url: ours.url,
    title: null,
    text: ours.text,
    author: {
      key: account?.authorKey ?? null,
      name: account?.name ?? ours.accountName,
      handle: account?.handle ?? null,
      url: account?.url ?? null,
    },
    rootKey: around?.rootKey ?? ours.key,
    parentKey: mention?.key ?? null,
    isPrivate: around?.isPrivate ?? false,
    context: parseStored(ours.context),
  };
}

/** What was stored as JSON. Throws the failure that parks the reply. */
export function parseStored(stored: string | null): unknown {
  if (stored === null) return undefined;
  try {
    return JSON.parse(stored) as unknown;
  } catch (error) {
    throw unreadable(error);
  }
}

export function unreadable(cause?: unknown): EarshotError {
  const { code, message, details } = unreadableFailure;
  return new EarshotError(code, message, details, cause);
}

export function isUnreadable(error: EarshotError): boolean {
  return error.details['reason'] === unreadableFailure.details?.['reason'];
}

/**
 * Notices whether something may have been written: a request that changes something was answered with success, or its
 * answer never came. `timeout` or `unreachable` of a later request then says nothing about the reply.
 */
export function watchWrites(http: Http): { readonly http: Http; hasWritten(): boolean } {
  let hasWritten = false;
  return {
    hasWritten: () => hasWritten,
    http: {
      ...http,
      async send(request) {
        const isWrite = request.method !== undefined && request.method !== 'GET' && request.method !== 'HEAD';
        try {
          const response = await http.send(request);
          if (isWrite && (response.status < 400 || response.status >= 500)) hasWritten = true;
          return response;
        } catch (error) {
          const code = error instanceof EarshotError ? error.code : 'internal';
          if (isWrite && (code === 'outcome-unknown' || code === 'server-error')) hasWritten = true;
          throw error;
        }
      },
    },
  };
}

/** Whatever is thrown, as an EarshotError; what nobody expected stands in the log. */
export function failureOf(error: unknown, deps: AttemptDeps, row: number): EarshotError {
  if (error instanceof EarshotError) return error;
  const errorId = crypto.randomUUID();
  deps.logger.error('outbox-broke', {
    errorId,
    reply: row,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return new EarshotError(
    'internal',
    `Something in Earshot broke (${errorId} in the log).`,
    { errorId },
    error,
  );
}

/** Ends with `overdue` when a step takes longer than any may, and with the signal's reason when it is called off. */
export async function limited<Result>(
  deps: AttemptDeps,
  signal: AbortSignal,
  overdue: EarshotError,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const done = new AbortController();
  const ends = deps.clock
    .sleep(deps.timings.stepLimitMs, AbortSignal.any([done.signal, signal]))
    .then((): never => {
      const reason: unknown = signal.aborted ? signal.reason : overdue;
      over.abort(reason);
      throw reason;
    });
  try {
    return await Promise.race([work(AbortSignal.any([signal, over.signal])), ends]);
  } finally {
    done.abort();
  }
}

import { EarshotError, type Failure } from '../../../shared/contract/errors.ts';
import type { OutgoingMedia, OutgoingReply, SentReply } from '../connectors/connector.ts';
import { conversationsChanged } from '../inbox/conversations-changed.ts';
import { endPause, failuresInARow, pauseAccount } from '../store/queries/account-pauses.ts';
import { findAccount } from '../store/queries/accounts.ts';
import { listAttachmentsOfReply, readAttachmentBytes } from '../store/queries/attachments.ts';
import {
  findReplyRow,
  type PlatformIdentity,
  type ReplyRecord,
  savePrepared,
} from '../store/queries/replies.ts';
import { listTakenIds } from '../store/queries/reply-lists.ts';
import { toAccountId, toConversationId, toReplyId } from '../store/row-ids.ts';
import { durably } from '../store/durable.ts';
import {
  type AttemptDeps,
  failureOf,
  type Gathered,
  gather,
  isUnreadable,
  limited,
  parseStored,
  unreadable,
  watchWrites,
} from './attempt-context.ts';
import { lookBeforeSending } from './before-sending.ts';
import { changeReply } from './change-reply.ts';
import type { OutboxEvent } from './outbox-state.ts';
import {
  absencesThatProve,
  concernsAccount,
  delayMs,
  hadItsTime,
  isRefusal,
  longestPauseMs,
  looksAfter,
  judgePreparation,
  judgeSend,
  mostDelays,
  nextLookAt,
} from './retry-policy.ts';

/** Writes a change down and tells of it. False when the reply stood differently: whoever goes on must stop. */
function record(
  deps: Pick<AttemptDeps, 'store' | 'clock' | 'emit'>,
  row: number,
  event: OutboxEvent,
  sent?: PlatformIdentity,
): boolean {
  const changed = durably(deps.store, () => changeReply(deps.store, row, event, deps.clock.now(), sent));
  if (changed === null) return false;
  announce(deps, [changed]);
  return true;
}

export function announce(deps: Pick<AttemptDeps, 'emit'>, replies: readonly ReplyRecord[]): void {
  if (replies.length === 0) return;
  const conversationIds = [...new Set(replies.map((reply) => toConversationId(reply.conversationRow)))];
  deps.emit({ name: 'replies.changed', replyIds: replies.map(({ row }) => toReplyId(row)), conversationIds });
  deps.emit(conversationsChanged(conversationIds));
}

/**
 * Takes one reply as far as it goes now: a queued one to the platform, an unconfirmed one to a look at it. Whatever
 * happens is stored. `signal` calls it off; a request that has left is then of unknown outcome.
 */
export async function attempt(deps: AttemptDeps, row: number, signal: AbortSignal): Promise<void> {
  const reply = findReplyRow(deps.store, row);
  deps.onStep?.('taken', row);
  try {
    if (reply.state === 'queued') await sendQueued(deps, reply, signal);
    else if (reply.state === 'unconfirmed') await resolve(deps, reply, signal);
  } catch (error) {
    // Called off before anything left: it stands where it stood.
    if (signal.aborted) return;
    const failure = failureOf(error, deps, row);
    // It had left by then: what failed is to write down what became of it.
    if (findReplyRow(deps.store, row).state === 'sending') lookFor(deps, row, notWrittenDown);
    else settle(deps, reply, failure);
  }
}

export const notWrittenDown =
  'What became of this could not be stored. It is looked for on the platform before anything else.';

/** It is `sending`, and nobody waits for its outcome any more: it may have arrived. */
export function lookFor(deps: Pick<AttemptDeps, 'store' | 'clock' | 'emit'>, row: number, why: string): void {
  const failure: Failure = { code: 'outcome-unknown', message: why, details: { reason: 'ended' } };
  record(deps, row, { kind: 'restarted', at: deps.clock.now(), failure });
}

/** A failure before anything was sent, or of a look. */
function settle(deps: AttemptDeps, reply: ReplyRecord, error: EarshotError): void {
  const failure = error.toFailure();
  if (reply.state === 'unconfirmed') {
    const isHopeless = isUnreadable(error) || isRefusal(error.code);
    const lookAt = isHopeless ? null : putOff(deps, reply, error);
    record(deps, reply.row, { kind: 'look-failed', lookAt, failure });
    return;
  }
  const isOver =
    isUnreadable(error) ||
    judgePreparation(error.code) === 'refused' ||
    (reply.delayCount + 1 >= mostDelays && !concernsAccount(error.code) && error.code !== 'unauthorized');
  if (isOver) record(deps, reply.row, { kind: 'refused', failure, lookAt: null });
  else record(deps, reply.row, { kind: 'postponed', until: putOff(deps, reply, error), failure });
}

/** When to try again. What concerns the platform or the network makes everything of the account wait. */
function putOff(deps: AttemptDeps, reply: ReplyRecord, error: EarshotError): number {
  const { store, clock, timings } = deps;
  const now = clock.now();
  const retryAt = Number(error.details['retryAt']);
  const accountRow = concernsAccount(error.code) ? reply.accountRow : null;
  const count = accountRow === null ? reply.delayCount : failuresInARow(store, accountRow);
  const until =
    error.code === 'rate-limited' && retryAt > now
      ? Math.min(retryAt, now + longestPauseMs)
      : now + delayMs(count, clock.random(), timings);
  if (accountRow !== null) {
    pauseAccount(store, accountRow, until);
    deps.emit({ name: 'accounts.changed', accountIds: [toAccountId(accountRow)] });
  }
  return until;
}

async function sendQueued(deps: AttemptDeps, reply: ReplyRecord, signal: AbortSignal): Promise<void> {
  const gathered = gather(deps, reply);
  if (reply.action !== 'reply') {
    await deliver(deps, reply, gathered, null, signal);
    return;
  }
  const prepared = await prepare(deps, reply, gathered, signal);
  deps.onStep?.('prepared', reply.row);
  // An earlier attempt may have arrived after all.
  const found = reply.isDoubtful ? await find(deps, reply, gathered, prepared, signal) : null;
  if (found) {
    record(deps, reply.row, { kind: 'sent', at: deps.clock.now(), isSeen: true }, found);
    return;
  }
  await lookBeforeSending(deps, reply, gathered, signal);
  deps.onStep?.('looked', reply.row);
  await deliver(deps, reply, gathered, prepared, signal);
}

/** Made once and stored before anything is sent, so that every attempt sends the same. */
async function prepare(
  deps: AttemptDeps,
  reply: ReplyRecord,
  { connector, context }: Gathered,
  signal: AbortSignal,
): Promise<unknown> {
  const support = connector.reply;
  if (!support) throw new EarshotError('unsupported', 'This version of Earshot cannot answer there.');
  if (reply.prepared !== null) return parsePrepared(support.preparedSchema, reply.prepared);
  const outgoing: OutgoingReply = {
    text: reply.text,
    media: mediaOf(deps, reply),
    idempotencyKey: reply.idempotencyKey,
    createdAt: reply.createdAt,
  };
  const overdue = new EarshotError(
    'timeout',
    'Getting it ready to be sent took too long. It is tried again.',
  );
  const made = await limited(deps, signal, overdue, (limit) =>
    support.prepare({ ...context, http: deps.http, signal: limit, reply: outgoing }),
  );
  const prepared = made ?? null;
  savePrepared(deps.store, reply.row, prepared);
  return parsePrepared(support.preparedSchema, JSON.stringify(prepared));
}

function mediaOf({ store }: AttemptDeps, { row }: ReplyRecord): OutgoingMedia[] {
  return listAttachmentsOfReply(store, row).map(({ attachmentId, name, type, alt }) => ({
    name,
    type,
    alt,
    bytes: readAttachmentBytes(store, attachmentId),
  }));
}

function parsePrepared(
  schema: { safeParse(value: unknown): { success: boolean; data?: unknown; error?: unknown } },
  stored: string,
): unknown {
  const parsed = schema.safeParse(parseStored(stored));
  if (parsed.success) return parsed.data;
  throw unreadable(parsed.error);
}

/** One attempt: `sending` is on disk before the request leaves, and its outcome after. */
async function deliver(
  deps: AttemptDeps,
  reply: ReplyRecord,
  gathered: Gathered,
  prepared: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock } = deps;
  if (signal.aborted) return;
  // As it is now: somebody may have made it read-only while the conversation was looked at.
  const account = findAccount(store, gathered.account.accountId);
  if (account.isReadOnly) return;
  if (!record(deps, reply.row, { kind: 'begin', at: clock.now() })) return;
  deps.onStep?.('sending', reply.row);
  const watched = watchWrites(deps.http);
  let sent: SentReply | null;
  try {
    const overdue = new EarshotError('outcome-unknown', 'The platform took too long: it may have arrived.');
    sent = await limited(deps, signal, overdue, (limit) =>
      perform(deps, reply, gathered, prepared, { http: watched.http, signal: limit }),
    );
  } catch (error) {
    failDelivery(deps, reply.row, gathered, failureOf(error, deps, reply.row), {
      prepared,
      hasWritten: watched.hasWritten() || signal.aborted,
    });
    return;
  }
  deps.onStep?.('answered', reply.row);
  record(deps, reply.row, { kind: 'sent', at: clock.now(), isSeen: false }, sent ?? undefined);
  worked(deps, account.accountId, reply.accountRow as number);
  deps.onStep?.('recorded', reply.row);
}

async function perform(
  deps: AttemptDeps,
  reply: ReplyRecord,
  { connector, context }: Gathered,
  prepared: unknown,
  call: Pick<Parameters<NonNullable<typeof connector.reply>['send']>[0], 'http' | 'signal'>,
): Promise<SentReply | null> {
  const { idempotencyKey, createdAt } = reply;
  if (reply.action === 'reply') {
    const media = mediaOf(deps, reply);
    return (await connector.reply?.send({ ...context, ...call, prepared, idempotencyKey, media })) ?? null;
  }
  await connector.actions?.[reply.action]?.({ ...context, ...call, idempotencyKey, createdAt });
  return null;
}

function worked(deps: AttemptDeps, accountId: ReturnType<typeof toAccountId>, accountRow: number): void {
  if (endPause(deps.store, accountRow)) deps.emit({ name: 'accounts.changed', accountIds: [accountId] });
}

function failDelivery(
  deps: AttemptDeps,
  row: number,
  gathered: Gathered,
  error: EarshotError,
  { prepared, hasWritten }: { readonly prepared: unknown; readonly hasWritten: boolean },
): void {
  const reply = findReplyRow(deps.store, row);
  const failure = error.toFailure();
  const verdict = judgeSend(error.code, hasWritten);
  if (verdict === 'later') {
    record(deps, row, { kind: 'postponed', until: putOff(deps, reply, error), failure });
  } else {
    const lookAt = nextStepAt(deps, { ...reply, failure }, gathered, prepared);
    record(deps, row, { kind: verdict, failure, lookAt });
  }
}

/** When to go on with what may have arrived; null: only the user can. */
function nextStepAt(
  deps: AttemptDeps,
  reply: ReplyRecord,
  gathered: Gathered,
  prepared: unknown,
): number | null {
  const { clock, timings } = deps;
  const now = clock.now();
  if (canRepeat(deps, reply, gathered, prepared)) {
    const isTired = reply.action !== 'reply' && reply.attemptCount >= mostDelays;
    return isTired ? null : now + delayMs(reply.attemptCount - 1, clock.random(), timings);
  }
  if (!gathered.connector.reply?.find) return null;
  return nextLookAt(reply.attemptedAt ?? now, now, looksAfter(reply.failure, timings), timings);
}

/** Sending the same again makes no second one: an action always, a reply as long as the platform remembers. */
function canRepeat(
  deps: AttemptDeps,
  reply: ReplyRecord,
  { connector, context }: Gathered,
  prepared: unknown,
): boolean {
  if (reply.action !== 'reply') return true;
  const forMs = connector.reply?.repeatableForMs?.(context.account, prepared) ?? 0;
  const elapsedMs = deps.clock.now() - (reply.firstAttemptAt ?? -Infinity);
  // A clock that was set back says nothing about how long ago it was.
  return elapsedMs >= 0 && elapsedMs < forMs;
}

async function find(
  deps: AttemptDeps,
  reply: ReplyRecord,
  { connector, context }: Gathered,
  prepared: unknown,
  signal: AbortSignal,
): Promise<SentReply | null> {
  const { reply: support } = connector;
  if (!support?.find) return null;
  const taken = listTakenIds(deps.store, reply.platform, reply.accountRow);
  const overdue = new EarshotError('timeout', 'Looking whether it arrived took too long. It is tried again.');
  const found = await limited(deps, signal, overdue, async (limit) =>
    support.find?.({
      ...context,
      http: deps.http,
      signal: limit,
      prepared,
      idempotencyKey: reply.idempotencyKey,
      attemptedAt: reply.firstAttemptAt ?? reply.createdAt,
      taken,
    }),
  );
  return !found || taken.has(found.externalId) ? null : found;
}

const nobodyCanLook: Failure = {
  code: 'outcome-unknown',
  message:
    'The platform did not say whether it arrived, and Earshot cannot look there. Look yourself: then mark it as sent, or send it again.',
};

/** An unconfirmed one: sent again where that is harmless, else looked for, and sent again only when it is not there. */
async function resolve(deps: AttemptDeps, reply: ReplyRecord, signal: AbortSignal): Promise<void> {
  const { clock, timings } = deps;
  const gathered = gather(deps, reply);
  const { connector } = gathered;
  if (reply.action !== 'reply') return deliver(deps, reply, gathered, null, signal);
  if (reply.prepared === null || !connector.reply) throw unreadable();
  const prepared = parsePrepared(connector.reply.preparedSchema, reply.prepared);
  const isRefused = reply.failure !== null && isRefusal(reply.failure.code);
  if (!isRefused && canRepeat(deps, reply, gathered, prepared)) {
    return deliver(deps, reply, gathered, prepared, signal);
  }
  if (!connector.reply.find) {
    record(deps, reply.row, { kind: 'look-failed', lookAt: null, failure: reply.failure ?? nobodyCanLook });
    return undefined;
  }
  const found = await find(deps, reply, gathered, prepared, signal);
  if (found) {
    deps.onStep?.('found', reply.row);
    record(deps, reply.row, { kind: 'sent', at: clock.now(), isSeen: true }, found);
    worked(deps, gathered.account.accountId, reply.accountRow as number);
    return undefined;
  }
  deps.onStep?.('absent', reply.row);
  const now = clock.now();
  const attemptedAt = reply.attemptedAt ?? now;
  const looks = looksAfter(reply.failure, timings);
  const lookAt = nextLookAt(attemptedAt, now, looks, timings);
  if (!record(deps, reply.row, { kind: 'absent', lookAt })) {
    return undefined;
  }
  const isProved = reply.absentCount + 1 >= absencesThatProve && hadItsTime(attemptedAt, now, looks);
  if (!isProved) return undefined;
  if (isRefused && reply.failure) {
    record(deps, reply.row, { kind: 'refused', failure: reply.failure, lookAt: null });
    return undefined;
  }
  return sendAnew(deps, reply, gathered, prepared, signal);
}

/** It is known not to be there. Meanwhile the conversation may have gone on. */
async function sendAnew(
  deps: AttemptDeps,
  reply: ReplyRecord,
  gathered: Gathered,
  prepared: unknown,
  signal: AbortSignal,
): Promise<void> {
  try {
    await lookBeforeSending(deps, reply, gathered, signal);
  } catch (error) {
    if (!(error instanceof EarshotError) || !isRefusal(error.code)) throw error;
    record(deps, reply.row, { kind: 'refused', failure: error.toFailure(), lookAt: null });
    return;
  }
  await deliver(deps, reply, gathered, prepared, signal);
}

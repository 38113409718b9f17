import { z } from 'zod';

/**
 * The closed list of expected failures. Codes and details travel and are stored; `message` is plain English
 * that says what happened and what to do, for the command line and as the fallback of the interface.
 */
export const failureCodes = [
  'invalid-input', // details.issues: [{path, message}]
  'invalid-query', // details: {position, length}; units of the query text
  'not-found',
  'conflict',
  'in-use', // another process has this data directory open
  'database-newer', // details: {found, known}: written by a later Earshot
  'database-damaged',
  'disk-full', // nothing was half saved
  'unauthorized', // the platform wants credentials (401)
  'forbidden', // the platform refuses (403); details.challenge when a bot check answered
  'gone', // 410, or a feed that says it has expired
  'rate-limited', // details.retryAt
  'unreachable', // details.reason: dns | refused | reset | offline
  'timeout',
  'tls',
  'private-address', // a public address led into the private network
  'redirect-loop',
  'too-large', // details.limitBytes
  'server-error', // 5xx
  'not-a-feed', // details.found: what it is instead; details.feeds: what it links to
  'bad-response', // the answer is not what this platform gives
  'rejected', // any other 4xx; details.status
  'unsupported',
  'outcome-unknown',
  'internal', // a bug; details.errorId stands in the log
] as const;

export const failureCodeSchema = z.enum(failureCodes);
export type FailureCode = z.infer<typeof failureCodeSchema>;

export const failureSchema = z.object({
  code: failureCodeSchema,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** An expected failure. Anything else that is thrown is a bug. */
export class EarshotError extends Error {
  override readonly name = 'EarshotError';
  readonly code: FailureCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: FailureCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  toFailure(): Failure {
    return { code: this.code, message: this.message, details: { ...this.details } };
  }
}

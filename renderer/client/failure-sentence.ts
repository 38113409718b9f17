import type { Failure } from '../../shared/contract/errors.ts';

/** A failure in the user's words: what happened, and what can be done about it. */
export interface FailureSentence {
  readonly happened: string;
  readonly next: string | null;
}

/**
 * The one place where a failure's code and details become words. `now` is for times that lie ahead. What was
 * being attempted is not known here: the caller puts it in front ("Could not add the source.").
 */
export function failureSentence(failure: Failure, now: number): FailureSentence {
  const details = failure.details ?? {};
  if (platformCodes.has(failure.code) && !bareAnswer.some((key) => details[key] !== undefined)) {
    // Not a bare answer over HTTP: the connector knows its platform, and has said what it means and what helps.
    return { happened: failure.message, next: null };
  }
  switch (failure.code) {
    case 'invalid-input':
    case 'invalid-query':
    case 'not-found':
    case 'conflict':
      // These are written by the part that knows the object; a general sentence would say less.
      return { happened: failure.message, next: null };
    case 'in-use':
      return {
        happened: 'Another Earshot has this data directory open.',
        next: 'Close the other one, or start this one with a data directory of its own.',
      };
    case 'database-newer':
      return {
        happened: 'These data were written by a newer Earshot.',
        next: 'Nothing was changed. Update Earshot and open them again.',
      };
    case 'database-damaged':
      return {
        happened: 'The database file is damaged.',
        next: 'It was left as it is. A backup lies next to it in the data directory.',
      };
    case 'disk-full':
      return {
        happened: 'The disk is full. Nothing was half saved.',
        next: 'Make room on the disk, then try again.',
      };
    case 'unauthorized':
      return details['by'] === 'engine'
        ? {
            happened: 'This page’s key is no longer valid.',
            next: 'Open the link that the start command printed.',
          }
        : {
            happened: 'It wants a sign-in (401).',
            next: 'Check the address, or find a public one: Earshot has no credentials for it.',
          };
    case 'forbidden':
      return details['challenge']
        ? {
            happened: 'A bot check answered instead of the content (403).',
            next: 'Only the site can let a reader through. Look whether it offers a feed on another address.',
          }
        : {
            happened: 'It refused to answer (403).',
            next: 'Open the address in a browser to see whether it is meant to be public.',
          };
    case 'gone':
      return {
        happened: 'It is gone for good and says so (410).',
        next: 'Look for its new address, or remove the source. Its mentions stay.',
      };
    case 'rate-limited':
      return {
        happened: 'It was asked too often and wants a pause.',
        next: `Earshot asks again ${retryWords(details['retryAt'], now)}.`,
      };
    case 'unreachable':
      return unreachableSentence(details['reason']);
    case 'timeout':
      return {
        happened: 'It did not answer in time.',
        next: 'Often this passes by itself. Try again in a minute.',
      };
    case 'tls':
      return {
        happened: 'Its certificate is not valid, so who answers cannot be known.',
        next: 'Only the site can mend this. Check the address for a typing mistake.',
      };
    case 'private-address':
      return {
        happened: 'The address leads into this computer or its private network.',
        next: 'If you mean a server of your own, allow the private network under “Advanced”.',
      };
    case 'redirect-loop':
      return {
        happened: 'The address forwards in circles.',
        next: 'Open it in a browser and use the address where you end up.',
      };
    case 'too-large':
      return {
        happened: `The answer is larger than ${megabytes(details['limitBytes'])}, where Earshot stops reading.`,
        next: 'What came before that point was kept. Look for a shorter feed of the same site.',
      };
    case 'server-error':
      return {
        happened: `Its server has trouble${statusWords(details['status'])}.`,
        next: 'Nothing to do on your side. Earshot keeps trying, less and less often.',
      };
    case 'not-a-feed':
      return {
        happened: 'There is no feed at this address.',
        next: 'Look on the site for a link named RSS, Atom or feed, and use its address.',
      };
    case 'bad-response':
      return {
        happened: 'The answer could not be read.',
        next: 'Earshot tries again. If it stays like this, the platform may have changed its format.',
      };
    case 'rejected':
      return details['status'] === 404
        ? { happened: 'There is nothing at this address (404).', next: 'Check it for a typing mistake.' }
        : {
            happened: `It rejected the request${statusWords(details['status'])}.`,
            next: 'Check the address and the settings.',
          };
    case 'unsupported':
      return { happened: failure.message, next: null };
    case 'outcome-unknown':
      return {
        happened: 'The connection broke before an answer came.',
        next: 'Look whether the change is there before you repeat it.',
      };
    case 'internal':
      return {
        happened: 'Something in Earshot broke. What is stored is safe.',
        next:
          typeof details['errorId'] === 'string'
            ? `Try again. The log has it as ${details['errorId']}.`
            : 'Try again.',
      };
  }
}

/** Details of a failure that nobody but the HTTP layer has looked at. */
const bareAnswer = ['status', 'challenge', 'by'];

const platformCodes: ReadonlySet<Failure['code']> = new Set([
  'unauthorized',
  'forbidden',
  'gone',
  'rejected',
  'outcome-unknown',
]);

/** Both halves as one line. */
export function failureLine(failure: Failure, now: number): string {
  const { happened, next } = failureSentence(failure, now);
  return next === null ? happened : `${happened} ${next}`;
}

function unreachableSentence(reason: unknown): FailureSentence {
  switch (reason) {
    case 'engine':
      return {
        happened: 'Earshot’s engine does not answer right now.',
        next: 'Nothing was changed. Try again when it is back.',
      };
    case 'dns':
      return {
        happened: 'No server was found by its name.',
        next: 'Check the address for a typing mistake, and whether other sites open.',
      };
    case 'refused':
      return {
        happened: 'The server is there but does not take connections.',
        next: 'It may be down for a while. Earshot keeps trying.',
      };
    case 'offline':
      return {
        happened: 'This computer has no network.',
        next: 'Earshot goes on by itself when it is back.',
      };
    case 'reset':
      return {
        happened: 'The connection broke off.',
        next: 'Often this passes by itself. Earshot keeps trying.',
      };
    default:
      return {
        happened: 'The server cannot be reached.',
        next: 'Check the address and your network.',
      };
  }
}

function retryWords(retryAt: unknown, now: number): string {
  if (typeof retryAt !== 'number' || retryAt <= now) return 'by itself';
  const minutes = Math.ceil((retryAt - now) / 60_000);
  if (minutes <= 1) return 'in a minute';
  if (minutes < 90) return `in ${minutes} minutes`;
  return `in ${Math.round(minutes / 60)} hours`;
}

function megabytes(bytes: unknown): string {
  return typeof bytes === 'number' ? `${Math.round(bytes / 1_000_000)} MB` : 'allowed';
}

function statusWords(status: unknown): string {
  return typeof status === 'number' ? ` (${status})` : '';
}

import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { CallContext } from '../connector.ts';
import { refusalSchema, type Wrapper, wrapperSchema } from './wire.ts';

export const defaultApiUrl = 'https://api.stackexchange.com/2.3';
/** Reports say that exactly what is asked for is too early. */
const slackMs = 2_000;
const guessedWaitMs = 60 * 60_000;
/** What is left for answering when listening stops. */
const leastQuota = 20;
/** The quota is counted over a day that begins with its first request, which nobody tells. */
const quotaWaitMs = 60 * 60_000;
const maxBytes = 24 * 1024 * 1024;

export interface StackSite extends CallContext {
  readonly apiUrl: string;
  readonly allowPrivateNetwork: boolean;
  /** As the interface names it: stackoverflow, superuser … */
  readonly site: string;
  /** An account's access token, or the key of an app, which lifts the quota. */
  readonly bearer: string | null;
}

export interface StackCall {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string | number | undefined>>;
}

/**
 * One call. Throws EarshotError. Since June 2026 tokens and keys are taken in this header alone, no longer in the query
 * (Meta Stack Exchange, question 417382).
 */
export async function call(
  site: StackSite,
  { method = 'GET', path, parameters = {} }: StackCall,
): Promise<Wrapper> {
  const url = new URL(`${site.apiUrl.replace(/\/+$/, '')}${path}`);
  const all = new URLSearchParams({ site: site.site });
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) all.set(name, String(value));
  }
  if (method === 'GET') url.search = all.toString();
  const answer = await site.http.send({
    url: url.href,
    method,
    headers: {
      accept: 'application/json',
      ...(site.bearer === null ? {} : { authorization: `Bearer ${site.bearer}` }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(method === 'GET' ? {} : { body: all.toString() }),
    answersRefusals: true,
    signal: site.signal,
    allowPrivateNetwork: site.allowPrivateNetwork,
    maxBytes,
  });
  const isRefused = answer.status < 200 || answer.status >= 300;
  const bytes = await answer.bytes().catch((error: unknown) => {
    if (isRefused) return new Uint8Array();
    throw error;
  });
  const json = parseJson(bytes);
  const refusal = refusalSchema.safeParse(json);
  if (refusal.success) {
    const { error_id: id, error_message: said } = refusal.data;
    throw failureOf(id, plain(said ?? ''), site.now());
  }
  if (isRefused) throw failureOfStatus(answer.status, site.now());
  const parsed = wrapperSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new EarshotError('bad-response', 'Stack Exchange gave an answer that Earshot does not understand.', {
    issues: parsed.error.issues
      .slice(0, 5)
      .map(({ path: place, message }) => ({ path: place.join('.'), message })),
  });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Outages are answered with a page.
    return null;
  }
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);

/** Errors come with a number of their own, nearly all of them as HTTP 400. */
function failureOf(id: number, said: string, now: number): EarshotError {
  const details = { errorId: id, ...(said === '' ? {} : { said }) };
  const why = said === '' ? '' : ` It says: ${/[.!?]$/.test(said) ? said : `${said}.`}`;
  switch (id) {
    case 401:
    case 402:
    case 406:
      return new EarshotError(
        'unauthorized',
        'Stack Exchange does not accept this sign-in, or this key of an app, any more. Sign in again, or correct the key.',
        details,
      );
    case 405:
      return new EarshotError('unauthorized', 'Stack Exchange does not know the key of this app.', details);
    case 403:
      return new EarshotError(
        'forbidden',
        `Stack Exchange does not allow this to the account or to your app.${why} Writing wants the permission write_access, an app with a post on Stack Apps, and 50 reputation for comments.`,
        details,
      );
    case 404:
      return new EarshotError('not-found', 'Stack Exchange does not have this.', details);
    case 409:
      // The same text has just been taken: perhaps our own attempt before.
      return new EarshotError(
        'outcome-unknown',
        'Stack Exchange says that it was sent this already. Earshot looks for it.',
        details,
      );
    case 502: {
      const wait = /(\d+) seconds?/i.exec(said)?.[1];
      const waitMs = wait === undefined ? guessedWaitMs : Number(wait) * 1_000;
      return new EarshotError('rate-limited', 'Stack Exchange asks for fewer requests. Earshot waits.', {
        ...details,
        retryAt: now + waitMs,
      });
    }
    case 407: {
      // Writing has a pace of its own, which comes as a refusal with the seconds in its words.
      const wait = /(\d+) seconds?/i.exec(said)?.[1];
      if (wait !== undefined) {
        return new EarshotError(
          'rate-limited',
          `Stack Exchange lets this account write only now and then.${why}`,
          {
            ...details,
            retryAt: now + Number(wait) * 1_000 + slackMs,
          },
        );
      }
      return rejected(id, why, details);
    }
    case 500:
    case 503:
      return new EarshotError('server-error', `Stack Exchange has failed (${id}).`, details);
    default:
      return rejected(id, why, details);
  }
}

function rejected(id: number, why: string, details: Readonly<Record<string, unknown>>): EarshotError {
  return new EarshotError(
    'rejected',
    `Stack Exchange does not take this (${id}).${why} Change it and send it again.`,
    details,
  );
}

function failureOfStatus(status: number, now: number): EarshotError {
  if (status === 429) {
    return new EarshotError('rate-limited', 'Stack Exchange asks for fewer requests. Earshot waits.', {
      status,
      retryAt: now + guessedWaitMs,
    });
  }
  if (status >= 500) {
    return new EarshotError('server-error', `Stack Exchange has failed (${status}).`, { status });
  }
  return new EarshotError(
    status === 404 ? 'not-found' : 'rejected',
    `Stack Exchange does not take this request (${status}). Check the address in the settings.`,
    { status },
  );
}

/** Until when (epoch milliseconds) that method, or all of them, should not be asked, by what an answer says. */
export function pauseAfter(
  { backoff, quota_remaining: quota }: Wrapper,
  now: number,
): { readonly until: number; readonly isForAll: boolean } | null {
  if (quota !== null && quota !== undefined && quota < leastQuota) {
    return { until: now + quotaWaitMs, isForAll: true };
  }
  if (backoff === null || backoff === undefined) return null;
  return { until: now + backoff * 1_000 + slackMs, isForAll: false };
}

import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { describeUrl } from './describe-url.ts';
import { retryAtOf } from './retry-after.ts';

/** When a server limits us without saying for how long. The poller doubles it from failure to failure. */
const guessedRetryMs = 10 * 60_000;

export interface RefusedAnswer {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The beginning of the body, where it is text. */
  readonly bodyText: string;
}

/** The one place where an HTTP status becomes a failure with a name. */
export function failureOfStatus(answer: RefusedAnswer, clock: Pick<Clock, 'now'>): EarshotError {
  const { status } = answer;
  const where = describeUrl(answer.url);
  const said = messageOf(answer);
  const details = { status, ...(said === null ? {} : { said }) };
  const challenge = challengeOf(answer);

  if (status === 401) {
    return new EarshotError(
      'unauthorized',
      `${where} asks for a user name and password, or a token.`,
      details,
    );
  }
  if (challenge !== null && (status === 403 || (status === 503 && !answer.headers['retry-after']))) {
    return new EarshotError(
      'forbidden',
      `${where} answered with a check for humans (${challenge}). Earshot does not go round it; ask the site for a feed that programs may read.`,
      { ...details, challenge },
    );
  }
  if (status === 403) {
    return new EarshotError(
      'forbidden',
      `${where} refuses to answer (403). It may want credentials.`,
      details,
    );
  }
  if (status === 404) {
    return new EarshotError('not-found', `There is nothing at ${where} (404). Check the address.`, details);
  }
  if (status === 410) {
    return new EarshotError('gone', `${where} is gone for good, its server says (410).`, details);
  }
  if (status === 429 || status === 503) {
    const asked = retryAtOf(answer.headers['retry-after'], clock);
    const retryAt = asked ?? clock.now() + guessedRetryMs;
    return new EarshotError(
      'rate-limited',
      status === 429 ? `${where} asks for fewer requests (429).` : `${where} is not available now (503).`,
      { ...details, retryAt, isRetryAtGuessed: asked === null },
    );
  }
  if (status >= 500) {
    return new EarshotError('server-error', `The server of ${where} has failed (${status}).`, details);
  }
  if (status >= 400) {
    return new EarshotError(
      'rejected',
      `${where} does not take this request (${status})${said === null ? '' : `: ${said}`}. Check the address and the settings.`,
      details,
    );
  }
  return new EarshotError(
    'bad-response',
    `${where} gave an answer that Earshot cannot use (${status}).`,
    details,
  );
}

/** Marks that bot checks leave in the page they answer with, and the name a user may know them by. */
const challenges: readonly (readonly [RegExp, string])[] = [
  [/challenge-platform|cf[-_]chl|just a moment\.\.\.|attention required! \| cloudflare/i, 'Cloudflare'],
  [/captcha-delivery\.com|datadome/i, 'DataDome'],
  [/px-captcha|perimeterx/i, 'PerimeterX'],
  [/_incapsula_resource|incapsula incident/i, 'Imperva'],
  [/aws-waf-token|awswafcaptcha|awswafintegration/i, 'AWS WAF'],
  [/sucuri website firewall/i, 'Sucuri'],
  [/anubis_challenge|making sure you(?:&#39;|')re not a bot/i, 'Anubis'],
  [
    /checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|ddos protection by|g-recaptcha|h-captcha|captcha/i,
    'bot check',
  ],
];

function challengeOf({ headers, bodyText }: RefusedAnswer): string | null {
  if (headers['cf-mitigated'] === 'challenge') return 'Cloudflare';
  const isHtml = /html/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype html|html)/i.test(bodyText);
  if (!isHtml) return null;
  return challenges.find(([mark]) => mark.test(bodyText))?.[1] ?? null;
}

const maxSaidLength = 200;

/** The sentence that an API puts into its error, as `{"message"}` or `{"error"}`. */
function messageOf({ headers, bodyText }: RefusedAnswer): string | null {
  if (!/json/i.test(headers['content-type'] ?? '')) return null;
  let body: unknown;
  try {
    body = JSON.parse(bodyText);
  } catch {
    // Cut off or not JSON at all: the status alone has to do.
    return null;
  }
  if (typeof body !== 'object' || body === null) return null;
  const { message, error } = body as { message?: unknown; error?: unknown };
  const text = typeof message === 'string' ? message : error;
  if (typeof text !== 'string' || text.trim() === '') return null;
  return text.replace(/\s+/g, ' ').trim().slice(0, maxSaidLength);
}

import { randomBytes, randomUUID } from 'node:crypto';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { SignIn } from '../../../shared/contract/methods/accounts.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { Logger } from '../ports/logger.ts';
import type { AccountRecord } from '../store/queries/accounts.ts';
import type { KnownSecrets } from '../vault/known-secrets.ts';
import type { CompletedSignIn } from './keep-account.ts';
import { listenForRedirect, type RedirectListener } from './redirect-listener.ts';
import { type ChosenWay, choosePageWay, type PageMethod, type SignInInput } from './sign-in-ways.ts';

export interface SignInsDeps {
  readonly connectors: ConnectorRegistry;
  readonly http: Http;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: KnownSecrets;
  readonly emit: (event: EngineEvent) => void;
  readonly installationId: () => Promise<string>;
  readonly keep: (completed: CompletedSignIn) => Promise<AccountRecord>;
}

export interface SignIns {
  start(
    input: SignInInput & { readonly isReadOnly?: boolean | undefined },
    signal: AbortSignal,
  ): Promise<SignIn>;
  /** Throws `not-found`, also long after it has ended. */
  get(signInId: string): SignIn;
  /** With what the page showed. When it is not that, the sign-in goes on waiting. */
  finish(signInId: string, pasted: string): Promise<SignIn>;
  cancel(signInId: string): SignIn;
  close(): Promise<void>;
}

const longestMs = 10 * 60_000;
const deviceIntervalMs = 5_000;
/** What RFC 8628 says to add when the platform is asked too often. */
const slowDownMs = 5_000;
/** Ended ones stay a while for whoever asks how they ended. */
const mostKept = 50;
/** 256 bits. */
const stateBytes = 32;

interface UnderWay {
  readonly way: ChosenWay<PageMethod>;
  readonly pending: unknown;
  readonly isReadOnly: boolean | undefined;
  readonly ended: AbortController;
  listener: RedirectListener | null;
  shown: SignIn;
  /** What it is waiting for right now, so that closing can wait for it, too. */
  work: Promise<unknown>;
}

/** Sign-ins by a page of the platform, from its opening to the account. What they need until then is in memory alone. */
export function createSignIns(deps: SignInsDeps): SignIns {
  const { connectors, http, clock, logger, secrets, emit, keep } = deps;
  const all = new Map<string, UnderWay>();
  const closed = new AbortController();

  function find(signInId: string): UnderWay {
    const found = all.get(signInId);
    if (found) return found;
    throw new EarshotError('not-found', 'There is no such sign-in any more. Start it again.', { signInId });
  }

  async function start(input: Parameters<SignIns['start']>[0], signal: AbortSignal): Promise<SignIn> {
    const way = choosePageWay(connectors, input);
    secrets.learn(way.secrets);
    endOthersOnPort(way.method.redirectPort);
    const state = randomBytes(stateBytes).toString('base64url');
    let answered: (answer: Readonly<Record<string, string>>) => void = () => {};
    const listener =
      way.method.kind === 'redirect'
        ? await listenForRedirect({
            port: way.method.redirectPort ?? 0,
            state,
            onAnswer: (answer) => answered(answer),
          })
        : null;
    try {
      const { settings, entered } = way;
      const begun = await way.method.begin({
        settings,
        entered,
        redirectUri: listener?.redirectUri ?? '',
        installationId: await deps.installationId(),
        state,
        http,
        now: () => clock.now(),
        signal: AbortSignal.any([signal, closed.signal]),
      });
      const latest = clock.now() + longestMs;
      const expiresAt = listener ? Math.min(begun.expiresAt ?? latest, latest) : (begun.expiresAt ?? latest);
      const one: UnderWay = {
        way,
        pending: begun.pending,
        isReadOnly: input.isReadOnly,
        ended: new AbortController(),
        listener,
        work: Promise.resolve(),
        shown: {
          signInId: randomUUID(),
          state: 'waiting',
          url: pageAddress(begun.url),
          userCode: begun.userCode ?? null,
          needsPaste: way.method.kind === 'paste',
          expiresAt,
          accountId: null,
          displayName: null,
        },
      };
      closed.signal.throwIfAborted();
      remember(one);
      answered = (answer) => take(one, () => completeRedirect(one, answer));
      void endInTime(one);
      if (way.method.kind === 'device') take(one, () => askUntilDone(one, begun.intervalMs));
      return one.shown;
    } catch (error) {
      listener?.close();
      throw error;
    }
  }

  /** The platform insists on the port: a sign-in that was begun anew needs it. */
  function endOthersOnPort(port: number | undefined): void {
    if (port === undefined) return;
    for (const other of all.values()) {
      if (other.way.method.redirectPort === port) end(other, { state: 'cancelled' });
    }
  }

  function remember(one: UnderWay): void {
    all.set(one.shown.signInId, one);
    for (const [signInId, { shown }] of all) {
      if (all.size <= mostKept) break;
      if (shown.state !== 'waiting') all.delete(signInId);
    }
  }

  async function endInTime(one: UnderWay): Promise<void> {
    await clock.sleep(Math.max(0, one.shown.expiresAt - clock.now()), one.ended.signal);
    if (one.ended.signal.aborted) return;
    const message = 'Nobody signed in within the time that there was. Start it again.';
    end(one, { state: 'failed', error: { code: 'timeout', message } });
  }

  function end(one: UnderWay, outcome: Partial<SignIn> & Pick<SignIn, 'state'>): void {
    if (one.shown.state !== 'waiting') return;
    one.shown = { ...one.shown, ...outcome };
    one.ended.abort();
    one.listener?.close();
    one.listener = null;
    emit({ name: 'accounts.signInEnded', signInId: one.shown.signInId });
  }

  /** Work that nobody waits for: its failure ends the sign-in. */
  function take(one: UnderWay, work: () => Promise<unknown>): void {
    one.work = work().catch((error: unknown) => {
      if (one.shown.state !== 'waiting') return;
      const stripped = secrets.stripError(error);
      if (stripped instanceof EarshotError) return end(one, { state: 'failed', error: stripped.toFailure() });
      const errorId = randomUUID();
      const stack = stripped instanceof Error ? (stripped.stack ?? stripped.message) : String(stripped);
      logger.error('sign-in-broke', { errorId, error: stack });
      const message = `Something in Earshot broke (${errorId} in the log).`;
      return end(one, { state: 'failed', error: { code: 'internal', message, details: { errorId } } });
    });
  }

  async function completeRedirect(one: UnderWay, answer: Readonly<Record<string, string>>): Promise<void> {
    // What else comes back says openly where from and why: an issuer, scopes, the kind of a refusal.
    secrets.learn([answer['code'] ?? '']);
    if ('error' in answer) throw refusal(one, answer);
    if (await tryFinish(one, answer)) return;
    throw new EarshotError('bad-response', 'The platform’s answer was not complete. Start again.');
  }

  async function askUntilDone(one: UnderWay, firstIntervalMs = deviceIntervalMs): Promise<void> {
    let intervalMs = firstIntervalMs;
    let waitMs = intervalMs;
    for (;;) {
      await clock.sleep(waitMs, one.ended.signal);
      if (one.ended.signal.aborted) return;
      waitMs = intervalMs;
      try {
        if (await tryFinish(one, {})) return;
      } catch (error) {
        if (!(error instanceof EarshotError) || !passing.has(error.code)) throw error;
        if (error.code !== 'rate-limited') continue;
        intervalMs += slowDownMs;
        const retryAt = Number(error.details['retryAt']);
        waitMs = Math.max(intervalMs, Number.isFinite(retryAt) ? retryAt - clock.now() : 0);
      }
    }
  }

  /** Whether it is done. A sign-in that was called off meanwhile leaves nothing here, and as little as possible there. */
  async function tryFinish(one: UnderWay, answer: Readonly<Record<string, string>>): Promise<boolean> {
    const { connector, support, method, settings } = one.way;
    const context = { settings, http, now: () => clock.now(), signal: closed.signal };
    const signedIn = await method.finish({ ...context, pending: one.pending, answer });
    if (!signedIn) return false;
    if (one.shown.state !== 'waiting') {
      await support.revoke?.({ ...context, credentials: signedIn.credentials }).catch(() => undefined);
      return true;
    }
    const account = await keep({ connector, support, signedIn, settings, isReadOnly: one.isReadOnly });
    end(one, { state: 'done', accountId: account.accountId as AccountId, displayName: account.name });
    return true;
  }

  return {
    start,
    get: (signInId) => find(signInId).shown,
    async finish(signInId, pasted) {
      const one = find(signInId);
      if (!one.shown.needsPaste || one.shown.state !== 'waiting') {
        throw new EarshotError('conflict', 'This sign-in waits for nothing that could be pasted.', {
          state: one.shown.state,
        });
      }
      const text = pasted.trim();
      secrets.learn([text]);
      const done = tryFinish(one, { pasted: text });
      one.work = done.catch(() => undefined);
      await done;
      return one.shown;
    },
    cancel(signInId) {
      const one = find(signInId);
      end(one, { state: 'cancelled' });
      return one.shown;
    },
    async close() {
      closed.abort(new EarshotError('unreachable', 'Earshot is closing.', { reason: 'closing' }));
      for (const one of all.values()) end(one, { state: 'cancelled' });
      await Promise.all([...all.values()].map(({ work }) => work));
    },
  };
}

/** They say nothing about the sign-in: the device is asked for again. */
const passing: ReadonlySet<string> = new Set([
  'rate-limited',
  'unreachable',
  'timeout',
  'tls',
  'server-error',
  'outcome-unknown',
]);

/** What OAuth's `error` says. Its words come from outside, so that only a known kind of them is shown. */
function refusal(one: UnderWay, answer: Readonly<Record<string, string>>): EarshotError {
  const name = one.way.connector.info.name;
  const error = answer['error'] ?? '';
  if (error === 'access_denied') {
    return new EarshotError('forbidden', `On the page of ${name} the answer was no. Nothing was saved.`);
  }
  const code = /^[a-z_]{1,60}$/.test(error) ? ` (${error})` : '';
  return new EarshotError('rejected', `${name} did not let Earshot in${code}. Start again.`);
}

/** A server may name any address as its page. */
function pageAddress(address: string): string {
  const url = URL.parse(address);
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return url.href;
  throw new EarshotError('bad-response', 'The server named no web page to sign in on.');
}

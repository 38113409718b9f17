import { Agent, type Dispatcher } from 'undici';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Http, HttpRequest, HttpResponse } from '../../ports/http.ts';
import { createGuardedConnector, realNetwork, type Network } from './address-guard.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { failureOfStatus } from './failure-of-status.ts';
import { failureOfConnection, timeoutFailure } from './failure-of-transport.ts';
import { createHostGate, type HostGate } from './host-gate.ts';
import { isRedirect, redirectTarget, withoutSecrets } from './redirect.ts';
import { exchange, isAnswer, isRead, ownHeaders, parseUrl, requestHeaders } from './request.ts';
import { abandon, type Answered, flatHeaders, readRefusal, response } from './response.ts';

const connectTimeoutMs = 10_000;
const totalTimeoutMs = 30_000;

export interface HttpOptions {
  readonly version: string;
  readonly clock: Clock;
  /** Shared by everything that asks the same hosts. */
  readonly gate?: HostGate;
  readonly limits?: { readonly connectMs?: number; readonly totalMs?: number };
  readonly network?: Network;
}

/**
 * Earshot's only way out. undici's agents, because Node's own `fetch` turns conditional requests into
 * unconditional ones, hides redirects and has no place to look at the address that DNS gave.
 */
export function createHttp(options: HttpOptions): Http {
  const { clock, gate = createHostGate(clock), network = realNetwork } = options;
  const totalMs = options.limits?.totalMs ?? totalTimeoutMs;
  const reached = new Map<string, string>();
  const remember = (origin: string, address: string): void => {
    if (reached.size > 1_000) reached.clear();
    reached.set(origin, address);
  };
  const createAgent = (
    allowsPrivate: boolean,
    onConnected: (origin: string, address: string) => void = remember,
  ): Agent =>
    new Agent({
      connect: createGuardedConnector({
        allowsPrivate,
        connectTimeoutMs: options.limits?.connectMs ?? connectTimeoutMs,
        onConnected,
        network,
      }),
      allowH2: false,
      // The deadline below is the limit; undici's own ones tick in half-seconds and start anew with every piece.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  const agents = { public: createAgent(false), any: createAgent(true) };

  async function read(asked: HttpRequest): Promise<HttpResponse> {
    let url = parseUrl(asked.url);
    let headers = requestHeaders(asked, url, options.version);
    url.username = '';
    url.password = '';
    let agent = asked.allowPrivateNetwork ? agents.any : agents.public;
    const visited = [url.href];
    const redirects: { status: number; from: string; to: string }[] = [];
    const limitMs = asked.timeoutMs ?? totalMs;
    const deadline = createDeadline(clock, limitMs, asked.signal);
    let leave = (): void => {};
    const end = (): void => {
      deadline.clear();
      leave();
    };
    const shown = (): string => (asked.isPathSecret ? url.origin : url.href);

    try {
      for (;;) {
        leave = await enterHost(url, deadline);
        const answer = await exchange(agent, url, asked, headers, deadline);
        if (!isRedirect(answer.statusCode)) {
          return await take({ asked, answer, url, shown: shown(), redirects, deadline, end });
        }
        abandon(answer);
        leave();
        const target = redirectTarget(url, flatHeaders(answer.headers)['location'], visited, shown());
        if (target.origin !== url.origin)
          headers = { ...withoutSecrets(headers), ...ownHeaders(options.version) };
        // Permission to ask a private network is for the address the user typed: a public one cannot borrow it.
        if (network.classify(reached.get(url.origin) ?? '') !== 'private') agent = agents.public;
        redirects.push({ status: answer.statusCode, from: url.href, to: target.href });
        visited.push(target.href);
        url = target;
      }
    } catch (error) {
      end();
      asked.signal?.throwIfAborted();
      throw deadline.isOver() ? timeoutFailure(shown(), limitMs) : failureOfConnection(error, shown());
    }
  }

  /**
   * By a connection of its own, so that it is known whether there was one: without it nothing was sent, and with it
   * everything but an answer leaves the outcome unknown.
   */
  async function write(asked: HttpRequest): Promise<HttpResponse> {
    const url = parseUrl(asked.url);
    const headers = requestHeaders(asked, url, options.version);
    url.username = '';
    url.password = '';
    const shown = asked.isPathSecret ? url.origin : url.href;
    const limitMs = asked.timeoutMs ?? totalMs;
    let wasConnected = false;
    const agent = createAgent(asked.allowPrivateNetwork === true, () => {
      wasConnected = true;
    });
    const deadline = createDeadline(clock, limitMs, asked.signal);
    let leave = (): void => {};
    const end = (): void => {
      deadline.clear();
      leave();
      void agent.destroy();
    };
    try {
      leave = await enterHost(url, deadline);
      const answer = await exchange(agent, url, asked, headers, deadline);
      return await take({ asked, answer, url, shown, redirects: [], deadline, end });
    } catch (error) {
      end();
      if (error instanceof EarshotError) throw error;
      if (wasConnected) {
        throw new EarshotError(
          'outcome-unknown',
          `The connection to ${url.host} ended before it answered: what was sent may have arrived.`,
          { reason: deadline.isOver() ? 'timeout' : 'ended' },
          error,
        );
      }
      asked.signal?.throwIfAborted();
      throw deadline.isOver() ? timeoutFailure(shown, limitMs) : failureOfConnection(error, shown);
    }
  }

  async function enterHost(url: URL, deadline: Deadline): Promise<() => void> {
    const throwIfClosed = (): void => {
      const retryAt = gate.closedUntil(url.hostname);
      if (retryAt === null) return;
      throw new EarshotError(
        'rate-limited',
        `${url.host} has asked for a pause; Earshot waits for its end.`,
        {
          retryAt,
        },
      );
    };
    throwIfClosed();
    deadline.pause();
    const leave = await gate.enter(url.hostname, deadline.signal);
    deadline.resume();
    try {
      // Whoever was in front may just have been told to go away.
      throwIfClosed();
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** The answer, or the failure that it is. */
  async function take({
    url,
    ...answered
  }: Omit<Answered, 'status' | 'headers' | 'url'> & { readonly url: URL }): Promise<HttpResponse> {
    const { asked, answer, shown, deadline } = answered;
    const status = answer.statusCode;
    const headers = flatHeaders(answer.headers);
    if (isAnswer(asked, status)) return response({ ...answered, status, headers, url: url.href });
    throw await refusal(answer, url, shown, headers, deadline);
  }

  async function refusal(
    answer: Dispatcher.ResponseData,
    url: URL,
    shown: string,
    headers: Readonly<Record<string, string>>,
    deadline: Deadline,
  ): Promise<EarshotError> {
    const isWorthReading = answer.statusCode === 503 || (answer.statusCode >= 400 && answer.statusCode < 500);
    const bodyText = isWorthReading ? await readRefusal(answer, url, headers, deadline, clock) : '';
    abandon(answer);
    const failure = failureOfStatus({ status: answer.statusCode, url: shown, headers, bodyText }, clock);
    const { retryAt } = failure.details;
    if (failure.code === 'rate-limited' && typeof retryAt === 'number') gate.close(url.hostname, retryAt);
    return failure;
  }

  return {
    send: (asked) => (isRead(asked) ? read(asked) : write(asked)),
    async close() {
      await Promise.all([agents.public.destroy(), agents.any.destroy()]);
    },
  };
}

import { Agent, request, type Dispatcher } from 'undici';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Http, HttpRequest, HttpResponse } from '../../ports/http.ts';
import { createGuardedConnector, realNetwork, type Network } from './address-guard.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { failureOfStatus } from './failure-of-status.ts';
import { failureOfConnection, timeoutFailure } from './failure-of-transport.ts';
import { createHostGate, type HostGate } from './host-gate.ts';
import { readBody } from './read-body.ts';
import { isRedirect, redirectTarget, withoutSecrets } from './redirect.ts';

const defaultMaxBytes = 10 * 1024 * 1024;
const connectTimeoutMs = 10_000;
const totalTimeoutMs = 30_000;
/** Enough of a refusal to see who refuses. */
const refusalBytes = 64 * 1024;
const refusalReadMs = 5_000;

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
        const status = answer.statusCode;
        const received = flatHeaders(answer.headers);
        if (!isRedirect(status)) {
          if (isAnswer(asked, status)) {
            return response({
              asked,
              answer,
              status,
              headers: received,
              url: url.href,
              shown: shown(),
              redirects,
              deadline,
              end,
            });
          }
          throw await refusal(answer, url, shown(), received, deadline);
        }
        abandon(answer);
        leave();
        const target = redirectTarget(url, received['location'], visited);
        if (target.origin !== url.origin)
          headers = { ...withoutSecrets(headers), ...ownHeaders(options.version) };
        // Permission to ask a private network is for the address the user typed: a public one cannot borrow it.
        if (network.classify(reached.get(url.origin) ?? '') !== 'private') agent = agents.public;
        redirects.push({ status, from: url.href, to: target.href });
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
      const status = answer.statusCode;
      const received = flatHeaders(answer.headers);
      if (isAnswer(asked, status)) {
        return response({
          asked,
          answer,
          status,
          headers: received,
          url: url.href,
          shown,
          redirects: [],
          deadline,
          end,
        });
      }
      throw await refusal(answer, url, shown, received, deadline);
    } catch (error) {
      end();
      if (error instanceof EarshotError) throw error;
      if (wasConnected) {
        throw new EarshotError(
          'outcome-unknown',
          `The connection to ${url.host} ended before it answered: what was sent may have arrived.`,
          {},
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

function parseUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    throw new EarshotError(
      'invalid-input',
      'That is not an address; it should begin with https://.',
      {},
      error,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new EarshotError(
      'invalid-input',
      'Earshot asks only addresses that begin with https:// or http://.',
      {
        protocol: url.protocol,
      },
    );
  }
  url.hash = '';
  return url;
}

function ownHeaders(version: string): Record<string, string> {
  return { 'user-agent': `Earshot/${version} (feed poller)`, 'accept-encoding': 'gzip, deflate, br' };
}

function requestHeaders(asked: HttpRequest, url: URL, version: string): Record<string, string> {
  const headers: Record<string, string> = { accept: '*/*' };
  for (const [name, value] of Object.entries(asked.headers ?? {})) headers[name.toLowerCase()] = value;
  if (url.username !== '' || url.password !== '') {
    const credentials = `${decodePart(url.username)}:${decodePart(url.password)}`;
    headers['authorization'] ??= `Basic ${Buffer.from(credentials).toString('base64')}`;
  }
  if ('if-none-match' in headers || 'if-modified-since' in headers) {
    // Asks caches on the way to check with the server. `no-cache` would make many servers send everything anew.
    headers['cache-control'] = 'max-age=0';
  }
  return { ...ownHeaders(version), ...headers };
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign in a password means itself.
    return text;
  }
}

function isRead({ method = 'GET' }: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isAnswer(asked: HttpRequest, status: number): boolean {
  if (isRedirect(status)) return false;
  return asked.answersRefusals === true || status === 304 || (status >= 200 && status < 300);
}

async function exchange(
  agent: Agent,
  url: URL,
  asked: HttpRequest,
  headers: Readonly<Record<string, string>>,
  deadline: Deadline,
): Promise<Dispatcher.ResponseData> {
  const answer = await request(url, {
    dispatcher: agent,
    method: asked.method ?? 'GET',
    headers,
    ...(asked.body === undefined ? {} : { body: asked.body }),
    signal: deadline.signal,
    // Hosts are asked minutes apart; a connection kept open would only be found dead by the next poll.
    reset: true,
  });
  // An abandoned body still reports its end.
  answer.body.on('error', () => {});
  return answer;
}

function abandon(answer: Dispatcher.ResponseData): void {
  answer.body.destroy();
}

interface Answered {
  readonly asked: HttpRequest;
  readonly answer: Dispatcher.ResponseData;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
  /** The address as it may stand in a message. */
  readonly shown: string;
  readonly redirects: HttpResponse['redirects'];
  readonly deadline: Deadline;
  /** Gives back the turn at the host and stops the deadline. */
  readonly end: () => void;
}

function response({
  asked,
  answer,
  status,
  headers,
  url,
  shown,
  redirects,
  deadline,
  end,
}: Answered): HttpResponse {
  const discard = (): void => {
    abandon(answer);
    end();
  };
  // Covers a body that nobody reads or gives up: the deadline ends it.
  answer.body.once('close', end);
  if (status === 304 || status === 204) discard();

  async function* pieces(): AsyncGenerator<Uint8Array> {
    if (status === 304 || status === 204) return;
    try {
      yield* readBody(answer.body, {
        url: shown,
        contentEncoding: headers['content-encoding'],
        maxBytes: asked.maxBytes ?? defaultMaxBytes,
      });
    } catch (error) {
      asked.signal?.throwIfAborted();
      throw deadline.isOver() ? timeoutFailure(shown, deadline.limitMs) : error;
    } finally {
      discard();
    }
  }
  const body = pieces();

  return {
    status,
    headers,
    url,
    redirects,
    body,
    async bytes() {
      const collected: Uint8Array[] = [];
      for await (const piece of body) collected.push(piece);
      return Buffer.concat(collected);
    },
    discard,
  };
}

async function readRefusal(
  answer: Dispatcher.ResponseData,
  url: URL,
  headers: Readonly<Record<string, string>>,
  deadline: Deadline,
  clock: Clock,
): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  const done = new AbortController();
  void clock
    .sleep(refusalReadMs, AbortSignal.any([done.signal, deadline.signal]))
    .then(() => abandon(answer));
  try {
    for await (const piece of readBody(answer.body, {
      url: url.href,
      contentEncoding: headers['content-encoding'],
      maxBytes: refusalBytes,
    })) {
      text += decoder.decode(piece, { stream: true });
    }
  } catch {
    // The status is the failure; a body that ends early only tells less about it.
  } finally {
    done.abort();
  }
  return text;
}

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

import type { Dispatcher } from 'undici';
import type { Clock } from '../../ports/clock.ts';
import type { HttpRequest, HttpResponse } from '../../ports/http.ts';
import type { Deadline } from './deadline.ts';
import { timeoutFailure } from './failure-of-transport.ts';
import { readBody } from './read-body.ts';

const defaultMaxBytes = 10 * 1024 * 1024;
/** Enough of a refusal to see who refuses. */
const refusalBytes = 64 * 1024;
const refusalReadMs = 5_000;

export function abandon(answer: Dispatcher.ResponseData): void {
  answer.body.destroy();
}

export interface Answered {
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

export function response({
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

export async function readRefusal(
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

export function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

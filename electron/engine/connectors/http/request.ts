import { request, type Agent, type Dispatcher } from 'undici';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpRequest } from '../../ports/http.ts';
import type { Deadline } from './deadline.ts';
import { isRedirect } from './redirect.ts';

export function parseUrl(text: string): URL {
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

export function ownHeaders(version: string): Record<string, string> {
  return { 'user-agent': `Earshot/${version} (feed poller)`, 'accept-encoding': 'gzip, deflate, br' };
}

export function requestHeaders(asked: HttpRequest, url: URL, version: string): Record<string, string> {
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

export function isRead({ method = 'GET' }: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

export function isAnswer(asked: HttpRequest, status: number): boolean {
  if (isRedirect(status)) return false;
  return asked.answersRefusals === true || status === 304 || (status >= 200 && status < 300);
}

export async function exchange(
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

import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpRequest } from '../../ports/http.ts';
import type { CallContext } from '../connector.ts';
import type { BlueskyCredentials } from './settings.ts';

/** Where a call goes and as whom. */
export interface Service {
  readonly context: CallContext;
  readonly host: string;
  readonly allowPrivateNetwork: boolean;
  /** Null: as nobody. `token`: as a bearer of exactly this one. */
  readonly credentials: BlueskyCredentials | { readonly kind: 'token'; readonly token: string } | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** Every status is an answer. */
export async function sendPlain(
  { context, allowPrivateNetwork }: Pick<Service, 'context' | 'allowPrivateNetwork'>,
  request: HttpRequest,
): Promise<Answer> {
  const { http, signal } = context;
  const response = await http.send({ ...request, signal, allowPrivateNetwork, answersRefusals: true });
  const { status, headers } = response;
  try {
    return { status, headers, bytes: await response.bytes() };
  } catch (error) {
    if ((request.method ?? 'GET') === 'GET' || status >= 400) throw error;
    throw new EarshotError(
      'outcome-unknown',
      'The connection to Bluesky ended within its answer: what was sent may have arrived.',
      {},
      error,
    );
  }
}

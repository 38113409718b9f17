import type { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpRequest } from '../../ports/http.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, CallContext } from '../connector.ts';
import { sendWithProof } from './dpop.ts';
import { failureOf } from './failures.ts';
import { type Answer, type Service, sendPlain } from './service.ts';
import { accountSettingsSchema, credentialsSchema } from './settings.ts';

export interface XrpcRequest {
  readonly nsid: string;
  /** Lists are repeated. */
  readonly params?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** A procedure, which is a POST: what to send, or null for none at all (an empty JSON body is refused where none is wanted). */
  readonly input?: { readonly json: unknown } | { readonly type: string; readonly bytes: Uint8Array } | null;
}

/** One authorised call through the server that keeps the account. */
export async function asAccount<Result>(
  { account, ...context }: CallContext & { readonly account: AccountSession },
  call: (service: Service) => Promise<Result>,
): Promise<Result> {
  const { allowPrivateNetwork = false } = accountSettingsSchema.parse(account.settings);
  return await withCredentials(account, (stored) => {
    const credentials = credentialsSchema.parse(stored);
    return call({ context, host: credentials.pds, allowPrivateNetwork, credentials });
  });
}

/** Throws EarshotError; `bad-response` for an answer that is not what the schema says. */
export async function xrpc<Schema extends z.ZodType>(
  service: Service,
  request: XrpcRequest,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const { bytes } = await call(service, request);
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new EarshotError('bad-response', 'Bluesky gave an answer that Earshot does not understand.', {
    issues: parsed.error.issues.slice(0, 5).map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}

/** For procedures that answer with nothing. */
export async function xrpcVoid(service: Service, request: XrpcRequest): Promise<void> {
  await call(service, request);
}

async function call(service: Service, { nsid, params, input }: XrpcRequest): Promise<Answer> {
  const url = new URL(`/xrpc/${nsid}`, service.host);
  for (const [name, value] of Object.entries(params ?? {})) {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [String(value)];
    for (const each of values) url.searchParams.append(name, each);
  }
  const body = bodyOf(input);
  const answer = await exchange(service, {
    url: url.href,
    method: input === undefined ? 'GET' : 'POST',
    headers: { accept: 'application/json', ...body.headers },
    ...(body.content === undefined ? {} : { body: body.content }),
  });
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw failureOf(
    { ...answer, url: url.href, bodyText: new TextDecoder().decode(answer.bytes) },
    service.context,
  );
}

function bodyOf(input: XrpcRequest['input']): {
  headers: Record<string, string>;
  content?: string | Uint8Array;
} {
  if (input === undefined || input === null) return { headers: {} };
  if ('json' in input) {
    return { headers: { 'content-type': 'application/json' }, content: JSON.stringify(input.json) };
  }
  return { headers: { 'content-type': input.type }, content: input.bytes };
}

async function exchange(service: Service, request: HttpRequest): Promise<Answer> {
  const { credentials } = service;
  if (credentials?.kind === 'oauth') return sendWithProof(service, credentials, request);
  const token = credentials?.kind === 'password' ? credentials.accessJwt : credentials?.token;
  return sendPlain(service, {
    ...request,
    headers: { ...request.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not JSON: the schema says so, as of every other answer that is not what it should be.
    return null;
  }
}

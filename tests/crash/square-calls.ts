import type { CallContext } from '../../electron/engine/connectors/connector.ts';
import { EarshotError } from '../../shared/contract/errors.ts';
import type { SquareCalls, SquarePost } from '../engine/outbox/square.ts';

/** The square asked over loopback, as a connector's api.ts does. */
export function squareCalls(port: number): SquareCalls {
  const base = `http://127.0.0.1:${port}`;
  const limits = { allowPrivateNetwork: true, timeoutMs: 2_000 } as const;

  async function ask(
    context: CallContext,
    request: Parameters<CallContext['http']['send']>[0],
  ): Promise<unknown> {
    const response = await context.http.send({
      ...request,
      ...limits,
      signal: context.signal,
      answersRefusals: true,
    });
    const body = JSON.parse(Buffer.from(await response.bytes()).toString()) as Record<string, unknown>;
    if (response.status < 300) return body;
    if (response.status === 429) {
      const retryAt = context.now() + Number(body['retryInMs']);
      throw new EarshotError('rate-limited', 'The square asks for a pause.', { retryAt });
    }
    if (response.status >= 500) throw new EarshotError('server-error', 'The square has a problem.');
    throw new EarshotError('rejected', String(body['error']));
  }

  return {
    post: async (context, { key, ...body }) =>
      (await ask(context, {
        method: 'POST',
        url: `${base}/posts`,
        headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) },
        body: JSON.stringify(body),
      })) as SquarePost,
    thread: async (context, id) =>
      (await ask(context, { url: `${base}/threads/${id}` })) as Awaited<ReturnType<SquareCalls['thread']>>,
  };
}

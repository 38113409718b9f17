import type { Connector, PerformAction, ReplySupport } from '../connectors/connector.ts';
import type { KnownSecrets } from '../vault/known-secrets.ts';

/**
 * The same connector, whose failures to answer and to act hold no secret: they are stored with the reply and shown.
 * (Polls and sign-ins are seen to where their failures are stored.)
 */
export function guardErrors(connector: Connector, secrets: KnownSecrets): Connector {
  const guarded =
    <Args extends readonly unknown[], Answer>(work: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      try {
        return await work(...args);
      } catch (error) {
        throw secrets.stripError(error);
      }
    };
  const { reply, actions } = connector;
  return {
    ...connector,
    ...(reply ? { reply: guardReply(reply, guarded) } : {}),
    ...(actions
      ? {
          actions: Object.fromEntries(
            Object.entries(actions).map(([name, act]: [string, PerformAction]) => [
              name,
              guarded((context: Parameters<PerformAction>[0]) => act(context)),
            ]),
          ),
        }
      : {}),
  };
}

type Guard = <Args extends readonly unknown[], Answer>(
  work: (...args: Args) => Promise<Answer>,
) => (...args: Args) => Promise<Answer>;

function guardReply(reply: ReplySupport, guarded: Guard): ReplySupport {
  const look = reply.look?.bind(reply);
  const find = reply.find?.bind(reply);
  return {
    ...reply,
    prepare: guarded((context) => reply.prepare(context)),
    send: guarded((context) => reply.send(context)),
    ...(look ? { look: guarded(look) } : {}),
    ...(find ? { find: guarded(find) } : {}),
  };
}

import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Connector, PerformAction } from '../connector.ts';
import { type Caller, callerAs, isGone, type MastodonCredentials, statusPath } from './caller.ts';
import { contextOf, locate, type Outbox } from './reply.ts';
import type { MastodonAccountSettings } from './settings.ts';

type Perform = PerformAction<MastodonCredentials, MastodonAccountSettings>;

/** All of them may be done twice: the server answers with how things stand then. */
export const actions: NonNullable<
  Connector<unknown, unknown, MastodonCredentials, MastodonAccountSettings>['actions']
> = {
  like: onPost('favourite'),
  unlike: onPost('unfavourite'),
  mute: onAuthor('mute'),
  block: onAuthor('block'),
  async delete(context) {
    const caller = callerAs(context, context.account);
    const { server, id } = contextOf(context.target);
    if (server !== caller.server) {
      throw new EarshotError('forbidden', 'Only the account that wrote it can take it away.');
    }
    await caller.ask({ method: 'DELETE', path: statusPath(id) }, z.unknown()).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  },
};

function onPost(verb: 'favourite' | 'unfavourite'): Perform {
  return async (context) => {
    const caller = callerAs(context, context.account);
    const status = await found(caller, context);
    await caller.ask({ method: 'POST', path: `${statusPath(status.id)}/${verb}` }, z.unknown());
  };
}

function onAuthor(verb: 'mute' | 'block'): Perform {
  return async (context) => {
    const caller = callerAs(context, context.account);
    const { server, accountId } = contextOf(context.target);
    // On their own server they can be muted though the post is gone.
    const id = server === caller.server ? accountId : (await found(caller, context)).account.id;
    await caller.ask(
      { method: 'POST', path: `/api/v1/accounts/${encodeURIComponent(id)}/${verb}` },
      z.unknown(),
    );
  };
}

async function found(caller: Caller, { target }: Outbox): Promise<{ id: string; account: { id: string } }> {
  const status = await locate(caller, target);
  if (status) return status;
  throw new EarshotError('not-found', 'The post is not there any more.');
}

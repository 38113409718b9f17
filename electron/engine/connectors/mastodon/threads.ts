import { EarshotError } from '../../../../shared/contract/errors.ts';
import { asRoot, type Thread, threadUnder } from './adapt.ts';
import { type Caller, isGone, readStatuses, statusPath } from './caller.ts';
import { type MastodonStatus, threadSchema } from './wire.ts';

export interface Threads {
  /** Where a status stands: asks for what is above it, once for each thread. */
  of(status: MastodonStatus): Promise<Thread>;
}

/** A status names the one above it by an id of its server; only asking tells the root, and ids that hold everywhere. */
export function createThreads(caller: Caller): Threads {
  /** By the id that a server gave: what stands directly under it. Null: what is above is not there. */
  const under = new Map<string, Thread | null>();

  async function find(status: MastodonStatus): Promise<Thread> {
    const parentId = status.in_reply_to_id ?? null;
    if (parentId === null) return asRoot(status);
    const known = under.get(parentId);
    if (known !== undefined) return known ?? asRoot(status);
    const ancestors = await ancestorsOf(caller, status);
    const thread = threadUnder(ancestors, status);
    under.set(parentId, ancestors.length === 0 ? null : thread);
    return thread;
  }

  return {
    async of(status) {
      const thread = await find(status);
      under.set(status.id, { rootKey: thread.rootKey, parentKey: status.uri });
      return thread;
    },
  };
}

async function ancestorsOf(caller: Caller, status: MastodonStatus): Promise<readonly MastodonStatus[]> {
  try {
    const { data } = await caller.ask({ path: `${statusPath(status.id)}/context` }, threadSchema);
    return readStatuses(data.ancestors).statuses;
  } catch (error) {
    if (!isHidden(error, caller)) throw error;
    return [];
  }
}

/** Deleted since, or shown to nobody but those who are signed in: then it stands on its own. */
function isHidden(error: unknown, { isSignedIn }: Caller): boolean {
  if (isGone(error)) return true;
  if (!(error instanceof EarshotError)) return false;
  return error.code === 'forbidden' || (error.code === 'unauthorized' && !isSignedIn);
}

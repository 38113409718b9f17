import { EarshotError } from '../../../../shared/contract/errors.ts';
import { singleLine } from '../text/clean-text.ts';
import type { Person } from './adapt.ts';
import { isSlack, type SlackApi } from './api.ts';
import type { KnownPerson } from './settings.ts';
import { userAnswerSchema } from './wire.ts';

const namesHoldMs = 7 * 24 * 60 * 60_000;
/** Each is a request; whoever is left over has a name at a later poll. */
const mostLookUps = 40;
const mostKept = 1_000;

/** Names of people: messages hold ids alone. */
export function createPeople(api: SlackApi, known: ReadonlyMap<string, KnownPerson>, now: () => number) {
  const people = new Map(known);
  let left = mostLookUps;
  let isForbidden = false;

  async function lookUp(id: string): Promise<void> {
    const held = people.get(id);
    if (held && now() - held.at < namesHoldMs) return;
    if (isForbidden || left <= 0) return;
    left -= 1;
    try {
      const { user } = await api.read('users.info', { user: id }, userAnswerSchema);
      const { profile, real_name, name } = user;
      const shown = singleLine(profile.display_name || profile.real_name || real_name || name);
      people.delete(id);
      people.set(id, { name: shown || name, handle: name, at: now() });
    } catch (error) {
      if (isSlack(error, 'missing_scope')) isForbidden = true;
      else if (!(error instanceof EarshotError) || error.code !== 'rejected') throw error;
    }
  }

  return {
    async named(ids: Iterable<string>): Promise<ReadonlyMap<string, Person>> {
      for (const id of new Set(ids)) if (id !== '') await lookUp(id);
      return people;
    },
    /** The newest ones. */
    kept: (): Record<string, KnownPerson> => Object.fromEntries([...people].slice(-mostKept)),
    /** The app may not read names. */
    isForbidden: () => isForbidden,
  };
}
export type People = ReturnType<typeof createPeople>;

import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention } from '../connector.ts';
import { createQueryFilter } from '../text/query-filter.ts';
import type { Adapted, Thread } from './adapt.ts';
import { type Caller, callerOf, placeOf } from './api.ts';
import type { GitHubCursor, GitHubPage, GitHubPollContext } from './settings.ts';

const firstLookBackMs = 7 * 24 * 60 * 60_000;
/** The search learns of a change minutes later. */
const overlapMs = 10 * 60_000;
const mostSeen = 500;
const mostRecent = 300;

/** What one poll has read and given so far. */
export interface PollState {
  readonly context: GitHubPollContext;
  readonly caller: Caller;
  /** Threads by `owner/name#number`, for comments that only name the number. */
  readonly threads: Map<string, Thread>;
  /** From where a stream is read. */
  since(stream: string): number;
  /** From where the comments of a search's threads are read: where it began, also when it goes on at a later poll. */
  begin(stream: string): number;
  finish(stream: string): void;
  /** The one that was made longest ago first: where the requests do not reach for all, none waits for ever. */
  inTurn(searches: readonly string[]): readonly string[];
  markAsked(search: string): void;
  /** True when it was read before and has not changed. */
  isKnown(id: string, updatedAt: number): boolean;
  note(id: string, updatedAt: number): void;
  /** A page with what is wanted of these and has changed; `through` moves the cursor of its stream on. */
  page(
    adapted: readonly Adapted[],
    through?: { readonly stream: string; readonly at: number },
    extra?: Partial<GitHubPage>,
  ): GitHubPage;
  forget(ids: readonly string[]): void;
  readonly recent: () => readonly string[];
  markLookedAt(): void;
  setLastModified(value: string | null): void;
}

export function createPollState(context: GitHubPollContext): PollState {
  const { settings, account, queries } = context;
  const isSearch = settings.what === 'search' || (settings.what === 'discussions' && !settings.repositories);
  const matches = isSearch ? createQueryFilter(queries) : () => true;
  const before = context.cursor;
  const newest = new Map(Object.entries(before?.newest ?? {}));
  const seen = new Map(Object.entries(before?.seen ?? {}));
  const unfinished = new Map(Object.entries(before?.unfinished ?? {}));
  let askedAt = new Map(Object.entries(before?.askedAt ?? {}));
  let recent: readonly string[] = before?.recent ?? [];
  let lookedAt = before?.lookedAt ?? 0;
  let lastModified = before?.lastModified ?? null;

  const isWanted = ({ mention, isBot }: Adapted): boolean =>
    !(isBot && settings.leavesBotsOut === true) && matches(mention);
  const cursor = (): GitHubCursor => ({
    newest: Object.fromEntries(newest),
    seen: Object.fromEntries([...seen].sort(([, a], [, b]) => b - a).slice(0, mostSeen)),
    recent: [...recent],
    unfinished: Object.fromEntries(unfinished),
    askedAt: Object.fromEntries(askedAt),
    lookedAt,
    lastModified,
  });
  const since = (stream: string): number => {
    const known = newest.get(stream);
    return known === undefined ? context.now() - firstLookBackMs : known - overlapMs;
  };

  return {
    context,
    caller: account === null ? { place: placeOf(settings), session: null } : callerOf(account),
    threads: new Map(),
    since,
    begin(stream) {
      const from = unfinished.get(stream) ?? since(stream);
      unfinished.set(stream, from);
      return from;
    },
    finish: (stream) => void unfinished.delete(stream),
    inTurn(searches) {
      askedAt = new Map(searches.map((search) => [search, askedAt.get(search) ?? 0]));
      return searches.toSorted((a, b) => (askedAt.get(a) ?? 0) - (askedAt.get(b) ?? 0));
    },
    markAsked: (search) => void askedAt.set(search, context.now()),
    isKnown: (id, updatedAt) => seen.get(id) === updatedAt,
    note: (id, updatedAt) => void seen.set(id, updatedAt),
    page(adapted, through, extra = {}) {
      const items: IncomingMention[] = [];
      for (const each of adapted) {
        const { mention, updatedAt } = each;
        if (seen.get(mention.key) === updatedAt) continue;
        seen.set(mention.key, updatedAt);
        if (isWanted(each)) items.push(mention);
      }
      const given = new Set(items.map(({ key }) => key));
      recent = [...recent.filter((id) => !given.has(id)), ...given].slice(-mostRecent);
      if (through !== undefined) {
        newest.set(through.stream, Math.max(newest.get(through.stream) ?? 0, through.at));
      }
      return { items, cursor: cursor(), ...extra };
    },
    forget(ids) {
      recent = recent.filter((id) => !ids.includes(id));
    },
    recent: () => recent,
    markLookedAt() {
      lookedAt = context.now();
    },
    setLastModified(value) {
      lastModified = value;
    },
  };
}

export function brokenWarning(count: number): Partial<GitHubPage> {
  if (count === 0) return {};
  return {
    warning: new EarshotError('bad-response', `${count} items of GitHub could not be read.`, {
      rejected: count,
    }),
  };
}

export const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

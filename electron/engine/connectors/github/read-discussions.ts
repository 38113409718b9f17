import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { readNodeThread, type ThreadRead } from './adapt.ts';
import { graphql } from './api.ts';
import { brokenWarning, iso, type PollState } from './poll-state.ts';
import { repositoryDiscussionsQuery, searchDiscussionsQuery, stillThereQuery } from './queries.ts';
import type { GitHubPage } from './settings.ts';

const mostPages = 20;
/** As many as one request takes. */
const mostLookedAt = 100;

const pageSchema = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  nodes: z.array(z.unknown()).nullish(),
});
type DiscussionPage = z.infer<typeof pageSchema>;

const searchSchema = z.object({ search: pageSchema });
const repositorySchema = z.object({ repository: z.object({ discussions: pageSchema }).nullable() });

function understood<Body>(data: unknown, schema: z.ZodType<Body>): Body {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new EarshotError('bad-response', 'GitHub gave an answer that Earshot does not understand.');
}

/**
 * Discussions that hold a word, the oldest change first. Its cursors count places, and what changes meanwhile moves to
 * the end: the next page is asked for by time where that leads on.
 */
export async function* pollDiscussionSearch(state: PollState, words: string): AsyncGenerator<GitHubPage> {
  const stream = `discussions ${words}`;
  let from = state.since(stream);
  let after: string | null = null;
  for (let count = 0; count < mostPages; count += 1) {
    const q = `${words} in:title,body,comments updated:>=${iso(from)} sort:updated-asc`;
    const { data } = await graphql(state.context, state.caller, searchDiscussionsQuery, { q, after });
    const { search }: { search: DiscussionPage } = understood(data, searchSchema);
    const { threads, broken } = readAll(search);
    const at = Math.max(0, ...threads.map(({ root }) => root.updatedAt));
    yield state.page(
      threads.flatMap(({ root, comments }) => [root, ...comments]),
      { stream, at },
      brokenWarning(broken),
    );
    const { hasNextPage, endCursor } = search.pageInfo;
    if (!hasNextPage || !endCursor) return;
    if (at > from) [from, after] = [at, null];
    else after = endCursor;
  }
}

/** Everything said in the discussions of one repository. GitHub gives the newest change first. */
export async function* pollDiscussions(state: PollState, repository: string): AsyncGenerator<GitHubPage> {
  const [owner = '', name = ''] = repository.split('/');
  const stream = `discussions of ${repository}`;
  const since = state.since(stream);
  const read: ThreadRead[] = [];
  let broken = 0;
  let after: string | null = null;
  for (let count = 0; count < mostPages; count += 1) {
    const variables = { owner, name, after };
    const { data } = await graphql(state.context, state.caller, repositoryDiscussionsQuery, variables);
    const answer: z.infer<typeof repositorySchema> = understood(data, repositorySchema);
    if (answer.repository === null) {
      throw new EarshotError('not-found', `GitHub shows no repository ${repository}. Check its name.`);
    }
    const page = readAll(answer.repository.discussions);
    const fresh = page.threads.filter(({ root }) => root.updatedAt >= since);
    read.push(...fresh);
    broken += page.broken;
    const { hasNextPage, endCursor } = answer.repository.discussions.pageInfo;
    after = endCursor ?? null;
    if (!hasNextPage || after === null || fresh.length < page.threads.length) break;
  }
  read.reverse();
  const at = read.at(-1)?.root.updatedAt ?? 0;
  yield state.page(
    read.flatMap(({ root, comments }) => [root, ...comments]),
    { stream, at },
    brokenWarning(broken),
  );
}

function readAll({ nodes }: DiscussionPage): { threads: readonly ThreadRead[]; broken: number } {
  const threads = (nodes ?? []).map(readNodeThread);
  const good = threads.filter((thread) => thread !== null);
  const broken = good.reduce((sum, thread) => sum + thread.broken, threads.length - good.length);
  return { threads: good, broken };
}

/** What was given lately and is not there any more. */
export async function* pollDeletions(state: PollState): AsyncGenerator<GitHubPage> {
  const ids = state.recent().slice(-mostLookedAt);
  if (state.caller.session === null || ids.length === 0) return;
  state.markLookedAt();
  try {
    const { data } = await graphql(state.context, state.caller, stillThereQuery, { ids });
    const { nodes } = understood(data, z.object({ nodes: z.array(z.unknown()) }));
    const removed = nodes.length === ids.length ? ids.filter((_, place) => nodes[place] === null) : [];
    state.forget(removed);
    yield state.page([], undefined, removed.length === 0 ? {} : { removed });
  } catch (error) {
    // One repository that the token may not see must not silence the others.
    if (!(error instanceof EarshotError) || error.code !== 'forbidden') throw error;
    yield state.page([]);
  }
}

import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import {
  type Adapted,
  adaptComment,
  adaptIssue,
  readComment,
  readIssue,
  type Thread,
  threadPlaceOf,
} from './adapt.ts';
import { rest } from './api.ts';
import { brokenWarning, iso, type PollState } from './poll-state.ts';
import type { GitHubPage } from './settings.ts';
import { listSchema, notificationSchema, searchSchema } from './wire.ts';

const itemsPerPage = 100;
const mostPages = 20;
/** Of 60 requests an hour without an account, and of 5,000 with one. */
const mostThreads = { keyless: 8, account: 40 };

interface Batch {
  readonly raws: readonly unknown[];
  /** The server gave up before it had found everything. */
  readonly isIncomplete: boolean;
}

/**
 * What has changed since, the oldest change first. The next page is asked for by time, because what changes while
 * pages are read moves to the end and would shift the rest past us.
 */
async function* forward(
  since: number,
  fetchPage: (since: number, page: number) => Promise<Batch>,
): AsyncGenerator<Batch> {
  let from = since;
  let page = 1;
  for (let count = 0; count < mostPages; count += 1) {
    const batch = await fetchPage(from, page);
    yield batch;
    if (batch.raws.length < itemsPerPage) return;
    const last = changedAt(batch.raws.at(-1));
    if (last > from) [from, page] = [last, 1];
    else page += 1;
  }
}

function changedAt(raw: unknown): number {
  const at = Date.parse(String((raw as { updated_at?: unknown } | null)?.updated_at));
  return Number.isNaN(at) ? 0 : at;
}

async function list(state: PollState, path: string): Promise<Batch> {
  const { body } = await rest(state.context, state.caller, { path }, listSchema);
  return { raws: body, isIncomplete: false };
}

/** Everything of one repository: what starts threads first, so that comments find theirs. */
export async function* pollRepository(state: PollState, repository: string): AsyncGenerator<GitHubPage> {
  const base = `/repos/${repository}`;
  const lists = [
    { stream: `${repository} issues`, path: `${base}/issues`, more: '&state=all' },
    { stream: `${repository} comments`, path: `${base}/issues/comments`, more: '' },
    { stream: `${repository} reviews`, path: `${base}/pulls/comments`, more: '' },
  ];
  for (const { stream, path, more } of lists) {
    const batches = forward(state.since(stream), (since, page) =>
      list(
        state,
        `${path}?since=${iso(since)}${more}&sort=updated&direction=asc&per_page=${itemsPerPage}&page=${page}`,
      ),
    );
    for await (const { raws } of batches) {
      const { adapted, broken } = await adaptAll(state, raws);
      const at = Math.max(0, ...raws.map(changedAt));
      yield state.page(adapted, { stream, at }, brokenWarning(broken));
    }
  }
}

async function adaptAll(
  state: PollState,
  raws: readonly unknown[],
): Promise<{ adapted: readonly Adapted[]; broken: number }> {
  const adapted: Adapted[] = [];
  let broken = 0;
  for (const raw of raws) {
    const found = readIssue(raw);
    if (found !== null) {
      remember(state, found.thread);
      adapted.push(adaptIssue(found.issue, found.thread));
      continue;
    }
    const comment = readComment(raw);
    const place = comment === null ? null : threadPlaceOf(comment);
    if (comment === null || place === null) {
      broken += 1;
      continue;
    }
    const thread = await threadAt(state, place);
    // Its issue was deleted or moved meanwhile: there is nothing to show it in.
    if (thread !== null) adapted.push(adaptComment(comment, thread));
  }
  return { adapted, broken };
}

const placeKey = (repository: string, number: number): string => `${repository.toLowerCase()}#${number}`;

function remember(state: PollState, thread: Thread): void {
  state.threads.set(placeKey(thread.repository, thread.number), thread);
}

async function threadAt(
  state: PollState,
  { repository, number }: { readonly repository: string; readonly number: number },
): Promise<Thread | null> {
  const known = state.threads.get(placeKey(repository, number));
  if (known) return known;
  return (await fetchIssue(state, `/repos/${repository}/issues/${number}`))?.thread ?? null;
}

async function fetchIssue(state: PollState, path: string): Promise<ReturnType<typeof readIssue>> {
  try {
    const { body } = await rest(state.context, state.caller, { path }, z.unknown());
    const found = readIssue(body);
    if (found !== null) remember(state, found.thread);
    return found;
  } catch (error) {
    if (error instanceof EarshotError && (error.code === 'not-found' || error.code === 'gone')) return null;
    throw error;
  }
}

/** The comments of one thread since then; those on the lines of a pull request stand in a list of their own. */
async function commentsOf(
  state: PollState,
  thread: Thread,
  since: number,
  kind: 'issues' | 'pulls' = 'issues',
): Promise<Adapted[]> {
  const found: Adapted[] = [];
  const path = `/repos/${thread.repository}/${kind}/${thread.number}/comments`;
  for (let page = 1; page <= mostPages; page += 1) {
    const { raws } = await list(state, `${path}?since=${iso(since)}&per_page=${itemsPerPage}&page=${page}`);
    for (const raw of raws) {
      const comment = readComment(raw);
      if (comment !== null) found.push(adaptComment(comment, thread));
    }
    if (raws.length < itemsPerPage) break;
  }
  return found;
}

/**
 * One search. What it finds by the words of a comment is the thread: its comments since then are read as well, and
 * only those that a tracker matches are given.
 */
export async function* pollSearch(
  state: PollState,
  words: string,
  type: 'issue' | 'pr',
): AsyncGenerator<GitHubPage> {
  const stream = `search ${type} ${words}`;
  const start = state.since(stream);
  const commentsFrom = state.begin(stream);
  let left = state.caller.session === null ? mostThreads.keyless : mostThreads.account;
  const batches = forward(start, async (since, page) => {
    const q = `${words} in:title,body,comments is:${type} updated:>=${iso(since)}`;
    const query = new URLSearchParams({
      q,
      sort: 'updated',
      order: 'asc',
      per_page: String(itemsPerPage),
      page: String(page),
    });
    const path = `/search/issues?${query.toString()}`;
    const { body } = await rest(state.context, state.caller, { path }, searchSchema);
    return { raws: body.items, isIncomplete: body.incomplete_results };
  });
  for await (const { raws, isIncomplete } of batches) {
    let broken = 0;
    for (const raw of raws) {
      const found = readIssue(raw);
      if (found === null) {
        broken += 1;
        continue;
      }
      const { issue, thread } = found;
      const hit = adaptIssue(issue, thread);
      if (state.isKnown(issue.node_id, hit.updatedAt)) continue;
      let comments: readonly Adapted[] = [];
      if (issue.comments > 0) {
        // The rest is for the next poll: the cursor has not passed it.
        if (left === 0) return;
        left -= 1;
        comments = await commentsOf(state, thread, commentsFrom);
      }
      // A search that was cut short may have left out what came before.
      const through = isIncomplete ? undefined : { stream, at: hit.updatedAt };
      yield state.page([hit, ...comments], through);
    }
    if (!isIncomplete && raws.length < itemsPerPage) state.finish(stream);
    const extra = isIncomplete ? { warning: incomplete() } : brokenWarning(broken);
    yield state.page([], undefined, extra);
    if (isIncomplete) return;
  }
}

function incomplete(): EarshotError {
  return new EarshotError(
    'server-error',
    'GitHub’s search gave up before it had found everything; it is asked again at the next poll.',
  );
}

/** Threads that the account is named in or takes part in, with what was said there since. */
export async function* pollInbox(state: PollState): AsyncGenerator<GitHubPage> {
  const stream = 'inbox';
  const since = state.since(stream);
  const lastModified = state.context.cursor?.lastModified ?? null;
  let hints: GitHubPage['hints'] = {};
  let newestAt = 0;
  let modified: string | null = null;
  for (let page = 1; page <= mostPages; page += 1) {
    const { body, headers, hasChanged } = await rest(
      state.context,
      state.caller,
      {
        path: `/notifications?participating=true&all=true&since=${iso(since)}&per_page=50&page=${page}`,
        headers: lastModified === null || page > 1 ? {} : { 'if-modified-since': lastModified },
      },
      listSchema.nullable(),
    );
    const seconds = Number(headers['x-poll-interval']);
    if (seconds > 0) hints = { minimumIntervalMs: seconds * 1000 };
    if (!hasChanged || body === null) return yield state.page([], undefined, { hints });
    if (page === 1) modified = headers['last-modified'] ?? null;
    for (const raw of body) {
      const notification = notificationSchema.safeParse(raw);
      if (!notification.success) continue;
      newestAt = Math.max(newestAt, Date.parse(notification.data.updated_at));
      yield* notified(state, notification.data, since, hints);
    }
    if (body.length < 50) break;
  }
  // They come with the newest first: only now nothing before it is missing.
  state.setLastModified(modified);
  yield state.page([], newestAt === 0 ? undefined : { stream, at: newestAt }, { hints });
}

async function* notified(
  state: PollState,
  { id, updated_at, subject }: z.infer<typeof notificationSchema>,
  since: number,
  hints: GitHubPage['hints'],
): AsyncGenerator<GitHubPage> {
  const place = /\/repos\/([\w.-]+\/[\w.-]+)\/(?:issues|pulls)\/(\d+)$/.exec(subject.url ?? '');
  const key = `notification ${id}`;
  const at = Date.parse(updated_at);
  if (place === null || state.isKnown(key, at)) return;
  const found = await fetchIssue(state, `/repos/${place[1] ?? ''}/issues/${place[2] ?? ''}`);
  if (found !== null) {
    const comments = await commentsOf(state, found.thread, since);
    const lines = found.thread.kind === 'pull' ? await commentsOf(state, found.thread, since, 'pulls') : [];
    yield state.page([adaptIssue(found.issue, found.thread), ...comments, ...lines], undefined, {
      hints: hints ?? {},
    });
  }
  state.note(key, at);
}

import { account, type Entry, isThread, nodeOf, repository } from './github-world.ts';

export interface World {
  readonly entries: ReadonlyMap<string, Entry>;
  add(entry: Pick<Entry, 'kind' | 'author' | 'text'> & Partial<Entry>): Entry;
  remove(nodeId: string): void;
  readonly reactions: Set<string>;
}

interface GraphqlBody {
  readonly data: unknown;
  readonly errors?: readonly { readonly type: string; readonly message: string; readonly path?: string[] }[];
}

const refuse = (type: string, message: string): GraphqlBody => ({ data: null, errors: [{ type, message }] });
const notFound = (id: string): GraphqlBody =>
  refuse('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);

/** Answers the few requests that there are, and refuses what GitHub refuses. */
export function answerGraphql(world: World, raw: unknown): GraphqlBody {
  const { query, variables = {} } = raw as { query: string; variables?: Record<string, string | null> };
  if (query.split('{').length !== query.split('}').length) return refuse('', 'Parse error on end of query');
  for (const name of query.match(/\$\w+(?=:)/g) ?? []) {
    if (!(name.slice(1) in variables)) return refuse('', `Variable ${name} was not provided`);
  }
  if (query.includes('search(type:DISCUSSION')) return search(world, variables);
  if (query.includes('repository(owner:')) return ofRepository(world, variables);
  if (query.includes('nodes(ids:')) return nodes(world, variables as never);
  if (query.includes('root:node(')) return look(world, variables);
  if (query.startsWith('mutation')) return mutate(world, query, variables);
  return refuse('', 'Unknown query');
}

const children = ({ entries }: World, parent: Entry): Entry[] =>
  [...entries.values()].filter((entry) =>
    isThread(parent)
      ? entry.rootId === parent.nodeId && entry !== parent && entry.replyTo === null
      : entry.replyTo === parent.nodeId,
  );

function full(world: World, entry: Entry): Record<string, unknown> {
  const root = world.entries.get(entry.rootId) ?? entry;
  const node = nodeOf(entry, root, world.entries.get(entry.replyTo ?? ''));
  const below = children(world, entry).slice(-100);
  if (isThread(entry)) node['comments'] = { nodes: below.map((comment) => full(world, comment)) };
  else if (entry.kind === 'DiscussionComment') {
    node['replies'] = { nodes: below.map((reply) => nodeOf(reply, root)) };
  }
  return node;
}

function paged(world: World, found: readonly Entry[], after: string | null | undefined): object {
  const start = Number(after ?? 0);
  const end = start + 25;
  return {
    pageInfo: { hasNextPage: end < found.length, endCursor: String(Math.min(end, found.length)) },
    nodes: found.slice(start, end).map((entry) => full(world, entry)),
  };
}

const discussions = ({ entries }: World): Entry[] =>
  [...entries.values()].filter(({ kind }) => kind === 'Discussion');

function search(world: World, { q = '', after }: Record<string, string | null>): GraphqlBody {
  const since = Date.parse(/updated:>=(\S+)/.exec(q ?? '')?.[1] ?? '');
  const word = /^"([^"]+)"/.exec(q ?? '')?.[1]?.toLowerCase();
  if (word === undefined || Number.isNaN(since) || !q?.includes('sort:updated-asc')) {
    return refuse('', 'A query attribute must be specified');
  }
  const found = discussions(world)
    .filter((each) =>
      [each, ...[...world.entries.values()].filter(({ rootId }) => rootId === each.nodeId)].some(({ text }) =>
        text.toLowerCase().includes(word),
      ),
    )
    .filter(({ updatedAt }) => updatedAt >= since)
    .sort((a, b) => a.updatedAt - b.updatedAt);
  return { data: { search: paged(world, found, after) } };
}

function ofRepository(world: World, { owner, name, after }: Record<string, string | null>): GraphqlBody {
  if (`${owner}/${name}` !== repository) {
    return {
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND', message: `Could not resolve to a Repository '${owner}/${name}'.` }],
    };
  }
  const found = discussions(world).sort((a, b) => b.updatedAt - a.updatedAt || b.number - a.number);
  return { data: { repository: { discussions: paged(world, found, after) } } };
}

function nodes({ entries }: World, { ids }: { ids: string[] }): GraphqlBody {
  if (ids.length > 100) return refuse('', 'You may not provide more than 100 node ids');
  const found = ids.map((id) => (entries.has(id) ? { id } : null));
  const errors = ids.filter((id) => !entries.has(id)).flatMap((id) => notFound(id).errors ?? []);
  return { data: { nodes: found }, ...(errors.length > 0 ? { errors } : {}) };
}

function look(world: World, { root, target }: Record<string, string | null>): GraphqlBody {
  const [thread, comment] = [root, target].map((id) => world.entries.get(id ?? ''));
  const errors = [
    thread ? [] : (notFound(root ?? '').errors ?? []),
    comment ? [] : (notFound(target ?? '').errors ?? []),
  ].flat();
  return {
    data: {
      root: thread ? full(world, thread) : null,
      // Fragments on comments alone: a thread has nothing of it.
      target: comment ? (isThread(comment) ? {} : full(world, comment)) : null,
    },
    ...(errors.length > 0 ? { errors } : {}),
  };
}

function mutate(world: World, query: string, variables: Record<string, string | null>): GraphqlBody {
  if (query.includes('addDiscussionComment(')) return addComment(world, variables);
  const id = variables['id'] ?? '';
  const entry = world.entries.get(id);
  if (entry === undefined) return notFound(id);
  if (query.includes('addReaction(')) world.reactions.add(id);
  else if (query.includes('removeReaction(')) world.reactions.delete(id);
  else if (query.includes('inimizeComment(')) {
    if (isThread(entry)) return refuse('UNPROCESSABLE', 'Subject is not minimizable');
    entry.isMinimized = query.includes('{minimizeComment(');
  } else {
    const kinds = {
      'deleteIssueComment(': 'IssueComment',
      'deletePullRequestReviewComment(': 'PullRequestReviewComment',
      'deleteDiscussionComment(': 'DiscussionComment',
    };
    const kind = Object.entries(kinds).find(([name]) => query.includes(name))?.[1];
    if (kind !== entry.kind) return notFound(id);
    if (entry.author !== account.login) return refuse('FORBIDDEN', 'Viewer may not delete this');
    world.remove(id);
  }
  return { data: {} };
}

function addComment(
  world: World,
  { discussionId, body, replyToId }: Record<string, string | null>,
): GraphqlBody {
  const discussion = world.entries.get(discussionId ?? '');
  if (discussion?.kind !== 'Discussion') return notFound(discussionId ?? '');
  if (discussion.isLocked) return refuse('FORBIDDEN', 'Discussion is locked');
  if (!body?.trim()) return refuse('UNPROCESSABLE', 'Body cannot be blank');
  if (body.length > 65_536) return refuse('UNPROCESSABLE', 'Body is too long (maximum is 65536 characters)');
  if (replyToId !== null) {
    const parent = world.entries.get(replyToId ?? '');
    if (parent?.kind !== 'DiscussionComment') return notFound(replyToId ?? '');
    if (parent.replyTo !== null) {
      return refuse('UNPROCESSABLE', 'Parent comment is already in a thread, cannot reply to it');
    }
  }
  const made = world.add({
    kind: 'DiscussionComment',
    author: account.login,
    text: body,
    rootId: discussion.nodeId,
    replyTo: replyToId ?? null,
  });
  const comment = nodeOf(made, discussion);
  return { data: { addDiscussionComment: { comment } } };
}

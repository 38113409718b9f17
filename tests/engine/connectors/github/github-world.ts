/** What is on the stand-in for GitHub, and how both of its interfaces word it. */
export interface Entry {
  readonly nodeId: string;
  /** The number that the REST interface gives, digit by digit. */
  readonly id: string;
  readonly kind:
    | 'Issue'
    | 'PullRequest'
    | 'Discussion'
    | 'IssueComment'
    | 'PullRequestReviewComment'
    | 'DiscussionComment';
  /** Of a thread. */
  readonly number: number;
  readonly author: string;
  text: string;
  readonly at: number;
  updatedAt: number;
  /** The thread it stands in; its own node id when it starts one. */
  readonly rootId: string;
  readonly replyTo: string | null;
  isSpoiled: boolean;
  isLocked: boolean;
  isMinimized: boolean;
}

export const repository = 'orbit/tools';
export const account = { login: 'brand-team', id: 4711 };
export const bot = 'release-bot';
const title = 'An idea';

const userIds = new Map([[account.login, account.id]]);
export function userId(login: string): number {
  const known = userIds.get(login) ?? 5_000 + userIds.size;
  userIds.set(login, known);
  return known;
}

export const isThread = ({ kind }: Entry): boolean =>
  kind === 'Issue' || kind === 'PullRequest' || kind === 'Discussion';

const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

const htmlOf = (markdown: string): string =>
  `<p>${markdown
    .replace(/<!--.*?-->/gs, '')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')}</p>`;

export function urlOf(entry: Entry, root: Entry): string {
  const page = { Issue: 'issues', PullRequest: 'pull', Discussion: 'discussions' }[root.kind as 'Issue'];
  const place = `https://github.com/${repository}/${page}/${root.number}`;
  if (isThread(entry)) return place;
  const anchors = {
    IssueComment: `issuecomment-${entry.id}`,
    PullRequestReviewComment: `discussion_r${entry.id}`,
    DiscussionComment: `discussioncomment-${entry.id}`,
  };
  return `${place}#${anchors[entry.kind as 'IssueComment']}`;
}

/** Numbers beyond 2^53 have to be written into the JSON as text. */
export function jsonText(body: unknown): string {
  return JSON.stringify(body).replace(/"@@(\d+)@@"/g, '$1');
}

export function restOf(entry: Entry, root: Entry, commentCount: number, replyTo: Entry | undefined): object {
  const api = `https://api.github.com/repos/${repository}`;
  const common = {
    id: `@@${entry.id}@@`,
    node_id: entry.nodeId,
    html_url: urlOf(entry, root),
    ...(entry.isSpoiled ? {} : { created_at: iso(entry.at) }),
    updated_at: iso(entry.updatedAt),
    user: {
      login: entry.author,
      id: userId(entry.author),
      type: entry.author === bot ? 'Bot' : 'User',
      html_url: `https://github.com/${entry.author}`,
    },
    body: entry.text,
    body_html: htmlOf(entry.text),
  };
  if (isThread(entry)) {
    return {
      ...common,
      number: entry.number,
      title,
      repository_url: api,
      comments: commentCount,
      locked: entry.isLocked,
      ...(entry.kind === 'PullRequest' ? { pull_request: { url: `${api}/pulls/${entry.number}` } } : {}),
    };
  }
  return entry.kind === 'PullRequestReviewComment'
    ? {
        ...common,
        pull_request_url: `${api}/pulls/${root.number}`,
        ...(replyTo === undefined ? {} : { in_reply_to_id: `@@${replyTo.id}@@` }),
      }
    : { ...common, issue_url: `${api}/issues/${root.number}` };
}

export function nodeOf(entry: Entry, root: Entry, replyTo?: Entry): Record<string, unknown> {
  return {
    __typename: entry.kind,
    id: entry.nodeId,
    url: urlOf(entry, root),
    body: entry.text,
    bodyHTML: htmlOf(entry.text),
    ...(entry.isSpoiled ? {} : { createdAt: iso(entry.at) }),
    updatedAt: iso(entry.updatedAt),
    author: {
      __typename: entry.author === bot ? 'Bot' : 'User',
      login: entry.author,
      url: `https://github.com/${entry.author}`,
      databaseId: userId(entry.author),
    },
    ...(isThread(entry)
      ? { number: entry.number, title, locked: entry.isLocked, repository: { nameWithOwner: repository } }
      : {
          replyTo:
            entry.replyTo === null
              ? null
              : { id: entry.replyTo, ...(replyTo ? { url: urlOf(replyTo, root) } : {}) },
        }),
  };
}

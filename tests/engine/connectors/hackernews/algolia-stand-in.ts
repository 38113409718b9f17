import { loopbackServer, type LoopbackServer } from '../http/loopback-server.ts';

export interface StandInItem {
  readonly id: number;
  readonly at: number;
  readonly author: string;
  readonly title?: string;
  readonly url?: string;
  readonly story_text?: string;
  readonly comment_text?: string;
  readonly story_id?: number;
  readonly story_title?: string;
  readonly parent_id?: number;
}

export interface StandIn {
  readonly apiUrl: string;
  readonly server: LoopbackServer;
  /** What it knows; tests add, change and remove. */
  items: StandInItem[];
  /** The searches so far. */
  readonly searches: URLSearchParams[];
}

const known = new Set(
  'query tags numericFilters page hitsPerPage typoTolerance queryType restrictSearchableAttributes advancedSyntax'.split(
    ' ',
  ),
);
const attributes = ['title', 'story_text', 'comment_text', 'url', 'author'] as const;

/** Answers as the search of Hacker News does, and refuses what it refuses. */
export async function algoliaStandIn(items: StandInItem[] = []): Promise<StandIn> {
  const searches: URLSearchParams[] = [];
  const standIn = { items, searches } as { items: StandInItem[]; searches: URLSearchParams[] };
  const server = await loopbackServer((request, response) => {
    const { status, body } = searchAnswer(standIn, new URL(request.url ?? '/', 'http://stand-in'));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return Object.assign(standIn, { server, apiUrl: `${server.url}/api/v1` });
}

export function searchAnswer(
  standIn: Pick<StandIn, 'items' | 'searches'>,
  url: URL,
): { readonly status: number; readonly body: unknown } {
  const send = (status: number, body: unknown): { status: number; body: unknown } => ({ status, body });
  const refuse = (message: string): { status: number; body: unknown } => send(400, { message, status: 400 });
  if (url.pathname !== '/api/v1/search_by_date') return send(404, { message: 'Not found', status: 404 });
  const params = url.searchParams;
  standIn.searches.push(params);
  for (const name of params.keys()) if (!known.has(name)) return refuse(`Unknown parameter: ${name}`);

  const hitsPerPage = Number(params.get('hitsPerPage') ?? 20);
  const page = Number(params.get('page') ?? 0);
  if (!Number.isInteger(hitsPerPage) || hitsPerPage < 1 || hitsPerPage > 1_000)
    return refuse('invalid hitsPerPage');
  if (!Number.isInteger(page) || page < 0 || page * hitsPerPage >= 1_000) return refuse('invalid page');
  const typos = params.get('typoTolerance') ?? 'true';
  if (!['true', 'false', 'min', 'strict'].includes(typos)) return refuse('invalid typoTolerance');
  const queryType = params.get('queryType') ?? 'prefixLast';
  if (!['prefixNone', 'prefixLast', 'prefixAll'].includes(queryType)) return refuse('invalid queryType');
  const searched = params.get('restrictSearchableAttributes')?.split(',') ?? attributes;
  if (searched.some((name) => !attributes.includes(name as never))) {
    return refuse('restrictSearchableAttributes: unknown attribute');
  }
  const filters = (params.get('numericFilters') ?? '').split(',').filter((filter) => filter !== '');
  const bounds = filters.map((filter) =>
    /^(created_at_i|points|num_comments)(<=|>=|<|>|=)(-?\d+)$/.exec(filter),
  );
  if (bounds.includes(null)) return refuse('invalid numericFilters');
  const tags = params.get('tags');
  if (tags !== null && tags !== '(story,comment)') return refuse('invalid tags');

  const found = standIn.items
    .filter((item) => bounds.every((bound) => holds(item.at, bound?.[2] ?? '', Number(bound?.[3]))))
    .filter((item) => matches(item, params.get('query') ?? '', queryType !== 'prefixNone', searched))
    .sort((a, b) => b.at - a.at || b.id - a.id);
  const reachable = found.slice(0, 1_000);
  return send(200, {
    hits: reachable.slice(page * hitsPerPage, (page + 1) * hitsPerPage).map(hitOf),
    nbHits: found.length,
    page,
    nbPages: Math.ceil(reachable.length / hitsPerPage),
    hitsPerPage,
    query: params.get('query'),
  });
}

function holds(at: number, operator: string, value: number): boolean {
  if (operator === '<') return at < value;
  if (operator === '<=') return at <= value;
  if (operator === '>') return at > value;
  return operator === '>=' ? at >= value : at === value;
}

/** Words, and the signs that the index keeps, each by itself. */
function tokensOf(text: string): string[] {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}]+|[+#$.]/gu) ?? [];
}

function matches(item: StandInItem, query: string, hasPrefix: boolean, searched: readonly string[]): boolean {
  const texts = searched.map((name) => tokensOf(String(item[name as 'title'] ?? '')));
  const parts = query.match(/-?"[^"]*"|\S+/g) ?? [];
  return parts.every((part, place) => {
    const isNot = part.startsWith('-');
    const tokens = tokensOf(isNot ? part.slice(1) : part);
    const isLast = hasPrefix && place === parts.length - 1 && !part.includes('"');
    const isPhrase = part.includes('"');
    const isThere = isPhrase
      ? texts.some((text) =>
          text.some((_, at) => tokens.every((token, offset) => text[at + offset] === token)),
        )
      : tokens.every((token, at) =>
          texts.some((text) =>
            text.some((word) =>
              isLast && at === tokens.length - 1 ? word.startsWith(token) : word === token,
            ),
          ),
        );
    return isThere !== isNot;
  });
}

function hitOf(item: StandInItem): object {
  const isComment = item.comment_text !== undefined;
  const root = item.story_id ?? item.id;
  return {
    objectID: String(item.id),
    created_at: new Date(item.at * 1000).toISOString().replace('.000', ''),
    created_at_i: item.at,
    author: item.author,
    title: item.title ?? null,
    url: item.url ?? null,
    points: isComment ? null : 1,
    num_comments: isComment ? null : 0,
    story_text: item.story_text ?? null,
    comment_text: item.comment_text ?? null,
    story_id: isComment ? root : null,
    story_title: item.story_title ?? null,
    story_url: null,
    parent_id: item.parent_id ?? null,
    _tags: [isComment ? 'comment' : 'story', `author_${item.author}`, `story_${root}`],
    _highlightResult: { author: { value: item.author, matchLevel: 'none', matchedWords: [] } },
  };
}

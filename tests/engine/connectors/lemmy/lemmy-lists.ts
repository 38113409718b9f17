import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';
import { host, type Item } from './lemmy-views.ts';

export const refuse = (error: string, status = 400): StandInAnswer => ({ status, body: { error } });

export function pageOf(
  request: StandInRequest,
  generation: 3 | 4,
  found: readonly Item[],
): { shown: Item[]; next: string | null } {
  const query = request.url.searchParams;
  const limit = Number(query.get('limit') ?? 20);
  const sorted = [...found].sort((a, b) => b.at - a.at || b.order - a.order);
  const from =
    generation === 3
      ? (Number(query.get('page') ?? 1) - 1) * limit
      : sorted.findIndex((item) => `P${item.order.toString(36)}` === query.get('page_cursor')) + 1;
  const shown = sorted.slice(from, from + limit);
  const last = shown.at(-1);
  return { shown, next: shown.length === limit && last ? `P${last.order.toString(36)}` : null };
}

/** What the real one does not take either; null when the list may be given. */
export function listRefusal({ url }: StandInRequest, generation: 3 | 4): StandInAnswer | null {
  const query = url.searchParams;
  const limit = Number(query.get('limit') ?? 20);
  const community = query.get('community_name');
  if (limit > 50 || limit < 1) return refuse('couldnt_get_comments');
  if (community !== null && community !== 'tools' && community !== `tools@${host}`) {
    return refuse('couldnt_find_community', 404);
  }
  const words = generation === 3 ? ['All', 'New'] : ['all', 'new'];
  for (const name of ['type_', 'sort']) {
    const word = query.get(name);
    if (word !== null && !words.includes(word)) return { status: 400, body: 'Query deserialize error' };
  }
  if (generation === 4 && query.has('page')) return refuse('unknown');
  if (generation === 3 && query.has('page_cursor') && url.pathname.endsWith('/comment/list')) {
    return refuse('unknown');
  }
  return null;
}

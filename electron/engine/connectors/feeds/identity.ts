import { normalizeUrl } from '../text/normalize-url.ts';
import { shortHash, type RecentItem } from './cursor.ts';
import type { ParsedItem } from './wire.ts';

export interface IdentifiedItem {
  readonly key: string;
  readonly item: ParsedItem;
}

/** 162 bits of the hash. */
const keyLength = 27;
const linkLength = 11;
const maximumRecent = 1_000;
/** From here on it is not the items that are new but their ids. */
const movedShare = 0.8;

/** The key of the item that has this id, in whichever poll. */
export function keyOfId(feedId: string, id: string): string {
  return shortHash(`${feedId}\n${id}`, keyLength);
}

/**
 * Gives every item the key it will have for ever, from what the feed gives: its id, else its link, else its
 * words. Feeds break this in two ways: several items with one id, and new ids for all items when the site moves.
 */
export function identifyItems(
  items: readonly ParsedItem[],
  feedId: string,
  recent: readonly RecentItem[],
): { readonly items: readonly IdentifiedItem[]; readonly recent: readonly RecentItem[] } {
  const known = new Map(
    recent.flatMap((entry) => [entry.key, entry.alias ?? entry.key].map((key) => [key, entry] as const)),
  );
  const derived = deriveKeys(items, feedId, known);
  const adopted = adoptKeys(derived, recent, known);

  const kept = derived.map(({ key, item }) => ({
    key: adopted.get(key) ?? known.get(key)?.key ?? key,
    item,
  }));
  const seen: RecentItem[] = derived.map(({ key, item }, index) => {
    const own = kept[index]?.key ?? key;
    return { key: own, link: linkHash(item), ...(own === key ? {} : { alias: key }) };
  });
  const present = new Set(seen.map(({ key }) => key));
  return {
    items: kept,
    recent: [...seen, ...recent.filter(({ key }) => !present.has(key))].slice(0, maximumRecent),
  };
}

function deriveKeys(
  items: readonly ParsedItem[],
  feedId: string,
  known: ReadonlyMap<string, RecentItem>,
): IdentifiedItem[] {
  const groups = Map.groupBy(items, basisOf);
  const used = new Set<string>();
  const owners = new Set<ParsedItem>();
  for (const [basis, group] of groups) {
    // The plain id belongs to the item that had it before; a newcomer that reuses the id must not take it over.
    const before = known.get(keyOfId(feedId, basis))?.link ?? null;
    const owner = group.find((item) => before !== null && linkHash(item) === before) ?? group[0];
    if (owner !== undefined) owners.add(owner);
  }
  const result: IdentifiedItem[] = [];
  const contents = new Set<string>();
  for (const item of items) {
    const basis = basisOf(item);
    const group = groups.get(basis) ?? [];
    if (group.length > 1) {
      // The very same item listed twice is one item.
      const content = JSON.stringify([
        basis,
        item.link,
        item.title,
        item.publishedAt,
        item.body?.value,
        item.author,
      ]);
      if (contents.has(content)) continue;
      contents.add(content);
    }
    let key = keyOfId(feedId, basis);
    if (!owners.has(item))
      key = keyOfId(feedId, `${basis}\n${item.link === null ? '' : normalizeUrl(item.link)}`);
    for (let ordinal = 2; used.has(key); ordinal += 1) key = keyOfId(feedId, `${basis}\n#${ordinal}`);
    used.add(key);
    result.push({ key, item });
  }
  return result;
}

/** What tells an item from the others of its feed. An id is taken as it is, never normalised. */
function basisOf(item: ParsedItem): string {
  if (item.id !== null) return item.id;
  if (item.link !== null) return normalizeUrl(item.link);
  return `${item.title ?? ''}\n${item.body?.value ?? ''}`;
}

/** When most items seem new, those whose page is known keep the key they had. */
function adoptKeys(
  derived: readonly IdentifiedItem[],
  recent: readonly RecentItem[],
  known: ReadonlyMap<string, RecentItem>,
): ReadonlyMap<string, string> {
  const unknown = derived.filter(({ key }) => !known.has(key));
  const adopted = new Map<string, string>();
  if (recent.length === 0 || unknown.length <= derived.length * movedShare) return adopted;
  const taken = new Set(derived.map(({ key }) => known.get(key)?.key));
  const byLink = Map.groupBy(recent, ({ link }) => link);
  const newByLink = Map.groupBy(unknown, ({ item }) => linkHash(item));
  for (const [link, candidates] of newByLink) {
    const before = link === null ? undefined : byLink.get(link);
    // A page that several items share tells nothing.
    const [old, item] = [before?.[0], candidates[0]];
    if (before?.length !== 1 || candidates.length !== 1 || old === undefined || item === undefined) continue;
    if (!taken.has(old.key)) adopted.set(item.key, old.key);
  }
  return adopted;
}

/** http and https are the same page here: it is the usual move. */
function linkHash(item: ParsedItem): string | null {
  if (item.link === null) return null;
  return shortHash(normalizeUrl(item.link).replace(/^https?:\/\/(www\.)?/, ''), linkLength);
}

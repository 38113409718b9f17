import type { SavedReply } from '../../../shared/model/reply.ts';

/** Those that the words mean, best first; without words the ones used last come first within their folders. */
export function findSavedReplies(savedReplies: readonly SavedReply[], words: string): SavedReply[] {
  const wanted = fold(words);
  if (wanted === '') {
    return savedReplies.toSorted(
      (a, b) =>
        a.folder.localeCompare(b.folder) ||
        (b.usedAt ?? 0) - (a.usedAt ?? 0) ||
        a.name.localeCompare(b.name, undefined, { numeric: true }),
    );
  }
  return savedReplies
    .map((savedReply) => ({ savedReply, score: scoreOf(savedReply, wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (b.savedReply.usedAt ?? 0) - (a.savedReply.usedAt ?? 0))
    .map(({ savedReply }) => savedReply);
}

function scoreOf({ name, folder, text }: SavedReply, wanted: string): number {
  const named = fold(name);
  if (named.startsWith(wanted)) return 100;
  if (named.split(/\s+/).some((word) => word.startsWith(wanted))) return 80;
  if (named.includes(wanted)) return 60;
  const all = fold(`${folder} ${name} ${text}`);
  if (wanted.split(/\s+/).every((word) => all.includes(word))) return 40;
  return hasLettersInOrder(named, wanted) ? 20 : 0;
}

function hasLettersInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters.replaceAll(/\s/g, '')) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** A piece of the query language: shown as help, inserted by a click. */
export interface QueryExample {
  readonly text: string;
  readonly meaning: string;
}

export const queryExamples: readonly QueryExample[] = [
  { text: '"earshot app"', meaning: 'these words side by side' },
  { text: 'earshot OR "ear shot"', meaning: 'either of them' },
  { text: 'earshot inbox', meaning: 'both, anywhere in the text' },
  { text: '-hearing', meaning: 'leaves out what has this word' },
  { text: '(bug OR crash) earshot', meaning: 'groups with parentheses' },
  { text: 'earshot NEAR/5 update', meaning: 'at most five words apart' },
  { text: 'earshot*', meaning: 'any word that begins so' },
  { text: 'title:earshot', meaning: 'in the title' },
  { text: 'from:ada', meaning: 'written by this person' },
  { text: 'site:example.com', meaning: 'published on this site' },
  { text: 'lang:en', meaning: 'in this language' },
  { text: 'source:"Our forum"', meaning: 'came by this source' },
];

export interface Insertion {
  readonly text: string;
  /** Where the caret goes. */
  readonly caret: number;
}

/** Puts a piece into the query in place of the selection, parted by blanks from what stands around it. */
export function insertIntoQuery(query: string, piece: string, start: number, end: number): Insertion {
  const before = query.slice(0, start);
  const after = query.slice(end);
  const lead = before === '' || /[\s(]$/.test(before) ? '' : ' ';
  const trail = after === '' || /^[\s)]/.test(after) ? '' : ' ';
  const text = before + lead + piece + trail + after;
  return { text, caret: before.length + lead.length + piece.length };
}

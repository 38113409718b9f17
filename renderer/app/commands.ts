export const commandGroups = ['Actions', 'Views', 'Trackers', 'Sources'] as const;

export interface Command {
  readonly id: string;
  readonly group: (typeof commandGroups)[number];
  readonly label: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

/** The commands that the text means, best first within the groups: `>` actions alone, `/` views alone. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const prefix = /^\s*[>/]/.exec(text)?.[0].trim();
  const wanted = fold(prefix === undefined ? text : text.replace(/^\s*[>/]/, ''));
  const allowed = commands.filter(
    ({ group }) => prefix === undefined || (prefix === '>' ? group === 'Actions' : group !== 'Actions'),
  );
  if (wanted === '') return allowed;
  return allowed
    .map((command) => ({ command, score: fuzzyScore(fold(command.label), wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

/** 0: no match. Otherwise the better, the earlier and the closer together the letters stand, best at word starts. */
export function fuzzyScore(label: string, wanted: string): number {
  const at = label.indexOf(wanted);
  if (at === 0) return 100;
  if (at > 0) return /\s/.test(label.charAt(at - 1)) ? 80 : 60;
  let from = 0;
  let gaps = 0;
  for (const letter of wanted.replaceAll(' ', '')) {
    const found = label.indexOf(letter, from);
    if (found < 0) return 0;
    if (from > 0 && found > from && !/\s/.test(label.charAt(found - 1))) gaps += found - from;
    from = found + 1;
  }
  return Math.max(1, 40 - gaps);
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

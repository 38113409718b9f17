/** What the variables stand for in one conversation; null or empty is not known. */
export interface SavedReplyValues {
  /** As the platform shows it; the first name is taken from it. */
  readonly authorName: string | null;
  readonly authorHandle: string | null;
  readonly accountName: string | null;
  readonly platformName: string | null;
}

/** Names as they are written between braces. */
export const savedReplyVariables = [
  { name: 'author.first', means: 'the first name of whoever is answered' },
  { name: 'author.name', means: 'their whole name' },
  { name: 'author.handle', means: 'their handle' },
  { name: 'account.name', means: 'the name of the account that answers' },
  { name: 'platform', means: 'the platform’s name' },
] as const;

type VariableName = (typeof savedReplyVariables)[number]['name'];

const placeholder = /\{([a-z]+(?:\.[a-z]+)?)(?:\|([^{}\n]{0,200}))?\}/g;
const prompt = /\{\?([^{}\n]{1,100})\}/g;

/**
 * A saved reply as it is put into a message. `{author.first|there}` becomes the value, or what stands after the bar;
 * with neither it becomes a prompt, so that nothing half filled is sent. Prompts `{?order number}` stay as they are.
 * Braces around anything else are the writer's own.
 */
export function expandSavedReply(text: string, values: SavedReplyValues): string {
  const known: Readonly<Record<VariableName, string | null>> = {
    'author.first': firstName(values.authorName),
    'author.name': values.authorName,
    'author.handle': values.authorHandle,
    'account.name': values.accountName,
    platform: values.platformName,
  };
  return text.replace(placeholder, (written, name: string, fallback: string | undefined) => {
    if (!isVariable(name)) return written;
    const value = known[name]?.trim() ?? '';
    // A value is a stranger's words: braces in it must not become a prompt of ours.
    if (value !== '') return value.replaceAll(/[{}]/g, '');
    return fallback ?? `{?${promptWords[name]}}`;
  });
}

const promptWords: Readonly<Record<VariableName, string>> = {
  'author.first': 'first name',
  'author.name': 'name',
  'author.handle': 'handle',
  'account.name': 'account',
  platform: 'platform',
};

function isVariable(name: string): name is VariableName {
  return savedReplyVariables.some((variable) => variable.name === name);
}

/** The first word of a name that has letters; emoji, brackets and quotes around it are left off. */
function firstName(name: string | null): string | null {
  for (const word of (name ?? '').split(/[\s(@,]+/)) {
    const letters = /\p{L}[\p{L}\p{M}\p{N}'’_.-]*/u.exec(word)?.[0].replace(/[._-]+$/, '');
    if (letters !== undefined && letters !== '') return letters;
  }
  return null;
}

export interface Prompt {
  /** UTF-16 units of the text, end exclusive, braces included. */
  readonly start: number;
  readonly end: number;
  /** What is asked for. */
  readonly label: string;
}

/** What still has to be filled in, in the order it stands. */
export function findPrompts(text: string): Prompt[] {
  return [...text.matchAll(prompt)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    label: (match[1] ?? '').trim(),
  }));
}

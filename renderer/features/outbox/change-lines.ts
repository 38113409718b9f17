import { z } from 'zod';
import type { Failure } from '../../../shared/contract/errors.ts';

const changeSchema = z.object({
  kind: z.string(),
  author: z.string().nullish(),
  text: z.string().nullish(),
});

export interface ChangeLine {
  readonly what: string;
  /** What it says now. */
  readonly text: string | null;
}

/** `details.change` of a conflict as lines to read: one change or several. What is not understood is left to the message. */
export function changeLines(details: Failure['details']): ChangeLine[] {
  const change = details?.['change'];
  const list: readonly unknown[] = Array.isArray(change) ? change : [change];
  return list.flatMap((one) => {
    const parsed = changeSchema.safeParse(one);
    if (!parsed.success) return [];
    const { kind, author, text } = parsed.data;
    const what = whatWords(kind, author ?? null);
    return what === null ? [] : [{ what, text: text ?? null }];
  });
}

function whatWords(kind: string, author: string | null): string | null {
  const who = author ?? 'Somebody';
  switch (kind) {
    case 'edited':
      return `${who} changed it meanwhile:`;
    case 'deleted':
    case 'removed':
      return `${who} deleted it.`;
    case 'answered':
    case 'added':
    case 'new':
      return `${who} wrote meanwhile:`;
    case 'closed':
      return 'Nothing more can be written there.';
    default:
      return null;
  }
}

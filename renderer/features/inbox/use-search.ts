import { useEffect, useState } from 'react';
import type { QueryMistake } from '../../../shared/query/query.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { asYouType } from './as-you-type.ts';
import { inboxStore, useInboxState } from './inbox-store.ts';

/** Long enough that a word typed in one go is one search. */
const pauseMs = 140;

export interface InboxSearch {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What the list shows: the newest text that could be read. Empty: no search. */
  readonly applied: string;
  readonly mistake: QueryMistake | null;
}

/** The search field. A text that cannot be read yet ("acme OR") leaves the former result in place. */
export function useSearch(): InboxSearch {
  const text = useInboxState((state) => state.search);
  const [settled, setSettled] = useState(text);
  const [applied, setApplied] = useState(() => asYouType(text));
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text === '' ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const trimmed = settled.trim();
  const parsed = trimmed === '' ? null : parseQuery(settled);
  const isReadable = parsed === null || parsed.isValid;
  // Adjusted while rendering, as React recommends for state derived from what has changed.
  const meant = asYouType(settled);
  if (isReadable && applied !== meant) setApplied(meant);
  return {
    text,
    setText: (search) => inboxStore.setState({ search }),
    applied: text === '' ? '' : applied,
    mistake: parsed === null || parsed.isValid || settled !== text ? null : parsed.mistake,
  };
}

import Scissors from 'lucide-react/icons/scissors';
import { useEffect, useMemo, useRef } from 'react';
import type { TextLimit } from '../../../shared/model/text-limit.ts';
import { measureText } from '../../../shared/text/count-text.ts';
import { splitThread } from '../../../shared/text/split-thread.ts';
import { Button } from '../../ui/button.tsx';
import css from './length-note.module.css';
import type { Counter } from './sendable.ts';

/** What the text is cut into: one part unless it is over the limit. */
export function useParts(
  text: string,
  limit: TextLimit | null,
  /** What will stand before the text, and counts. */
  opening: string,
  counter: Counter | null,
): readonly string[] {
  const isOver = counter?.measure.isOver === true;
  return useMemo(
    () => (isOver && limit !== null ? splitThread(text, limit, opening) : []),
    [isOver, text, limit, opening],
  );
}

/** Over the limit: a thread is offered, beside what sends it, so that it is in sight however long the text is. */
export function LengthOffer({
  parts,
  limit,
  isThread,
  onThread,
}: {
  /** None: nothing is too long. */
  readonly parts: readonly string[];
  readonly limit: TextLimit | null;
  readonly isThread: boolean;
  readonly onThread: (isThread: boolean) => void;
}) {
  if (parts.length === 0 || limit === null) return null;
  const isHopeless = parts.some((part) => measureText(part, limit).isOver);
  return (
    <div className={css.offer} data-split={isThread || undefined}>
      <span>
        {isHopeless
          ? 'Something in it is too long for any part, so it has to be shortened.'
          : isThread
            ? `Goes out as ${parts.length} replies, one below the other.`
            : 'Longer than the platform takes in one reply.'}
      </span>
      {!isHopeless && (
        <Button size="small" icon={<Scissors aria-hidden="true" />} onPress={() => onThread(!isThread)}>
          {isThread ? 'Keep it as one' : 'Split into a thread'}
        </Button>
      )}
    </div>
  );
}

/** The thread as it will go out. */
export function ThreadParts({
  parts,
  limit,
}: {
  readonly parts: readonly string[];
  readonly limit: TextLimit;
}) {
  const ref = useRef<HTMLOListElement>(null);
  useEffect(() => {
    ref.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <ol ref={ref} className={css.parts} aria-label="Parts of the thread">
      {parts.map((part, index) => (
        <li key={index} className={css.part}>
          <span className={css.place}>
            {index + 1} of {parts.length}
          </span>
          <span className={css.words} dir="auto">
            {part}
          </span>
          <span className={css.place}>{measureText(part, limit).left.toLocaleString()} left</span>
        </li>
      ))}
    </ol>
  );
}

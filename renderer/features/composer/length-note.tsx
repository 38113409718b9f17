import Scissors from 'lucide-react/icons/scissors';
import { useEffect, useMemo, useRef } from 'react';
import type { TextLimit } from '../../../shared/model/text-limit.ts';
import { measureText } from '../../../shared/text/count-text.ts';
import { splitThread } from '../../../shared/text/split-thread.ts';
import { Button } from '../../ui/button.tsx';
import css from './length-note.module.css';
import type { Counter } from './sendable.ts';

/** Over the limit: a thread is offered, and shown before it is sent. */
export function LengthNote({
  text,
  limit,
  opening,
  counter,
  isThread,
  onThread,
}: {
  readonly text: string;
  readonly limit: TextLimit;
  /** What will stand before the text, and counts. */
  readonly opening: string;
  readonly counter: Counter | null;
  readonly isThread: boolean;
  readonly onThread: (isThread: boolean) => void;
}) {
  const isOver = counter?.measure.isOver === true;
  const parts = useMemo(
    () => (isOver ? splitThread(text, limit, opening) : []),
    [isOver, text, limit, opening],
  );
  if (!isOver) return null;
  const isHopeless = parts.some((part) => measureText(part, limit).isOver);
  return (
    <div className={css.note}>
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
      {isThread && <Parts parts={parts} limit={limit} />}
    </div>
  );
}

function Parts({ parts, limit }: { readonly parts: readonly string[]; readonly limit: TextLimit }) {
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

import { cx } from './cx.ts';
import css from './kbd.module.css';

/** A shortcut, one cap per key. "then" between keys is written as a word. */
export function Kbd({
  keys,
  tone = 'plain',
}: {
  readonly keys: string;
  readonly tone?: 'plain' | 'inverse';
}) {
  return (
    <span className={cx(css.keys, tone === 'inverse' && css.inverse)}>
      {keys.split(' ').map((key, index) =>
        key === 'then' || key === 'or' ? (
          <span key={index} className={css.word}>
            {key}
          </span>
        ) : (
          <kbd key={index} className={css.key}>
            {key}
          </kbd>
        ),
      )}
    </span>
  );
}

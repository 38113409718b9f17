import css from './count.module.css';
import { cx } from './cx.ts';
import { VisuallyHidden } from './visually-hidden.tsx';

/** A number beside a name; zero shows nothing, above 999 shows 999+. `label` says what is counted. */
export function Count({
  value,
  label,
  tone = 'plain',
}: {
  readonly value: number;
  readonly label: string;
  readonly tone?: 'plain' | 'strong';
}) {
  if (value <= 0) return null;
  return (
    <span className={cx(css.count, css[tone])}>
      <span aria-hidden="true">{value > 999 ? '999+' : value}</span>
      <VisuallyHidden>{`, ${value} ${label}`}</VisuallyHidden>
    </span>
  );
}

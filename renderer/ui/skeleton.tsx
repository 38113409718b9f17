import css from './skeleton.module.css';

/** A grey stand-in for the very first fill. Widths differ so that it looks like text. */
export function Skeleton({
  width = '100%',
  height = 12,
}: {
  readonly width?: number | string;
  readonly height?: number;
}) {
  return <span className={css.bone} style={{ width, height }} aria-hidden="true" />;
}

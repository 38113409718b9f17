import css from './avatar.module.css';
import { cx } from './cx.ts';
import { initialsOf, hueOf } from './initials.ts';
import { PlatformGlyph } from './platform-glyph.tsx';

export interface AvatarProps {
  readonly name: string;
  /** What stays the same when the name is changed: a handle. Decides the hue. */
  readonly seed?: string | null;
  readonly platform?: string;
  readonly size?: 'small' | 'medium' | 'large';
}

/** Initials: pictures of strangers are not fetched. Decorative, the name always stands beside it. */
export function Avatar({ name, seed, platform, size = 'medium' }: AvatarProps) {
  return (
    <span
      className={cx(css.avatar, css[size])}
      aria-hidden="true"
      style={{ '--hue': hueOf(seed ?? name) } as object}
    >
      <span className={css.initials}>{initialsOf(name)}</span>
      {platform !== undefined && (
        <span className={css.corner}>
          <PlatformGlyph platform={platform} />
        </span>
      )}
    </span>
  );
}

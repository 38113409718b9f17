import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import css from './chip.module.css';
import { cx } from './cx.ts';
import { VisuallyHidden } from './visually-hidden.tsx';

export interface ChipProps {
  readonly tone?: 'plain' | 'positive' | 'negative' | 'caution' | 'accent' | 'outline' | 'bare';
  readonly icon?: ReactNode;
  /** Always a word: colour and icon only help it. */
  readonly children: ReactNode;
  /** Where there is room for the icon alone; the word is read out and shown on hover all the same. */
  readonly isWordHidden?: boolean;
  /** Makes it a button. */
  readonly onPress?: () => void;
  /** What a press opens is open. */
  readonly isExpanded?: boolean;
  /** When the words alone do not say what a press does. */
  readonly 'aria-label'?: string;
}

export function Chip({
  tone = 'plain',
  icon,
  children,
  isWordHidden = false,
  onPress,
  isExpanded,
  'aria-label': label,
}: ChipProps) {
  const content = (
    <>
      {icon !== undefined && <span className={css.icon}>{icon}</span>}
      {isWordHidden ? (
        <VisuallyHidden>{children}</VisuallyHidden>
      ) : (
        <span className={css.word}>{children}</span>
      )}
    </>
  );
  if (onPress === undefined) {
    return (
      <span
        className={cx(css.chip, css[tone], isWordHidden && css.iconOnly)}
        title={isWordHidden && typeof children === 'string' ? children : undefined}
      >
        {content}
      </span>
    );
  }
  return (
    <Button
      className={cx(css.chip, css.button, css[tone])}
      onPress={onPress}
      {...(isExpanded === undefined ? {} : { 'aria-expanded': isExpanded })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {content}
    </Button>
  );
}

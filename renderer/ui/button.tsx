import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import css from './button.module.css';
import { cx } from './cx.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

type Behaviour = Pick<
  AriaButtonProps,
  'onPress' | 'isDisabled' | 'type' | 'autoFocus' | 'slot' | 'form' | 'aria-describedby' | 'aria-haspopup'
>;

export interface ButtonProps extends Behaviour {
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'medium' | 'small';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  /** As people read it, "Ctrl K": shown in a tooltip and announced. */
  readonly shortcut?: string | undefined;
  /** Work over the network goes on: the button stays in place and says so. */
  readonly isPending?: boolean;
  readonly isWide?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  children,
  shortcut,
  isPending = false,
  isWide = false,
  ...behaviour
}: ButtonProps) {
  const button = (
    <AriaButton
      {...behaviour}
      isPending={isPending}
      className={cx(css.button, css[variant], css[size], isWide && css.wide)}
      {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': ariaKeys(shortcut) })}
    >
      {isPending ? <Spinner label="Working" /> : icon}
      <span className={css.label}>{children}</span>
    </AriaButton>
  );
  return shortcut === undefined ? button : <Tooltip shortcut={shortcut}>{button}</Tooltip>;
}

export interface IconButtonProps extends Behaviour {
  /** The accessible name; also the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: string | undefined;
  readonly variant?: 'quiet' | 'secondary';
  readonly size?: 'medium' | 'small';
  /** For a button that switches something on and off. */
  readonly isOn?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  label,
  icon,
  shortcut,
  variant = 'quiet',
  size = 'medium',
  isOn,
  ...behaviour
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <AriaButton
        {...behaviour}
        aria-label={label}
        className={cx(css.button, css[variant], css[size], css.iconOnly, isOn === true && css.on)}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
        {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': ariaKeys(shortcut) })}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}

/** "Ctrl K" as aria-keyshortcuts writes it: "Control+K"; a sequence ("g then i") has no such form. */
function ariaKeys(shortcut: string): string | undefined {
  if (shortcut.includes(' then ')) return undefined;
  return shortcut
    .split(' ')
    .map((key) => ({ Ctrl: 'Control', '⌘': 'Meta', '⇧': 'Shift', Esc: 'Escape' })[key] ?? key)
    .join('+');
}

import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { Kbd } from './kbd.tsx';
import css from './tooltip.module.css';

export interface TooltipProps {
  readonly text?: string | undefined;
  readonly shortcut?: string | undefined;
  /** Something focusable: a button or link of react-aria, or wrapped in its `Focusable`. */
  readonly children: ReactElement;
}

/** Never the only place of something a person must know. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <AriaTooltip className={css.tooltip ?? ''} offset={6}>
        {text}
        {shortcut !== undefined && <Kbd keys={shortcut} tone="inverse" />}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

import type { ReactElement, ReactNode } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover';
import css from './popover.module.css';

export interface PopoverProps {
  readonly label: string;
  /** A Button, IconButton or Chip with `onPress` of ui/. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly placement?: NonNullable<AriaPopoverProps['placement']>;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

/** A small explanation beside the thing it explains. */
export function Popover({
  label,
  trigger,
  children,
  placement = 'bottom start',
  isOpen,
  onOpenChange,
}: PopoverProps) {
  return (
    <DialogTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {trigger}
      <AriaPopover className={css.popover ?? ''} placement={placement} offset={6} isNonModal>
        <Dialog aria-label={label} className={css.dialog ?? ''}>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}

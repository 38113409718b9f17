import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import X from 'lucide-react/icons/x';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import css from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  /** One sentence under the title: what this does. */
  readonly description?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large';
  readonly onClose: () => void;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  /** A click outside closes it; leave off where something was typed. Esc always closes. */
  readonly isDismissable?: boolean;
  readonly role?: 'dialog' | 'alertdialog';
  readonly children?: ReactNode;
}

/** Mounted while it is open. */
export function Dialog({
  title,
  description,
  size = 'medium',
  onClose,
  footer,
  isDismissable = false,
  role = 'dialog',
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={isDismissable}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className={css.overlay ?? ''}
    >
      <Modal className={cx(css.modal, css[size])}>
        <AriaDialog role={role} className={css.dialog ?? ''}>
          <header className={css.header}>
            <div className={css.titles}>
              <Heading slot="title" className={css.title ?? ''}>
                {title}
              </Heading>
              {description !== undefined && <p className={css.description}>{description}</p>}
            </div>
            <IconButton
              label="Close"
              icon={<X aria-hidden="true" />}
              shortcut="Esc"
              size="small"
              onPress={onClose}
            />
          </header>
          <div className={css.body}>{children}</div>
          {footer !== undefined && <footer className={css.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

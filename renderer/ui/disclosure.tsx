import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import ChevronRight from 'lucide-react/icons/chevron-right';
import css from './disclosure.module.css';

/** Something most people need not see: advanced settings, details of an error. */
export function Disclosure({
  title,
  children,
  isOpenAtFirst = false,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean;
}) {
  return (
    <AriaDisclosure className={css.disclosure ?? ''} defaultExpanded={isOpenAtFirst}>
      <Button slot="trigger" className={css.trigger ?? ''}>
        <ChevronRight aria-hidden="true" className={css.chevron} />
        {title}
      </Button>
      <DisclosurePanel className={css.panel ?? ''}>{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}

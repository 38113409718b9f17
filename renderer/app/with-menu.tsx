import type { ReactNode } from 'react';
import Menu from 'lucide-react/icons/menu';
import { uiStore } from '../state/ui-store.ts';
import { IconButton } from '../ui/button.tsx';
import css from './with-menu.module.css';

/** Where the navigation is a drawer, every page has the button that opens it. The inbox has its own in its header. */
export function WithMenu({ children }: { readonly children: ReactNode }) {
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <IconButton
          label="Navigation"
          icon={<Menu aria-hidden="true" />}
          onPress={() => uiStore.getState().setNavigationOpen(true)}
        />
      </div>
      <div className={css.content}>{children}</div>
    </div>
  );
}

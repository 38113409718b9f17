import type { ReactElement, ReactNode } from 'react';
import { Header } from 'react-aria-components/Header';
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover, type PopoverProps } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import Check from 'lucide-react/icons/check';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import css from './menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Stands at the end in grey: "Mon 09:00". */
  readonly detail?: string;
  readonly shortcut?: string | undefined;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}

export interface MenuGroup {
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
  /** The group is a choice of one, and this is it. */
  readonly selectedId?: string;
}

export interface MenuProps {
  readonly label: string;
  /** A Button or IconButton of ui/. */
  readonly trigger: ReactElement;
  readonly groups: readonly MenuGroup[];
  readonly placement?: NonNullable<PopoverProps['placement']>;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

export function Menu({
  label,
  trigger,
  groups,
  placement = 'bottom start',
  isOpen,
  onOpenChange,
}: MenuProps) {
  return (
    <MenuTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {trigger}
      <Popover className={css.popover ?? ''} placement={placement} offset={4}>
        <AriaMenu aria-label={label} className={css.menu ?? ''}>
          {groups.map((group, index) => (
            <MenuSection
              key={group.title ?? index}
              className={css.section ?? ''}
              aria-label={group.title ?? label}
              {...(group.selectedId === undefined
                ? {}
                : {
                    selectionMode: 'single' as const,
                    disallowEmptySelection: true,
                    selectedKeys: [group.selectedId],
                  })}
            >
              {group.title !== undefined && <Header className={css.title ?? ''}>{group.title}</Header>}
              {group.entries.map((entry) => (
                <MenuItem
                  key={entry.id}
                  id={entry.id}
                  textValue={entry.label}
                  onAction={entry.onAction}
                  isDisabled={entry.isDisabled ?? false}
                  className={cx(css.item, entry.isDanger === true && css.danger)}
                >
                  {entry.icon !== undefined && <span className={css.icon}>{entry.icon}</span>}
                  <Text slot="label" className={css.text ?? ''}>
                    {entry.label}
                  </Text>
                  {entry.detail !== undefined && (
                    <Text slot="description" className={css.detail ?? ''}>
                      {entry.detail}
                    </Text>
                  )}
                  {entry.shortcut !== undefined && <Kbd keys={entry.shortcut} />}
                  {group.selectedId === entry.id && <Check aria-hidden="true" />}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

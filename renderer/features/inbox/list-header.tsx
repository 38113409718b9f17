import type { ReactNode, Ref } from 'react';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import Check from 'lucide-react/icons/check';
import Inbox from 'lucide-react/icons/inbox';
import MailOpen from 'lucide-react/icons/mail-open';
import Menu from 'lucide-react/icons/menu';
import Search from 'lucide-react/icons/search';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import X from 'lucide-react/icons/x';
import { shownKeys } from '../../state/key-map.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useChangeSettings, useSettings } from '../../state/use-settings.ts';
import { IconButton } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu as DropMenu } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';
import css from './list-header.module.css';
import { SnoozeMenu, type SnoozeMenuProps } from './snooze-menu.tsx';
import type { InboxSearch } from './use-search.ts';

export function ListHeader({
  title,
  count,
  news,
}: {
  readonly title: string;
  /** "1,204 conversations", "12 found". */
  readonly count: string;
  /** What came in and waits to be shown. */
  readonly news: ReactNode;
}) {
  return (
    <header className={css.header}>
      <span className={css.menu}>
        <IconButton
          label="Navigation"
          icon={<Menu aria-hidden="true" />}
          onPress={() => uiStore.getState().setNavigationOpen(true)}
        />
      </span>
      <h1 className={css.title} dir="auto">
        {title}
      </h1>
      <output className={css.count}>{count}</output>
      {news}
      <ViewOptions />
    </header>
  );
}

/** How the list looks. */
function ViewOptions() {
  const { density, theme } = useSettings();
  const change = useChangeSettings();
  return (
    <DropMenu
      label="Look of the list"
      placement="bottom end"
      trigger={<IconButton label="Look" icon={<SlidersHorizontal aria-hidden="true" />} />}
      groups={[
        {
          title: 'Density',
          selectedId: density,
          entries: [
            { id: 'comfortable', label: 'Comfortable', onAction: () => change({ density: 'comfortable' }) },
            { id: 'cosy', label: 'Cosy', onAction: () => change({ density: 'cosy' }) },
            { id: 'compact', label: 'Compact', onAction: () => change({ density: 'compact' }) },
          ],
        },
        {
          title: 'Theme',
          selectedId: theme,
          entries: [
            { id: 'system', label: 'As the system', onAction: () => change({ theme: 'system' }) },
            { id: 'light', label: 'Light', onAction: () => change({ theme: 'light' }) },
            { id: 'dark', label: 'Dark', onAction: () => change({ theme: 'dark' }) },
            {
              id: 'high-contrast',
              label: 'High contrast',
              onAction: () => change({ theme: 'high-contrast' }),
            },
          ],
        },
      ]}
    />
  );
}

/** Takes the header's place while rows are selected, so that nothing below moves. */
export function SelectionHeader(props: {
  readonly count: number;
  readonly isDoneView: boolean;
  readonly onDone: () => void;
  readonly onReopen: () => void;
  readonly onRead: () => void;
  readonly onClear: () => void;
  readonly snooze: Omit<SnoozeMenuProps, 'trigger'>;
}) {
  return (
    <header className={css.header} data-selecting>
      <IconButton
        label="Clear the selection"
        shortcut={shownKeys('up')}
        icon={<X aria-hidden="true" />}
        onPress={props.onClear}
      />
      <output className={css.title}>{props.count} selected</output>
      <span className={css.gap} />
      {props.isDoneView ? (
        <IconButton
          label="Back to the inbox"
          shortcut={shownKeys('reopen')}
          icon={<Inbox aria-hidden="true" />}
          onPress={props.onReopen}
        />
      ) : (
        <IconButton
          label={`Done with ${props.count}`}
          shortcut={shownKeys('done')}
          icon={<Check aria-hidden="true" />}
          onPress={props.onDone}
        />
      )}
      <SnoozeMenu
        {...props.snooze}
        trigger={
          <IconButton
            label={`Snooze ${props.count}`}
            shortcut={shownKeys('snooze')}
            icon={<AlarmClock aria-hidden="true" />}
          />
        }
      />
      <IconButton
        label="Read or unread"
        shortcut={shownKeys('toggleUnread')}
        icon={<MailOpen aria-hidden="true" />}
        onPress={props.onRead}
      />
    </header>
  );
}

export function SearchField({
  search,
  place,
  inputRef,
  onLeave,
}: {
  readonly search: InboxSearch;
  /** "Inbox": what is searched. */
  readonly place: string;
  readonly inputRef: Ref<HTMLInputElement>;
  /** Enter or Down: to the results. */
  readonly onLeave: () => void;
}) {
  const { text, setText, mistake } = search;
  return (
    <search className={css.search}>
      <TextField
        label={`Search ${place}`}
        isLabelHidden
        type="search"
        placeholder={`Search ${place}`}
        value={text}
        onChange={setText}
        inputRef={inputRef}
        icon={<Search aria-hidden="true" />}
        isRequired
        isErrorFloating
        error={mistake?.message ?? null}
        errorRange={mistake}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            if (text !== '') setText('');
            else onLeave();
          } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            onLeave();
          }
        }}
        trailing={
          text === '' ? (
            <Kbd keys={shownKeys('search')} />
          ) : (
            <IconButton
              label="Clear the search"
              size="small"
              icon={<X aria-hidden="true" />}
              onPress={() => setText('')}
            />
          )
        }
      />
    </search>
  );
}

import { useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Keyboard } from 'react-aria-components/Keyboard';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { TextField } from 'react-aria-components/TextField';
import { Text } from 'react-aria-components/Text';
import Search from 'lucide-react/icons/search';
import { useCall } from '../client/hooks.ts';
import { inboxStore } from '../features/inbox/inbox-store.ts';
import { handlerOf } from '../state/key-handlers.ts';
import { bindingOf, type KeyAction, keyActions, shownKeys } from '../state/key-map.ts';
import { uiStore } from '../state/ui-store.ts';
import { useChangeSettings } from '../state/use-settings.ts';
import { Kbd } from '../ui/kbd.tsx';
import css from './command-box.module.css';
import { type Command, commandGroups, findCommands } from './commands.ts';

/** One box for actions, views, trackers and sources. `>` asks for actions alone, `/` for views. */
export function CommandBox({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const commands = useCommands();
  const found = useMemo(() => findCommands(commands, text), [commands, text]);
  const groups = commandGroups.flatMap((group) => {
    const entries = found.filter((command) => command.group === group);
    return entries.length === 0 ? [] : [{ group, entries }];
  });
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className={css.overlay ?? ''}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={css.modal ?? ''}>
        <Dialog aria-label="Command box" className={css.dialog ?? ''}>
          <Autocomplete inputValue={text} onInputChange={setText}>
            <TextField aria-label="What to do or where to go" autoFocus className={css.field ?? ''}>
              <Search aria-hidden="true" />
              <Input className={css.input ?? ''} placeholder="What to do or where to go" />
            </TextField>
            <Menu
              aria-label="Commands"
              className={css.menu ?? ''}
              renderEmptyState={() => <p className={css.none}>Nothing by that name.</p>}
            >
              {groups.map(({ group, entries }) => (
                <MenuSection key={group} className={css.section ?? ''} aria-label={group}>
                  <Header className={css.title ?? ''}>{group}</Header>
                  {entries.map((command) => (
                    <MenuItem
                      key={command.id}
                      id={command.id}
                      textValue={command.label}
                      className={css.item ?? ''}
                      onAction={() => {
                        onClose();
                        // After the dialog has given the focus back, so that what runs may move it.
                        requestAnimationFrame(() => command.run());
                      }}
                    >
                      <Text slot="label" className={css.label ?? ''}>
                        {command.label}
                      </Text>
                      {command.shortcut !== undefined && (
                        <Keyboard className={css.shortcut ?? ''}>
                          <Kbd keys={command.shortcut} />
                        </Keyboard>
                      )}
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function useCommands(): readonly Command[] {
  const trackers = useCall('trackers.list', {}).data?.trackers;
  const sources = useCall('sources.list', {}).data?.sources;
  const change = useChangeSettings();
  return useMemo(() => {
    const { goTo } = uiStore.getState();
    const chosen = inboxStore.getState().selection.ids.size;
    const byUse = keyActions.toSorted((a, b) => rankOfUse(a) - rankOfUse(b));
    const actions = byUse.flatMap((action): Command[] => {
      const run = handlerOf(action);
      const { label, group, isKeyOnly } = bindingOf(action);
      if (run === undefined || isKeyOnly === true) return [];
      const isView = group === 'Go to';
      const says =
        group === 'Decide' && chosen > 0 && !/do$/i.test(label) ? `${label} (${chosen} selected)` : label;
      return [
        { id: action, group: isView ? 'Views' : 'Actions', label: says, shortcut: shownKeys(action), run },
      ];
    });
    const themes = {
      system: 'as the system',
      light: 'light',
      dark: 'dark',
      'high-contrast': 'high contrast',
    };
    return [
      ...actions,
      ...(Object.keys(themes) as (keyof typeof themes)[]).map(
        (theme): Command => ({
          id: `theme-${theme}`,
          group: 'Actions',
          label: `Theme: ${themes[theme]}`,
          run: () => change({ theme }),
        }),
      ),
      ...(['comfortable', 'cosy', 'compact'] as const).map(
        (density): Command => ({
          id: `density-${density}`,
          group: 'Actions',
          label: `Density: ${density}`,
          run: () => change({ density }),
        }),
      ),
      ...(trackers ?? []).map(
        ({ trackerId, name }): Command => ({
          id: `tracker:${trackerId}`,
          group: 'Trackers',
          label: name,
          run: () => goTo({ page: 'inbox', view: `tracker:${trackerId}` }),
        }),
      ),
      ...(sources ?? []).map(
        ({ sourceId, name }): Command => ({
          id: `source:${sourceId}`,
          group: 'Sources',
          label: name,
          run: () => goTo({ page: 'inbox', view: `source:${sourceId}` }),
        }),
      ),
    ];
  }, [trackers, sources, change]);
}

/** Decisions first: moving about is what keys are for. */
function rankOfUse(action: KeyAction): number {
  return ['Decide', 'Find', 'Window', 'Select', 'Move', 'Go to'].indexOf(bindingOf(action).group);
}

import { bindingOf, type KeyAction, keyActions, writtenKeys } from '../state/key-map.ts';
import { useChangeSettings, useSettings } from '../state/use-settings.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Switch } from '../ui/toggles.tsx';
import css from './key-sheet.module.css';

/** Every key, drawn from the map that is obeyed. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const { areKeysOn } = useSettings();
  const change = useChangeSettings();
  const groups = Map.groupBy(keyActions, (action) => bindingOf(action).group);
  return (
    <Dialog
      title="Keys"
      description="While you write, only those with Ctrl or ⌘ count; Esc leaves the text and keeps the draft. Letters count as your layout writes them."
      size="large"
      isDismissable
      onClose={onClose}
      footer={
        <div className={css.switch}>
          <Switch
            isSelected={areKeysOn}
            onChange={(isOn) => change({ areKeysOn: isOn })}
            description="Off leaves Ctrl or ⌘ with a key, the arrows and Esc."
          >
            Single-letter keys
          </Switch>
        </div>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <section className={css.groups} tabIndex={0} aria-label="All keys">
        {[...groups].map(([group, actions]) => (
          <section key={group} className={css.group}>
            <h3 className={css.title}>{group}</h3>
            <dl>
              {actions.map((action) => (
                <KeyRow key={action} action={action} />
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}

function KeyRow({ action }: { readonly action: KeyAction }) {
  const { keys, label } = bindingOf(action);
  return (
    <div className={css.row}>
      <dt>{label}</dt>
      <dd>
        <Kbd keys={keys.map((key) => writtenKeys(key)).join(' or ')} />
      </dd>
    </div>
  );
}

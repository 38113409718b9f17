import ArrowUp from 'lucide-react/icons/arrow-up';
import { Button } from 'react-aria-components/Button';
import { shownKeys } from '../../state/key-map.ts';
import { Kbd } from '../../ui/kbd.tsx';
import css from './new-bar.module.css';

/** Stands in the list's header, so that neither its coming nor its going moves or covers a row. */
export function NewBar({ waiting, onShow }: { readonly waiting: number; readonly onShow: () => void }) {
  return (
    <output className={css.place}>
      {waiting > 0 && (
        <Button className={css.bar ?? ''} onPress={onShow} aria-keyshortcuts={shownKeys('showNew')}>
          <ArrowUp aria-hidden="true" />
          {waiting} new
          <Kbd keys={shownKeys('showNew')} tone="inverse" />
        </Button>
      )}
    </output>
  );
}

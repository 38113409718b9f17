import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { Switch as AriaSwitch } from 'react-aria-components/Switch';
import Check from 'lucide-react/icons/check';
import Minus from 'lucide-react/icons/minus';
import css from './toggles.module.css';

export interface ToggleProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
}

export function Checkbox({
  isSelected,
  onChange,
  children,
  description,
  isDisabled = false,
  isIndeterminate = false,
}: ToggleProps & { readonly isIndeterminate?: boolean }) {
  return (
    <AriaCheckbox
      className={css.toggle ?? ''}
      isSelected={isSelected}
      isIndeterminate={isIndeterminate}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={css.box} aria-hidden="true">
        {isIndeterminate ? <Minus /> : <Check />}
      </span>
      <ToggleText description={description}>{children}</ToggleText>
    </AriaCheckbox>
  );
}

/** For what takes effect at once; a Checkbox for what a form sends. */
export function Switch({ isSelected, onChange, children, description, isDisabled = false }: ToggleProps) {
  return (
    <AriaSwitch
      className={css.toggle ?? ''}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={css.track} aria-hidden="true">
        <span className={css.thumb} />
      </span>
      <ToggleText description={description}>{children}</ToggleText>
    </AriaSwitch>
  );
}

function ToggleText({
  children,
  description,
}: {
  readonly children: ReactNode;
  readonly description: ReactNode;
}) {
  return (
    <span className={css.text}>
      <span>{children}</span>
      {description !== undefined && <span className={css.description}>{description}</span>}
    </span>
  );
}

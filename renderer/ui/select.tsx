import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import Check from 'lucide-react/icons/check';
import ChevronDown from 'lucide-react/icons/chevron-down';
import css from './field.module.css';
import menuCss from './menu.module.css';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly description?: string;
}

export interface SelectProps<V extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly options: readonly SelectOption<V>[];
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode | null;
  readonly isDisabled?: boolean;
}

export function Select<V extends string>({
  label,
  isLabelHidden = false,
  value,
  onChange,
  options,
  placeholder,
  description,
  error,
  isDisabled = false,
}: SelectProps<V>) {
  const isInvalid = error !== undefined && error !== null && error !== false;
  return (
    <AriaSelect
      className={css.field ?? ''}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      isInvalid={isInvalid}
      isDisabled={isDisabled}
      validationBehavior="aria"
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
    >
      {!isLabelHidden && <Label className={css.label ?? ''}>{label}</Label>}
      <div className={css.box}>
        <Button className={css.trigger ?? ''}>
          <SelectValue className={css.value ?? ''} />
          <ChevronDown aria-hidden="true" />
        </Button>
      </div>
      {isInvalid ? (
        <FieldError className={css.error ?? ''}>{error}</FieldError>
      ) : (
        description !== undefined && (
          <Text slot="description" className={css.description ?? ''}>
            {description}
          </Text>
        )
      )}
      <Popover className={menuCss.popover ?? ''} offset={4}>
        <ListBox
          className={menuCss.menu ?? ''}
          items={options.map((option) => ({ ...option, id: option.value }))}
        >
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className={menuCss.item ?? ''}>
              {({ isSelected }) => (
                <>
                  <span className={menuCss.text}>
                    <Text slot="label">{option.label}</Text>
                    {option.description !== undefined && (
                      <Text slot="description" className={menuCss.detail ?? ''}>
                        {option.description}
                      </Text>
                    )}
                  </span>
                  {isSelected && <Check aria-hidden="true" />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import css from './choice-cards.module.css';

export interface Choice<V extends string> {
  readonly value: V;
  readonly title: string;
  /** What follows from choosing it. */
  readonly words: ReactNode;
  readonly isDisabled?: boolean;
}

/** One of a few, each with its consequence in words. */
export function ChoiceCards<V extends string>({
  label,
  value,
  onChange,
  choices,
}: {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly choices: readonly Choice<V>[];
}) {
  return (
    <RadioGroup
      className={css.group ?? ''}
      value={value}
      onChange={(chosen) => {
        const choice = choices.find((each) => each.value === chosen);
        if (choice !== undefined) onChange(choice.value);
      }}
    >
      <Label className={css.label ?? ''}>{label}</Label>
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          value={choice.value}
          className={css.choice ?? ''}
          isDisabled={choice.isDisabled ?? false}
        >
          <span className={css.dot} aria-hidden="true" />
          <span className={css.text}>
            <span className={css.title}>{choice.title}</span>
            <span className={css.words}>{choice.words}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { cx } from './cx.ts';
import css from './field.module.css';

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

interface FieldProps {
  readonly label: string;
  /** The label stays for screen readers; an icon or the placeholder says it to the eye. */
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode | null;
  /** The stretch of the text that is wrong: underlined in place. */
  readonly errorRange?: TextRange | null | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly name?: string;
  /** The error floats below the field instead of pushing down what follows. */
  readonly isErrorFloating?: boolean;
  /** For addresses and queries: code face, no spelling help. */
  readonly isCode?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

export interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'url' | 'password' | 'search' | 'datetime-local';
  readonly icon?: ReactNode;
  /** Stands inside the field at its end: a shortcut, a button. */
  readonly trailing?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField({ type = 'text', icon, trailing, inputRef, ...field }: TextFieldProps) {
  const backdrop = useRef<HTMLDivElement>(null);
  return (
    <Field field={field} type={type}>
      <div className={css.box} data-with-icon={icon !== undefined || undefined}>
        {icon !== undefined && <span className={css.icon}>{icon}</span>}
        <div className={css.layers}>
          <RangeBackdrop
            value={field.value}
            range={field.errorRange}
            ref={backdrop}
            isCode={field.isCode === true}
          />
          <Input
            {...(inputRef === undefined ? {} : { ref: inputRef })}
            className={cx(css.input, field.isCode === true && css.code)}
            placeholder={field.placeholder ?? ''}
            onScroll={(event) => follow(event.currentTarget, backdrop.current)}
            onKeyDown={(event) => field.onKeyDown?.(event)}
          />
        </div>
        {trailing !== undefined && <span className={css.trailing}>{trailing}</span>}
      </div>
    </Field>
  );
}

export interface TextAreaProps extends FieldProps {
  readonly rows?: number;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
}

export function TextArea({ rows = 3, inputRef, ...field }: TextAreaProps) {
  const backdrop = useRef<HTMLDivElement>(null);
  return (
    <Field field={field}>
      <div className={css.box}>
        <div className={css.layers}>
          <RangeBackdrop
            value={field.value}
            range={field.errorRange}
            ref={backdrop}
            isCode={field.isCode === true}
            isMultiline
          />
          <AriaTextArea
            {...(inputRef === undefined ? {} : { ref: inputRef })}
            className={cx(css.input, css.area, field.isCode === true && css.code)}
            placeholder={field.placeholder ?? ''}
            rows={rows}
            onScroll={(event) => follow(event.currentTarget, backdrop.current)}
            onKeyDown={(event) => field.onKeyDown?.(event)}
          />
        </div>
      </div>
    </Field>
  );
}

function Field({
  field,
  type,
  children,
}: {
  readonly field: FieldProps;
  readonly type?: NonNullable<TextFieldProps['type']>;
  readonly children: ReactNode;
}) {
  const isInvalid = field.error !== undefined && field.error !== null && field.error !== false;
  const fallbackName = useId();
  return (
    <AriaTextField
      className={css.field ?? ''}
      value={field.value}
      onChange={field.onChange}
      isInvalid={isInvalid}
      isRequired={field.isRequired ?? false}
      isDisabled={field.isDisabled ?? false}
      validationBehavior="aria"
      name={field.name ?? fallbackName}
      autoComplete="off"
      {...(type === undefined ? {} : { type })}
      {...(field.autoFocus === true ? { autoFocus: true } : {})}
      {...(field.isCode === true ? { spellCheck: 'false', autoCorrect: 'off' } : {})}
      {...(field.isLabelHidden === true ? { 'aria-label': field.label } : {})}
    >
      {field.isLabelHidden !== true && (
        <Label className={css.label ?? ''}>
          {field.label}
          {field.isRequired !== true && <span className={css.optional}> optional</span>}
        </Label>
      )}
      {children}
      {isInvalid ? (
        <FieldError className={cx(css.error, field.isErrorFloating === true && css.floating)}>
          {field.error}
        </FieldError>
      ) : (
        field.description !== undefined && (
          <Text slot="description" className={css.description ?? ''}>
            {field.description}
          </Text>
        )
      )}
    </AriaTextField>
  );
}

/** The same text behind the field, unseen but for the underline of the wrong stretch. */
function RangeBackdrop({
  value,
  range,
  ref,
  isCode,
  isMultiline = false,
}: {
  readonly value: string;
  readonly range: TextRange | null | undefined;
  readonly ref: Ref<HTMLDivElement>;
  readonly isCode: boolean;
  readonly isMultiline?: boolean;
}) {
  if (range === null || range === undefined) return null;
  const start = Math.min(range.start, value.length);
  // A mistake at the very end ("one more word") still needs a place to point at.
  const end = Math.max(start, Math.min(range.end, value.length));
  return (
    <div
      ref={ref}
      aria-hidden="true"
      className={cx(css.input, css.backdrop, isCode && css.code, isMultiline && css.area)}
    >
      {value.slice(0, start)}
      <span className={css.wrong}>{start === end ? '  ' : value.slice(start, end)}</span>
      {value.slice(end)}
    </div>
  );
}

function follow(field: HTMLElement, backdrop: HTMLElement | null): void {
  if (backdrop === null) return;
  backdrop.scrollLeft = field.scrollLeft;
  backdrop.scrollTop = field.scrollTop;
}

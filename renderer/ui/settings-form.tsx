import type { SettingField } from '../../shared/contract/methods/connectors.ts';
import { Disclosure } from './disclosure.tsx';
import { Select } from './select.tsx';
import { TextField } from './text-field.tsx';
import { Checkbox } from './toggles.tsx';
import css from './settings-form.module.css';
import { isAskedFor, type SettingsValues } from './settings-values.ts';

export interface SettingsFormProps {
  readonly fields: readonly SettingField[];
  readonly values: SettingsValues;
  readonly onChange: (key: string, value: string | boolean) => void;
  /** Says what is missing. */
  readonly showsMissing: boolean;
  /** Opens what is folded away; changing it folds or unfolds anew. */
  readonly showsAdvanced: boolean;
  /** What the far end or the engine found wrong with a field, by key. */
  readonly errors?: Readonly<Record<string, string>>;
  /** False: the focus stays where it is. */
  readonly takesFocus?: boolean;
}

/** The settings of a connector, drawn from what it declares. */
export function SettingsForm({ fields, takesFocus = true, ...form }: SettingsFormProps) {
  const asked = fields.filter((field) => isAskedFor(field, form.values));
  const plain = asked.filter((field) => !field.isAdvanced);
  const advanced = asked.filter((field) => field.isAdvanced);
  return (
    <div className={css.form}>
      {plain.map((field, index) => (
        <Field key={field.key} field={field} isFirst={takesFocus && index === 0} {...form} />
      ))}
      {advanced.length > 0 && (
        <Disclosure key={String(form.showsAdvanced)} title="Advanced" isOpenAtFirst={form.showsAdvanced}>
          <div className={css.form}>
            {advanced.map((field) => (
              <Field key={field.key} field={field} isFirst={false} {...form} />
            ))}
          </div>
        </Disclosure>
      )}
    </div>
  );
}

function Field({
  field,
  isFirst,
  values,
  onChange,
  showsMissing,
  errors,
}: Omit<SettingsFormProps, 'fields' | 'showsAdvanced' | 'takesFocus'> & {
  readonly field: SettingField;
  readonly isFirst: boolean;
}) {
  const value = values[field.key];
  if (field.type === 'boolean') {
    return (
      <Checkbox
        isSelected={value === true}
        onChange={(isOn) => onChange(field.key, isOn)}
        description={field.help}
      >
        {field.label}
      </Checkbox>
    );
  }
  const text = typeof value === 'string' ? value : '';
  const missing = showsMissing && field.isRequired && text.trim() === '' ? `${field.label} is needed.` : null;
  const error = errors?.[field.key] ?? missing;
  if (field.type === 'select') {
    return (
      <Select
        label={field.label}
        value={text}
        onChange={(chosen) => onChange(field.key, chosen)}
        options={[...(field.isRequired ? [] : [{ value: '', label: 'Not set' }]), ...(field.options ?? [])]}
        description={field.help}
        error={error}
      />
    );
  }
  return (
    <TextField
      label={field.label}
      value={text}
      onChange={(typed) => onChange(field.key, typed)}
      description={field.help}
      isRequired={field.isRequired}
      type={field.type === 'secret' ? 'password' : 'text'}
      isCode={field.type === 'url'}
      autoFocus={isFirst}
      placeholder={field.type === 'url' ? 'https://' : ''}
      error={error}
    />
  );
}

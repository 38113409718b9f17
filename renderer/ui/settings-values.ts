import type { SettingField } from '../../shared/contract/methods/connectors.ts';

/** What stands in the form, by key. Text fields hold text, switches booleans. */
export type SettingsValues = Readonly<Record<string, string | boolean>>;

/** Settings that the form does not know stay as they are: they came from discovery or a later version. */
export function initialValues(
  fields: readonly SettingField[],
  settings: Readonly<Record<string, unknown>> = {},
): SettingsValues {
  return Object.fromEntries(
    fields.map((field) => {
      const given = settings[field.key];
      if (field.type === 'boolean') return [field.key, given === true];
      if (typeof given === 'string' || typeof given === 'number') return [field.key, String(given)];
      return [
        field.key,
        field.type === 'select' && field.isRequired ? (field.options?.[0]?.value ?? '') : '',
      ];
    }),
  );
}

/** The settings to send; `null` while something required is missing. */
export function toSettings(
  fields: readonly SettingField[],
  values: SettingsValues,
  kept: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> | null {
  const settings: Record<string, unknown> = { ...kept };
  for (const field of fields) {
    if (!isAskedFor(field, values)) {
      delete settings[field.key];
      continue;
    }
    const value = values[field.key];
    if (typeof value === 'boolean') {
      // Left out when off, so that two ways of saying "off" are not two different settings.
      if (value) settings[field.key] = true;
      else delete settings[field.key];
      continue;
    }
    const text = field.type === 'url' ? completeAddress(value ?? '') : (value ?? '').trim();
    if (text !== '') settings[field.key] = text;
    else if (field.isRequired) return null;
    else delete settings[field.key];
  }
  return settings;
}

/** Whether the field means anything with what else stands in the form. */
export function isAskedFor({ onlyWhen }: SettingField, values: SettingsValues): boolean {
  return onlyWhen === undefined || onlyWhen.values.includes(String(values[onlyWhen.key] ?? ''));
}

/** People type `example.com`; a server on this computer seldom speaks https. */
export function completeAddress(typed: string): string {
  const text = typed.trim();
  if (text === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(text)) return text;
  return /^(localhost|127\.|\[::1\])/i.test(text) ? `http://${text}` : `https://${text}`;
}

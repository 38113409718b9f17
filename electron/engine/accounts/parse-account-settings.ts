import { EarshotError } from '../../../shared/contract/errors.ts';
import type { AccountSupport, Connector } from '../connectors/connector.ts';

/** An account's settings by its connector's own schema. Throws `invalid-input`, naming the fields as a form does. */
export function parseAccountSettings(
  connector: Connector,
  support: AccountSupport,
  settings: unknown,
): Record<string, unknown> {
  const parsed = support.settingsSchema.safeParse(settings ?? {});
  if (parsed.success) return parsed.data as Record<string, unknown>;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: ['settings', ...path.map(String)].join('.'),
    message,
  }));
  const [first] = issues;
  throw new EarshotError(
    'invalid-input',
    `${connector.info.name} cannot sign in with these settings: ${first ? `${first.path}: ${first.message.replace(/\.$/, '')}` : 'not valid'}.`,
    { issues: issues.slice(0, 20) },
  );
}

import { EarshotError } from '../../../shared/contract/errors.ts';
import type { SettingField } from '../../../shared/contract/methods/connectors.ts';
import type { AccountSupport, Connector, SignInMethod } from '../connectors/connector.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import { parseAccountSettings } from './parse-account-settings.ts';

export type EnterMethod = Extract<SignInMethod<unknown, unknown>, { readonly kind: 'enter' }>;
export type PageMethod = Exclude<SignInMethod<unknown, unknown>, { readonly kind: 'enter' }>;

export interface SignInInput {
  readonly connector: string;
  readonly way?: string | undefined;
  readonly credentials?: Readonly<Record<string, string>> | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

export interface ChosenWay<Method> {
  readonly connector: Connector;
  readonly support: AccountSupport;
  readonly method: Method;
  readonly settings: Record<string, unknown>;
  /** As they were typed, spaces too; nothing but the fields that the way asks for. */
  readonly entered: Readonly<Record<string, string>>;
  /** Those of them that nobody else may see. */
  readonly secrets: readonly string[];
}

/** Throws `invalid-input`, naming the fields as a form does. */
export function chooseEnterWay(connectors: ConnectorRegistry, input: SignInInput): ChosenWay<EnterMethod> {
  const { connector, support } = signInOf(connectors, input.connector);
  const methods = support.methods.filter((method) => method.kind === 'enter');
  const method =
    input.way === undefined
      ? (methods.find(({ id }) => missingFields(connector, id, input).length === 0) ?? methods[0])
      : methods.find(({ id }) => id === input.way);
  if (!method) {
    throw invalid(
      'way',
      input.way === undefined
        ? `${connector.info.name} is signed in to on a page of its own: use accounts.startSignIn.`
        : `${connector.info.name} has no way “${input.way}” to sign in with what is typed in.`,
    );
  }
  return chosen(connector, support, method, input);
}

export function choosePageWay(connectors: ConnectorRegistry, input: SignInInput): ChosenWay<PageMethod> {
  const { connector, support } = signInOf(connectors, input.connector);
  const method = support.methods.find(({ id, kind }) => kind !== 'enter' && id === input.way);
  if (!method || method.kind === 'enter') {
    throw invalid('way', `${connector.info.name} has no way “${input.way}” to sign in on a page of its own.`);
  }
  return chosen(connector, support, method, input);
}

function chosen<Method extends SignInMethod<unknown, unknown>>(
  connector: Connector,
  support: AccountSupport,
  method: Method,
  input: SignInInput,
): ChosenWay<Method> {
  const fields = fieldsOf(connector, method.id);
  const entered = Object.fromEntries(
    fields.flatMap(({ key }) => {
      const value = input.credentials?.[key] ?? '';
      return value.trim() === '' ? [] : [[key, value]];
    }),
  );
  const missing = missingFields(connector, method.id, input);
  if (missing.length > 0) {
    const issues = missing.map(({ key, label }) => ({
      path: `credentials.${key}`,
      message: `${label} is missing.`,
    }));
    const names = missing.map(({ key, label }) => `${label} (credentials.${key})`).join(', ');
    throw new EarshotError('invalid-input', `To sign in, ${connector.info.name} needs: ${names}.`, {
      issues,
    });
  }
  return {
    connector,
    support,
    method,
    settings: parseAccountSettings(connector, support, input.settings),
    entered,
    secrets: fields.flatMap(({ key, type }) => {
      const value = type === 'secret' ? entered[key] : undefined;
      return value === undefined ? [] : [value, value.trim()];
    }),
  };
}

function fieldsOf(connector: Connector, way: string): readonly SettingField[] {
  return connector.info.signIn.find(({ id }) => id === way)?.fields ?? [];
}

function missingFields(connector: Connector, way: string, { credentials }: SignInInput): SettingField[] {
  return fieldsOf(connector, way).filter(({ key, isRequired }) => isRequired && !credentials?.[key]?.trim());
}

function signInOf(connectors: ConnectorRegistry, id: string) {
  const connector = connectors.get(id);
  if (connector?.account) return { connector, support: connector.account };
  const known = [...connectors.values()].filter(({ account }) => account).map(({ info }) => info.id);
  throw invalid(
    'connector',
    connector
      ? `${connector.info.name} has no accounts. These have: ${known.join(', ') || 'none'}.`
      : `There is no connector “${id}”. These have accounts: ${known.join(', ') || 'none'}.`,
  );
}

function invalid(path: string, message: string): EarshotError {
  return new EarshotError('invalid-input', message, { issues: [{ path, message }] });
}

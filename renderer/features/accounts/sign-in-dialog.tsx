import { useRef, useState } from 'react';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import type { VaultInfo } from '../../../shared/contract/methods/accounts.ts';
import type { ConnectorInfo, SignInWay } from '../../../shared/contract/methods/connectors.ts';
import type { Account } from '../../../shared/model/account.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { SettingsForm } from '../../ui/settings-form.tsx';
import { initialValues, type SettingsValues, toSettings } from '../../ui/settings-values.ts';
import { Checkbox } from '../../ui/toggles.tsx';
import css from './sign-in-dialog.module.css';
import { LinkedText } from '../../ui/linked-text.tsx';
import { SignedIn } from './signed-in.tsx';
import { useSignIn } from './use-sign-in.ts';
import { WaitingSignIn } from './waiting-sign-in.tsx';

export interface SignInDialogProps {
  readonly connector: ConnectorInfo;
  readonly vault: VaultInfo | null;
  readonly account?: Account;
  readonly onBack?: () => void;
  readonly onAddSource?: (connectorId: string) => void;
  readonly onClose: () => void;
}

/** What to click there, what it may do, where its secret is kept, and the fields; then the proof: its own name. */
export function SignInDialog({ connector, vault, account, onBack, onAddSource, onClose }: SignInDialogProps) {
  const [wayId, setWayId] = useState(connector.signIn[0]?.id ?? '');
  const way = connector.signIn.find(({ id }) => id === wayId) ?? connector.signIn[0];
  const [settingsValues, setSettingsValues] = useState(() =>
    initialValues(connector.accountSettings, account?.settings),
  );
  const [entered, setEntered] = useState<SettingsValues>({});
  const [isReadOnly, setIsReadOnly] = useState(account?.isReadOnly ?? false);
  const [hasTried, setHasTried] = useState(false);
  const signIn = useSignIn();
  const formRef = useRef<HTMLFormElement>(null);
  const { state } = signIn;
  const title = account === undefined ? `Connect ${connector.name}` : `Sign in again: ${account.displayName}`;

  if (way === undefined) return null;

  if (state.kind === 'done') {
    return (
      <SignedIn
        connector={connector}
        displayName={state.displayName}
        accountId={state.accountId}
        isReadOnly={isReadOnly}
        {...(onAddSource === undefined ? {} : { onAddSource })}
        onClose={onClose}
      />
    );
  }

  if (state.kind === 'waiting') {
    return (
      <WaitingSignIn
        title={title}
        connectorName={connector.name}
        signIn={state.signIn}
        failureLine={state.failureLine}
        onFinish={signIn.finish}
        onBack={signIn.back}
        onClose={onClose}
      />
    );
  }

  const submit = (): void => {
    setHasTried(true);
    const settings = toSettings(connector.accountSettings, settingsValues, account?.settings);
    const credentials = toSettings(way.fields, valuesOf(way, entered));
    if (settings === null || credentials === null) focusFirstInvalid(formRef.current);
    if (settings === null || credentials === null || state.kind === 'asking') return;
    const input = {
      connector: connector.id,
      way: way.id,
      credentials: Object.fromEntries(
        Object.entries(credentials).map(([key, value]) => [key, String(value)]),
      ),
      settings,
      isReadOnly,
    };
    if (way.kind === 'enter') void signIn.enter(input);
    else void signIn.start(input);
  };

  return (
    <Dialog
      title={title}
      size="large"
      onClose={onClose}
      footer={
        <>
          {onBack !== undefined && (
            <span className={css.back}>
              <Button variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack}>
                Other platforms
              </Button>
            </span>
          )}
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" onPress={submit} isPending={state.kind === 'asking'}>
            {way.kind === 'enter' ? 'Connect' : 'Continue'}
          </Button>
        </>
      }
    >
      <form
        ref={formRef}
        className={css.columns}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={css.side}>
          {connector.signIn.length > 1 && (
            <ChoiceCards
              label="How to sign in"
              value={way.id}
              onChange={setWayId}
              choices={connector.signIn.map(({ id, name, kind }) => ({
                value: id,
                title: name,
                words: wayWords[kind],
              }))}
            />
          )}
          <section aria-label="Steps">
            <h3 className={css.heading}>What to do on {connector.name}</h3>
            <ol className={css.steps}>
              {way.steps.map((step) => (
                <li key={step}>
                  <LinkedText>{step}</LinkedText>
                </li>
              ))}
            </ol>
          </section>
        </div>
        <div className={css.side}>
          <SettingsForm
            fields={[...connector.accountSettings, ...way.fields].toSorted(
              (a, b) => Number(b.isRequired) - Number(a.isRequired),
            )}
            values={{ ...settingsValues, ...valuesOf(way, entered) }}
            onChange={(key, value) =>
              connector.accountSettings.some((field) => field.key === key)
                ? setSettingsValues((known) => ({ ...known, [key]: value }))
                : setEntered((known) => ({ ...known, [key]: value }))
            }
            showsMissing={hasTried}
            showsAdvanced={false}
          />
          {connector.capabilities.canReply && (
            <Checkbox
              isSelected={isReadOnly}
              onChange={setIsReadOnly}
              description="Nothing goes out from it. You can change that later."
            >
              Only listen with this account
            </Checkbox>
          )}
          {state.kind === 'form' && state.failureLine !== null && (
            <Banner tone="negative" title="Not connected.">
              {state.failureLine}
            </Banner>
          )}
          {connector.permissions.length > 0 && (
            <section aria-label="Permissions">
              <h3 className={css.heading}>What it asks for, and why</h3>
              <dl className={css.permissions}>
                {connector.permissions.map(({ name, why }) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{why}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )}
          {vault !== null && (
            <p className={css.vault} data-weak={vault.kind === 'weak' || undefined}>
              {vault.note}
            </p>
          )}
          <input type="submit" hidden />
        </div>
      </form>
    </Dialog>
  );
}

const wayWords: Readonly<Record<SignInWay['kind'], string>> = {
  enter: 'Typed or pasted here.',
  redirect: 'On a page of the platform, which comes back to Earshot by itself.',
  device: 'With a short code that you type in on a page of the platform.',
  paste: 'The platform’s page shows a text that you paste here.',
};

function valuesOf(way: SignInWay, entered: SettingsValues): SettingsValues {
  return { ...initialValues(way.fields), ...entered };
}

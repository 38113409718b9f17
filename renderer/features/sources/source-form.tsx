import { useEffect, useRef, useState } from 'react';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Source } from '../../../shared/model/source.ts';
import type { Account } from '../../../shared/model/account.ts';
import type { Tracker } from '../../../shared/model/tracker.ts';
import { useCommand } from '../../client/hooks.ts';
import { showNotice } from '../../state/notice-store.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AccountChoice } from './account-choice.tsx';
import { type Listening, ListeningChoice } from './listening-choice.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { SettingsForm } from '../../ui/settings-form.tsx';
import { initialValues, type SettingsValues, toSettings } from '../../ui/settings-values.ts';
import css from './source-form.module.css';
import { TestRun } from './test-run.tsx';
import { testKey, useSourceTest } from './use-source-test.ts';

export interface SourceFormProps {
  readonly connector: ConnectorInfo;
  readonly trackers: readonly Tracker[];
  /** Of this platform. */
  readonly accounts: readonly Account[];
  readonly source?: Source;
  readonly initialSettings?: Readonly<Record<string, unknown>>;
  readonly testsAtOnce: boolean;
  readonly onClose: () => void;
  readonly onSaved?: (source: Source) => void;
  readonly onAddTracker?: () => void;
  readonly onAddAccount?: (connectorId: string) => void;
  readonly onBack?: () => void;
}

const longestName = 200;

/** The settings that allow addresses on the user's own network, where a connector has them. */
const privateNetworkKey = 'allowPrivateNetwork';

export function SourceForm({
  connector,
  trackers,
  accounts,
  source,
  initialSettings,
  testsAtOnce,
  onClose,
  onSaved,
  onAddTracker,
  onAddAccount,
  onBack,
}: SourceFormProps) {
  const fields = connector.settings;
  const [values, setValues] = useState(() => initialValues(fields, source?.settings ?? initialSettings));
  const [listening, setListening] = useState<Listening>({
    kind: source && isNarrowed(source, connector) ? 'some' : 'all',
    // Trackers that were removed since are no choice any more.
    trackerIds: (source?.trackerIds ?? []).filter((id) => trackers.some(({ trackerId }) => trackerId === id)),
  });
  const [accountId, setAccountId] = useState(
    // A search without an account is the plain thing; where one is needed, the only one is meant.
    source === undefined ? (accounts[0]?.accountId ?? null) : source.accountId,
  );
  const [name, setName] = useState(source?.name ?? '');
  const [hasTriedToSave, setHasTriedToSave] = useState(false);
  const [showsAdvanced, setShowsAdvanced] = useState(() =>
    fields.some(({ key, isAdvanced }) => isAdvanced && Boolean(values[key])),
  );
  const test = useSourceTest();
  const formRef = useRef<HTMLFormElement>(null);
  const title = source ? 'Could not save the source' : 'Could not add the source';
  const add = useCommand('sources.add', { failureTitle: title, showsFailureInPlace: true });
  const update = useCommand('sources.update', { failureTitle: title, showsFailureInPlace: true });

  const settings = toSettings(fields, values, source?.settings);
  const trackerIds = listening.kind === 'some' ? [...listening.trackerIds] : [];
  const isListeningChosen = listening.kind === 'all' || trackerIds.length > 0;
  const isAccountMissing = connector.capabilities.listensWithAccount === 'always' && accountId === null;
  const withAccount = accountId === null ? {} : { accountId };
  const input =
    settings === null || isAccountMissing
      ? null
      : { connector: connector.id, settings, trackerIds, ...withAccount };
  const isTested = input !== null && test.state.kind === 'passed' && test.state.key === testKey(input);
  const isOutdated = input === null || (test.state.kind !== 'idle' && test.state.key !== testKey(input));
  const failure = add.failureLine ?? update.failureLine;
  const isSaving = add.isRunning || update.isRunning;
  const addressKey = fields.find(({ type }) => type === 'url')?.key;

  const change = (key: string, value: string | boolean): void => {
    setValues((known) => ({ ...known, [key]: value }));
    add.clearFailure();
    update.clearFailure();
  };

  const runTest = (): void => {
    if (input === null) {
      setHasTriedToSave(true);
      focusFirstInvalid(formRef.current);
    } else void test.run(input);
  };

  /** Takes a value and tests with it in one go. */
  const testWith = (key: string, value: string | boolean): void => {
    change(key, value);
    const changed = toSettings(fields, { ...values, [key]: value }, source?.settings);
    if (changed !== null)
      void test.run({ connector: connector.id, settings: changed, trackerIds, ...withAccount });
  };

  const startTest = useRef(runTest);
  useEffect(() => {
    if (testsAtOnce) startTest.current();
  }, [testsAtOnce]);

  const save = async (): Promise<void> => {
    setHasTriedToSave(true);
    if (input === null) focusFirstInvalid(formRef.current);
    if (input === null || !isListeningChosen || isSaving) return;
    // Discovery may have found a better address than the one that was typed.
    const found = test.state.kind === 'passed' && isTested ? test.state.result.settings : input.settings;
    const named = name.trim() === '' ? {} : { name: name.trim() };
    const saved = source
      ? await update.run({
          sourceId: source.sourceId,
          settings: found,
          trackerIds,
          ...(accountId === source.accountId ? {} : { accountId }),
          ...named,
        })
      : await add.run({ connector: connector.id, settings: found, trackerIds, ...withAccount, ...named });
    if (saved === null) return;
    // Until its first check the engine knows it by its address alone.
    const called = name.trim() === '' ? (foundName ?? saved.name) : saved.name;
    showNotice({
      tone: 'plain',
      message: source
        ? `Saved “${saved.name}”.`
        : `Earshot now listens to “${called}”. Its first check runs.`,
    });
    onSaved?.(saved);
    onClose();
  };

  const allowPrivate = fields.some(({ key }) => key === privateNetworkKey)
    ? () => {
        setShowsAdvanced(true);
        testWith(privateNetworkKey, true);
      }
    : undefined;
  const foundName = test.state.kind === 'passed' && !isOutdated ? test.state.result.name : null;

  return (
    <Dialog
      title={source ? `Edit ${source.name}` : `New source: ${connector.name}`}
      description={connector.summary}
      size="large"
      onClose={onClose}
      footer={
        <>
          {onBack !== undefined && (
            <span className={css.back}>
              <Button variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack}>
                Other sources
              </Button>
            </span>
          )}
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant={isTested || source !== undefined ? 'primary' : 'secondary'}
            onPress={() => void save()}
            isPending={isSaving}
          >
            {source ? 'Save changes' : 'Add source'}
          </Button>
        </>
      }
    >
      <form
        ref={formRef}
        className={css.columns}
        onSubmit={(event) => {
          event.preventDefault();
          // Enter asks first and adds when what was asked is what stands there.
          if (isTested) void save();
          else runTest();
        }}
      >
        <div className={css.form}>
          <AccountChoice
            connector={connector}
            accounts={accounts}
            value={accountId}
            onChange={setAccountId}
            showsMissing={hasTriedToSave}
            {...(onAddAccount === undefined ? {} : { onAddAccount })}
          />
          <SettingsForm
            fields={fields}
            values={values}
            onChange={change}
            showsMissing={hasTriedToSave}
            showsAdvanced={showsAdvanced}
          />
          <ListeningChoice
            connector={connector}
            isSearch={isSearch(connector, values)}
            trackers={trackers}
            value={listening}
            onChange={setListening}
            showsMissing={hasTriedToSave}
            {...(onAddTracker === undefined ? {} : { onAddTracker })}
          />
          <TextField
            label="Name"
            value={name}
            onChange={(typed) => setName(typed.slice(0, longestName))}
            placeholder={foundName ?? 'As it calls itself'}
          />
          {failure !== null && (
            <Banner tone="negative" title={source ? 'Not saved.' : 'Not added.'}>
              {failure}
            </Banner>
          )}
          {/* Lets Enter in a field send the form. */}
          <input type="submit" hidden />
        </div>
        <TestRun
          state={test.state}
          invitation={source ? 'See what it gives' : 'See before you add'}
          isOutdated={isOutdated && test.state.kind !== 'running'}
          hasTrackers={trackers.length > 0}
          canTest={input !== null && isListeningChosen}
          onTest={runTest}
          onStop={test.stop}
          onUseAddress={(url) => {
            if (addressKey !== undefined) testWith(addressKey, url);
          }}
          onAllowPrivate={allowPrivate}
        />
      </form>
    </Dialog>
  );
}

/** By its nature, or by what was chosen to listen to. */
function isSearch({ capabilities, settings }: ConnectorInfo, values: SettingsValues): boolean {
  return (
    capabilities.listens === 'search' ||
    settings.some(({ key, options }) =>
      options?.some(({ value, isSearch: searches }) => searches === true && values[key] === value),
    )
  );
}

/** Its last tracker may have been removed: then it still does not follow everything. */
function isNarrowed(source: Source, connector: ConnectorInfo): boolean {
  return (
    source.trackerIds.length > 0 || (connector.capabilities.listens === 'follow' && !source.followsWhole)
  );
}

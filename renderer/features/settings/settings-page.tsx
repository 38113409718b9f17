import type { ReactNode } from 'react';
import type { MethodOutput } from '../../../shared/contract/contract.ts';
import type { SettingsPatch } from '../../../shared/contract/methods/settings.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { useCall, useCommand } from '../../client/hooks.ts';
import { FailedCall } from '../../ui/failed-call.tsx';
import { Button } from '../../ui/button.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/toggles.tsx';
import { hostWords } from './host-words.ts';
import css from './settings-page.module.css';

export interface SettingsPageProps {
  /** Opens the sheet of all keys. */
  readonly onShowKeys: () => void;
}

/** What the user chooses about Earshot itself. Everything takes effect at once. */
export function SettingsPage({ onShowKeys }: SettingsPageProps) {
  const settings = useCall('settings.get', {});
  const info = useCall('app.info', {});
  const set = useCommand('settings.set', { failureTitle: 'Could not save the setting' });
  const change = (patch: SettingsPatch): void => void set.run(patch);

  return (
    <Page title="Settings" description="Everything here takes effect at once.">
      {settings.isError ? (
        <FailedCall title="The settings cannot be shown." onRetry={() => void settings.refetch()}>
          {failureLine(asFailure(settings.error), settings.errorUpdatedAt)}
        </FailedCall>
      ) : settings.data === undefined ? (
        <PageSection>
          <Skeleton width="45%" />
        </PageSection>
      ) : (
        <>
          <Appearance settings={settings.data} onChange={change} />
          <Working settings={settings.data} onChange={change} onShowKeys={onShowKeys} />
        </>
      )}
      {info.data !== undefined && (
        <>
          <Data info={info.data} />
          <About info={info.data} />
        </>
      )}
    </Page>
  );
}

interface SectionProps {
  readonly settings: Settings;
  readonly onChange: (patch: SettingsPatch) => void;
}

function Appearance({ settings, onChange }: SectionProps) {
  return (
    <PageSection title="Appearance">
      <Row title="Theme" words="High contrast keeps to black, white and few strong colours.">
        <Select
          label="Theme"
          isLabelHidden
          value={settings.theme}
          onChange={(theme) => onChange({ theme })}
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'high-contrast', label: 'High contrast' },
          ]}
        />
      </Row>
      <Row title="Density" words="How much room a row of the inbox takes.">
        <SegmentedControl
          label="Density"
          value={settings.density}
          onChange={(density) => onChange({ density })}
          options={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'cosy', label: 'Cosy' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
      </Row>
    </PageSection>
  );
}

function Working({ settings, onChange, onShowKeys }: SectionProps & SettingsPageProps) {
  return (
    <PageSection title="Working in the inbox">
      <Row title="After done or snooze" words="Where the selection goes.">
        <SegmentedControl
          label="After done or snooze"
          value={settings.autoAdvance}
          onChange={(autoAdvance) => onChange({ autoAdvance })}
          options={[
            { value: 'next', label: 'Next' },
            { value: 'previous', label: 'Previous' },
            { value: 'stay', label: 'Stay' },
          ]}
        />
      </Row>
      <Row
        title="Hold before sending"
        words="A reply can be taken back so long, without a trace. Chat platforms hold five seconds at most."
      >
        <SegmentedControl
          label="Hold before sending"
          value={`${settings.holdSeconds}`}
          onChange={(seconds) => onChange({ holdSeconds: Number(seconds) as Settings['holdSeconds'] })}
          options={(['0', '5', '10', '20', '30'] as const).map((value) => ({
            value,
            label: value === '0' ? 'None' : `${value} s`,
          }))}
        />
      </Row>
      <div className={css.row}>
        <Switch
          isSelected={settings.areKeysOn}
          onChange={(areKeysOn) => onChange({ areKeysOn })}
          description="j, k, e, s and the other single keys. Keys with Ctrl or Command work either way."
        >
          Single-key shortcuts
        </Switch>
        <Button size="small" onPress={onShowKeys}>
          Show all keys
        </Button>
      </div>
      <div className={css.row}>
        <Switch
          isSelected={!settings.isOnboardingHidden}
          onChange={(isShown) => onChange({ isOnboardingHidden: !isShown })}
          description="The short list that leads from nothing to the first mention done."
        >
          Show the first steps
        </Switch>
      </div>
    </PageSection>
  );
}

function Data({ info }: { readonly info: MethodOutput<'app.info'> }) {
  const isSample = info.workspace === 'sample';
  const open = useCommand('workspace.open', { failureTitle: 'Could not switch the workspace' });
  return (
    <PageSection title="Data">
      <Row
        title={isSample ? 'Sample workspace' : 'Your workspace'}
        words={
          isSample
            ? 'Invented people and an invented brand, in a database of their own.'
            : 'Your trackers, sources and mentions. The sample has a database of its own and never mixes with them.'
        }
      >
        <Button
          size="small"
          onPress={() => void open.run({ workspace: isSample ? 'own' : 'sample' })}
          isPending={open.isRunning}
        >
          {isSample ? 'Open yours' : 'Open the sample'}
        </Button>
      </Row>
      <div className={css.block}>
        <h3 className={css.title}>Where it is kept</h3>
        <p className={css.words}>
          In this directory on this computer and nowhere else. To keep a copy, close Earshot and copy the
          directory.
        </p>
        <code className={css.path}>{info.dataDirectory}</code>
      </div>
    </PageSection>
  );
}

function About({ info }: { readonly info: MethodOutput<'app.info'> }) {
  const words = hostWords(info);
  return (
    <PageSection title="About">
      <dl className={css.facts}>
        <dt>Version</dt>
        <dd>Earshot {info.version}</dd>
        <dt>Window</dt>
        <dd>{words.window}</dd>
        {words.why !== null && (
          <>
            <dt>Why not Electron</dt>
            <dd>{words.why}</dd>
          </>
        )}
      </dl>
    </PageSection>
  );
}

function Row({
  title,
  words,
  children,
}: {
  readonly title: string;
  readonly words: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={css.row}>
      <div className={css.text}>
        <h3 className={css.title}>{title}</h3>
        <p className={css.words}>{words}</p>
      </div>
      <div className={css.control}>{children}</div>
    </div>
  );
}

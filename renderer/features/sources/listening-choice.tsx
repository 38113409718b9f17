import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { TrackerId } from '../../../shared/model/ids.ts';
import type { Tracker } from '../../../shared/model/tracker.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/toggles.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import css from './listening-choice.module.css';

/** `all`: everything a followed source publishes, or every tracker in a search. */
export interface Listening {
  readonly kind: 'all' | 'some';
  readonly trackerIds: readonly TrackerId[];
}

export interface ListeningChoiceProps {
  readonly connector: ConnectorInfo;
  /** Only what trackers match is given. */
  readonly isSearch: boolean;
  readonly trackers: readonly Tracker[];
  readonly value: Listening;
  readonly onChange: (value: Listening) => void;
  /** Says that no tracker is ticked. */
  readonly showsMissing: boolean;
  readonly onAddTracker?: () => void;
}

/** What of a source comes into the inbox. */
export function ListeningChoice({
  connector,
  isSearch,
  trackers,
  value,
  onChange,
  showsMissing,
  onAddTracker,
}: ListeningChoiceProps) {
  if (isSearch && trackers.length === 0) {
    return (
      <Banner
        tone="caution"
        title="Nothing to search for yet."
        action={
          onAddTracker && (
            <Button size="small" onPress={onAddTracker}>
              Add a tracker
            </Button>
          )
        }
      >
        {connector.name} is searched for what your trackers say. You can add it now; it waits for the first
        one.
      </Banner>
    );
  }
  const toggle = (trackerId: TrackerId, isOn: boolean): void =>
    onChange({
      kind: 'some',
      trackerIds: isOn ? [...value.trackerIds, trackerId] : value.trackerIds.filter((id) => id !== trackerId),
    });
  return (
    <div className={css.root}>
      <ChoiceCards
        label="What comes to the inbox"
        value={value.kind}
        onChange={(kind) =>
          onChange({
            kind,
            trackerIds:
              kind === 'some' && value.trackerIds.length === 0
                ? trackers.map(({ trackerId }) => trackerId)
                : value.trackerIds,
          })
        }
        choices={
          isSearch
            ? [
                {
                  value: 'all',
                  title: 'What any tracker finds',
                  words: 'Trackers that you add later are searched for too.',
                },
                { value: 'some', title: 'What some trackers find', words: 'Tick them below.' },
              ]
            : [
                {
                  value: 'all',
                  title: 'Everything it publishes',
                  words: 'Right for your own forum, blog or review page. What your trackers match is marked.',
                },
                {
                  value: 'some',
                  title: 'Only what trackers match',
                  words:
                    trackers.length === 0
                      ? 'Right for busy sites. You have no tracker yet.'
                      : 'Right for busy sites. Everything else there is left out.',
                  isDisabled: trackers.length === 0,
                },
              ]
        }
      />
      {value.kind === 'some' && (
        <fieldset className={css.trackers}>
          <legend className={css.legend}>Trackers</legend>
          {trackers.map((tracker) => (
            <Checkbox
              key={tracker.trackerId}
              isSelected={value.trackerIds.includes(tracker.trackerId)}
              onChange={(isOn) => toggle(tracker.trackerId, isOn)}
            >
              {tracker.name}
            </Checkbox>
          ))}
          {showsMissing && value.trackerIds.length === 0 && (
            <p className={css.missing} role="alert">
              Tick at least one tracker.
            </p>
          )}
        </fieldset>
      )}
    </div>
  );
}

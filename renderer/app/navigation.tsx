import type { ReactNode } from 'react';
import Archive from 'lucide-react/icons/archive';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import CircleCheck from 'lucide-react/icons/circle-check';
import CirclePause from 'lucide-react/icons/circle-pause';
import Inbox from 'lucide-react/icons/inbox';
import Plus from 'lucide-react/icons/plus';
import Send from 'lucide-react/icons/send';
import Search from 'lucide-react/icons/search';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import AudioLines from 'lucide-react/icons/audio-lines';
import UserRound from 'lucide-react/icons/user-round';
import type { Source } from '../../shared/model/source.ts';
import { useCall } from '../client/hooks.ts';
import { shownKeys } from '../state/key-map.ts';
import { platformOf } from '../state/source-platform.ts';
import { type Route, uiStore, useUi } from '../state/ui-store.ts';
import { IconButton } from '../ui/button.tsx';
import { PlatformGlyph } from '../ui/platform-glyph.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { EarshotSign } from '../ui/wordmark.tsx';
import { NavigationFooter } from './navigation-footer.tsx';
import { NavigationItem } from './navigation-item.tsx';
import css from './navigation.module.css';

/** Views, trackers and sources with what waits in each, and how listening goes. */
export function Navigation({ edge }: { readonly edge: ReactNode }) {
  const counts = useCall('inbox.counts', {}).data;
  const trackers = useCall('trackers.list', {}).data?.trackers;
  const sources = useCall('sources.list', {}).data?.sources;
  const connectors = useCall('connectors.list', {}).data?.connectors ?? [];
  const { openDialog } = uiStore.getState();
  return (
    <nav className={css.navigation} aria-label="Views" data-pane="navigation">
      <header className={css.header}>
        <EarshotSign />
        <span className={css.wordmark}>Earshot</span>
        <IconButton
          label="Command box"
          shortcut={shownKeys('commandBox')}
          size="small"
          icon={<Search aria-hidden="true" />}
          onPress={() => openDialog({ kind: 'command-box' })}
        />
      </header>
      <div className={css.scroll}>
        <ul className={css.items}>
          <ViewItem
            view="inbox"
            label="Inbox"
            icon={<Inbox aria-hidden="true" />}
            open={counts?.inbox.total ?? 0}
            unread={counts?.inbox.unread ?? 0}
            shortcut={shownKeys('goToInbox')}
          />
          <ViewItem
            view="snoozed"
            label="Snoozed"
            icon={<AlarmClock aria-hidden="true" />}
            other={counts?.snoozed ?? 0}
            shortcut={shownKeys('goToSnoozed')}
          />
          <ViewItem
            view="done"
            label="Done"
            icon={<CircleCheck aria-hidden="true" />}
            shortcut={shownKeys('goToDone')}
          />
          <ViewItem
            view="all"
            label="All"
            icon={<Archive aria-hidden="true" />}
            shortcut={shownKeys('goToAll')}
          />
          <OutboxItem />
        </ul>
        <Section
          title="Trackers"
          route={{ page: 'trackers', trackerId: null }}
          add="Add tracker"
          onAdd={() => openDialog({ kind: 'add-tracker' })}
          emptyWords={trackers?.length === 0 ? 'What to listen for' : null}
        >
          {trackers?.map(({ trackerId, name }) => {
            const count = counts?.trackers.find((known) => known.trackerId === trackerId);
            return (
              <ViewItem
                key={trackerId}
                view={`tracker:${trackerId}`}
                label={name}
                icon={<AudioLines aria-hidden="true" />}
                open={count?.total ?? 0}
                unread={count?.unread ?? 0}
              />
            );
          })}
        </Section>
        <Section
          title="Sources"
          route={{ page: 'sources', sourceId: null }}
          add="Add source"
          onAdd={() => openDialog({ kind: 'add-source' })}
          emptyWords={sources?.length === 0 ? 'Where to listen' : null}
        >
          {sources?.map((source) => {
            const count = counts?.sources.find((known) => known.sourceId === source.sourceId);
            return (
              <ViewItem
                key={source.sourceId}
                view={`source:${source.sourceId}`}
                label={source.name}
                icon={<PlatformGlyph platform={platformOf(source, connectors)} />}
                open={count?.total ?? 0}
                unread={count?.unread ?? 0}
                mark={<HealthMark source={source} />}
                // Where nothing waits, what is wrong is what the user wants to see.
                route={
                  isInTrouble(source) && (count?.total ?? 0) === 0
                    ? { page: 'sources', sourceId: source.sourceId }
                    : undefined
                }
              />
            );
          })}
        </Section>
        <AccountsSection />
      </div>
      <NavigationFooter />
      {edge}
    </nav>
  );
}

function ViewItem({
  view,
  route: ownRoute,
  ...item
}: {
  readonly view: string;
  /** Where it leads, when that is not the view. */
  readonly route?: Route | undefined;
  readonly label: string;
  readonly icon: ReactNode;
  readonly open?: number;
  readonly unread?: number;
  readonly other?: number;
  readonly shortcut?: string;
  readonly mark?: ReactNode;
}) {
  const isHere = useUi(({ route }) => route.page === 'inbox' && route.view === view);
  return (
    <NavigationItem
      {...item}
      isHere={isHere}
      onPress={() => uiStore.getState().goTo(ownRoute ?? { page: 'inbox', view })}
    />
  );
}

function Section({
  title,
  route,
  add,
  onAdd,
  emptyWords,
  children,
}: {
  readonly title: string;
  readonly route: Route;
  readonly add: string;
  readonly onAdd: () => void;
  readonly emptyWords: string | null;
  readonly children: ReactNode;
}) {
  const isHere = useUi((state) => state.route.page === route.page);
  return (
    <section className={css.section} aria-label={title}>
      <header className={css.sectionHeader}>
        <button
          type="button"
          className={css.sectionTitle}
          aria-current={isHere ? 'page' : undefined}
          onClick={() => uiStore.getState().goTo(route)}
        >
          {title}
        </button>
        <IconButton label={add} size="small" icon={<Plus aria-hidden="true" />} onPress={onAdd} />
      </header>
      {emptyWords === null ? (
        <ul className={css.items}>{children}</ul>
      ) : (
        <button type="button" className={css.invitation} onClick={onAdd}>
          {emptyWords}
        </button>
      )}
    </section>
  );
}

/** What waits for its platform, and a mark where something did not arrive. */
function OutboxItem() {
  const counts = useCall('replies.counts', {}).data;
  const isHere = useUi(({ route }) => route.page === 'outbox');
  const failed = counts?.failed ?? 0;
  const unconfirmed = counts?.unconfirmed ?? 0;
  const troubled = failed + unconfirmed;
  const trouble = [
    failed === 0 ? '' : `${failed} not sent`,
    unconfirmed === 0 ? '' : `${unconfirmed} perhaps sent`,
  ]
    .filter(Boolean)
    .join(', ');
  const waiting = (counts?.queued ?? 0) + (counts?.sending ?? 0);
  return (
    <NavigationItem
      label="Outbox"
      icon={<Send aria-hidden="true" />}
      isHere={isHere}
      shortcut={shownKeys('goToOutbox')}
      mark={
        troubled === 0 ? null : (
          <span className={css.trouble} title={trouble}>
            <TriangleAlert aria-hidden="true" />
            <VisuallyHidden>, {trouble}</VisuallyHidden>
          </span>
        )
      }
      other={waiting + troubled}
      otherLabel="in the outbox"
      onPress={() => uiStore.getState().goTo({ page: 'outbox' })}
    />
  );
}

/** One line: accounts are seldom looked at, unless one needs its owner. */
function AccountsSection() {
  const accounts = useCall('accounts.list', {}).data?.accounts ?? [];
  const needy = accounts.filter(({ state }) => state === 'expired').length;
  const isHere = useUi(({ route }) => route.page === 'accounts');
  return (
    <ul className={`${css.items} ${css.apart}`}>
      <NavigationItem
        label="Accounts"
        icon={<UserRound aria-hidden="true" />}
        isHere={isHere}
        shortcut={shownKeys('goToAccounts')}
        mark={
          needy === 0 ? null : (
            <span className={css.trouble} title="Needs you to sign in again">
              <TriangleAlert aria-hidden="true" />
              <VisuallyHidden>, needs you to sign in again</VisuallyHidden>
            </span>
          )
        }
        onPress={() => uiStore.getState().goTo({ page: 'accounts' })}
      />
    </ul>
  );
}

function isInTrouble({ health: { state, failCount } }: Source): boolean {
  return state === 'blocked' || state === 'gone' || (state === 'failing' && failCount > 1);
}

/** Beside a source that does not work: shape and words, not colour. */
function HealthMark({ source }: { readonly source: Source }) {
  if (source.health.state === 'paused') {
    return (
      <span className={css.paused} title="Paused">
        <CirclePause aria-hidden="true" />
        <VisuallyHidden>, paused</VisuallyHidden>
      </span>
    );
  }
  if (isInTrouble(source)) {
    return (
      <span className={css.trouble} title="Does not work">
        <TriangleAlert aria-hidden="true" />
        <VisuallyHidden>, does not work</VisuallyHidden>
      </span>
    );
  }
  return null;
}

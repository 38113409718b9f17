import { type ReactNode, useRef } from 'react';
import type { Failure } from '../../../shared/contract/errors.ts';
import { failureSentence } from '../../client/failure-sentence.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Highlight } from '../../ui/highlight.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { type FeedOffer, foundAddress, offersOf, testWords } from './test-words.ts';
import css from './test-run.module.css';
import { agoWords } from './time-words.ts';
import type { TestResult, TestState } from './use-source-test.ts';

export interface TestRunProps {
  readonly state: TestState;
  /** Above the first test. */
  readonly invitation: string;
  /** The form has changed since. */
  readonly isOutdated: boolean;
  readonly canTest: boolean;
  /** There is something that could match. */
  readonly hasTrackers: boolean;
  readonly onTest: () => void;
  readonly onStop: () => void;
  /** Takes another address that the page offers. */
  readonly onUseAddress: (url: string) => void;
  /** Fits when an address on the user's own network was refused and the connector can allow it. */
  readonly onAllowPrivate?: (() => void) | undefined;
}

/** What a source gives, before it is added: nothing is stored. */
export function TestRun({
  state,
  invitation,
  isOutdated,
  canTest,
  hasTrackers,
  onTest,
  onStop,
  onUseAddress,
  onAllowPrivate,
}: TestRunProps) {
  const panel = useRef<HTMLElement>(null);
  /** A pressed button goes away with what it stood in: the focus stays in the panel. */
  const keepFocus = (): void => panel.current?.focus({ preventScroll: true });
  const test = (): void => {
    keepFocus();
    onTest();
  };
  const stop = (): void => {
    keepFocus();
    onStop();
  };
  const takeAddress = (url: string): void => {
    keepFocus();
    onUseAddress(url);
  };
  const allowPrivate = (): void => {
    keepFocus();
    onAllowPrivate?.();
  };
  return (
    <section
      ref={panel}
      tabIndex={-1}
      className={css.panel}
      aria-label="Test run"
      aria-busy={state.kind === 'running'}
    >
      {state.kind === 'idle' && (
        <div className={css.invitation}>
          <h3>{invitation}</h3>
          <p>A test run asks the source once and shows what it gives. Nothing is stored.</p>
          <Button onPress={test} isDisabled={!canTest}>
            Test run
          </Button>
        </div>
      )}
      {state.kind === 'running' && (
        <>
          <div className={css.running}>
            <Spinner label="Testing" />
            <output className={css.runningWords}>Asking the source…</output>
            <Button size="small" variant="quiet" onPress={stop}>
              Stop
            </Button>
          </div>
          <div className={css.bones} aria-hidden="true">
            <Skeleton width="70%" />
            <Skeleton width="95%" />
            <Skeleton width="55%" />
          </div>
        </>
      )}
      {state.kind === 'failed' && (
        <div className={css.outcome}>
          <FailedTest
            failure={state.failure}
            at={state.at}
            onUseAddress={takeAddress}
            onAllowPrivate={onAllowPrivate && allowPrivate}
          />
        </div>
      )}
      {state.kind === 'passed' && (
        <div className={css.outcome}>
          <PassedTest
            result={state.result}
            at={state.at}
            tested={state.input.settings}
            hasTrackers={hasTrackers}
            onUseAddress={takeAddress}
          />
        </div>
      )}
      {(state.kind === 'passed' || state.kind === 'failed') && (
        <div className={css.again}>
          {isOutdated && <span className={css.note}>The form has changed since this test.</span>}
          <Button size="small" onPress={test} isDisabled={!canTest}>
            Test again
          </Button>
        </div>
      )}
    </section>
  );
}

function FailedTest({
  failure,
  at,
  onAllowPrivate,
  onUseAddress,
}: Pick<TestRunProps, 'onUseAddress' | 'onAllowPrivate'> & {
  readonly failure: Failure;
  readonly at: number;
}) {
  const { happened, next } = failureSentence(failure, at);
  const offers = offersOf(failure);
  return (
    <>
      <Banner tone="negative" title={happened}>
        {next}
      </Banner>
      {failure.code === 'private-address' && onAllowPrivate !== undefined && (
        <div>
          <Button size="small" onPress={onAllowPrivate}>
            It is a server of mine: allow it
          </Button>
        </div>
      )}
      <Offers title="The page links to these feeds" offers={offers} onUseAddress={onUseAddress} />
    </>
  );
}

function PassedTest({
  result,
  at,
  tested,
  hasTrackers,
  onUseAddress,
}: {
  readonly result: TestResult;
  readonly at: number;
  readonly tested: Readonly<Record<string, unknown>>;
  readonly hasTrackers: boolean;
  readonly onUseAddress: (url: string) => void;
}) {
  const address = foundAddress(tested, result.settings);
  const { headline, detail } = testWords(result, hasTrackers);
  return (
    <>
      <output className={css.found}>
        <span className={css.headline} dir="auto">
          {result.name ?? headline}
        </span>
        <span className={css.detail}>{result.name === null ? detail : `${headline} ${detail}`}</span>
        {address !== null && (
          <span className={css.address}>
            <VisuallyHidden>Found at </VisuallyHidden>
            {address}
          </span>
        )}
      </output>
      {result.items.length > 0 && (
        <ul className={css.items} aria-label="What it gives">
          {result.items.map((item, index) => (
            <li key={item.url ?? index} className={css.item}>
              <p className={css.byline}>
                <bdi className={css.author}>{item.author}</bdi>
                {item.publishedAt !== null && (
                  <time dateTime={new Date(item.publishedAt).toISOString()}>
                    {agoWords(item.publishedAt, at)}
                  </time>
                )}
                {item.isMatched && <Chip tone="accent">Match</Chip>}
              </p>
              {item.title !== null && (
                <p className={css.title} dir="auto">
                  <Highlight text={item.title} spans={item.spans.filter(({ field }) => field === 'title')} />
                </p>
              )}
              {item.text !== '' && (
                <p className={css.text} dir="auto">
                  <Highlight text={item.text} spans={item.spans.filter(({ field }) => field === 'text')} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      <Offers
        title="The page offers other feeds too"
        offers={result.alternatives}
        onUseAddress={onUseAddress}
      />
    </>
  );
}

function Offers({
  title,
  offers,
  onUseAddress,
}: {
  readonly title: ReactNode;
  readonly offers: readonly FeedOffer[];
  readonly onUseAddress: (url: string) => void;
}) {
  if (offers.length === 0) return null;
  return (
    <div className={css.offers}>
      <h4>{title}</h4>
      <ul>
        {offers.slice(0, 6).map((offer) => (
          <li key={offer.url} className={css.offer}>
            <span className={css.offerWords}>
              {offer.title !== null && <bdi className={css.offerTitle}>{offer.title}</bdi>}
              <span className={css.address}>{offer.url}</span>
            </span>
            <Button size="small" onPress={() => onUseAddress(offer.url)}>
              Use this
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

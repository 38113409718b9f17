import { useMemo, useState } from 'react';
import { useCall } from '../../client/hooks.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import type { InboxItem, MatchSpan } from '../../../shared/model/mention.ts';
import { Banner } from '../../ui/banner.tsx';
import { Highlight } from '../../ui/highlight.tsx';
import { PlatformGlyph } from '../../ui/platform-glyph.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { excerptAround } from './excerpt.ts';
import { previewSpans } from './preview-spans.ts';
import { previewWords } from './preview-words.ts';
import css from './tracker-preview.module.css';

export interface TrackerPreviewProps {
  /** A query without mistakes; null while there is none to try. */
  readonly query: string | null;
  /** The user is still typing: what is shown belongs to what stood there before. */
  readonly isTyping: boolean;
}

/** What the query would have caught among the mentions already stored. */
export function TrackerPreview({ query, isTyping }: TrackerPreviewProps) {
  const preview = useCall(
    'trackers.preview',
    { query: query ?? '', limit: 12 },
    { isEnabled: query !== null, keepsPrevious: true, isCached: false },
  );
  // While a new answer is on its way, the former one is shown with its own marks.
  const [answered, setAnswered] = useState(query);
  if (query !== null && query !== answered && preview.data !== undefined && !preview.isPlaceholderData)
    setAnswered(query);
  const spansOf = useMemo(() => previewSpans(answered ?? ''), [answered]);
  const isOutdated = isTyping || preview.isPlaceholderData;
  /** The query has a mistake now; what is shown belongs to what stood there before. */
  const isOfFormerQuery = query === null && !isTyping;
  return (
    <section className={css.preview} aria-label="Preview" aria-busy={isOutdated}>
      {query === null && preview.data === undefined ? (
        <div className={css.invitation}>
          <h3>What it would catch</h3>
          <p>As soon as the query makes sense, its hits among your stored mentions show here.</p>
        </div>
      ) : preview.isError ? (
        <Banner tone="caution" title="No preview.">
          {failureLine(asFailure(preview.error), preview.errorUpdatedAt)}
        </Banner>
      ) : preview.data === undefined ? (
        <PreviewSkeleton />
      ) : (
        <>
          {isOfFormerQuery && <p className={css.former}>Before the mistake it was:</p>}
          <Figures {...preview.data} />
          <ul className={css.hits}>
            {preview.data.items.map((item) => (
              <Hit key={item.mentionId} item={item} spans={spansOf(item)} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Figures(figures: { total: number; searched: number; perDay: number | null }) {
  const { headline, detail, advice, isFlood } = previewWords(figures);
  return (
    <output className={css.figures}>
      <span className={css.headline}>{headline}</span>
      <span className={css.detail}>{detail}</span>
      {advice !== null && (
        <span className={css.advice} data-flood={isFlood || undefined}>
          {advice}
        </span>
      )}
    </output>
  );
}

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });

function Hit({ item, spans }: { readonly item: InboxItem; readonly spans: readonly MatchSpan[] }) {
  const titleSpans = spans.filter((span) => span.field === 'title');
  const excerpt = excerptAround(
    item.text,
    spans.filter((span) => span.field === 'text'),
  );
  return (
    <li className={css.hit}>
      <p className={css.byline}>
        <PlatformGlyph platform={item.platform} />
        <bdi className={css.author}>{item.author.name}</bdi>
        <time dateTime={new Date(item.publishedAt).toISOString()}>{day.format(item.publishedAt)}</time>
      </p>
      {item.title !== null && (
        <p className={css.title} dir="auto">
          <Highlight text={item.title} spans={titleSpans} />
        </p>
      )}
      {excerpt.text !== '' && (
        <p className={css.text} dir="auto">
          <Highlight text={excerpt.text} spans={excerpt.spans} />
        </p>
      )}
    </li>
  );
}

function PreviewSkeleton() {
  return (
    <div className={css.figures} aria-hidden="true">
      <Skeleton width="55%" height={18} />
      <Skeleton width="80%" />
      <Skeleton width="95%" />
      <Skeleton width="70%" />
    </div>
  );
}

import { type ReactNode, useState } from 'react';
import ArrowUpRight from 'lucide-react/icons/arrow-up-right';
import type { Mention } from '../../../shared/model/mention.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Chip } from '../../ui/chip.tsx';
import { cx } from '../../ui/cx.ts';
import { Highlight } from '../../ui/highlight.tsx';
import { SentimentChip } from '../../ui/sentiment-chip.tsx';
import { exactTime, relativeTime } from '../../ui/time-words.ts';
import { DocumentView } from '../../ui/document-view.tsx';
import css from './mention-view.module.css';
import { snippetOf } from './snippet.ts';
import { WhySentiment } from './why-sentiment.tsx';

export interface MentionViewProps {
  readonly mention: Mention;
  /** The title that the conversation already shows is not said twice. */
  readonly conversationTitle: string | null;
  readonly now: number;
  readonly isNewest: boolean;
  /** What can be done to it on its platform. */
  readonly actions: ReactNode;
}

/** The newest stands open; the earlier ones are a line each until somebody wants them. */
export function MentionView(props: MentionViewProps) {
  const [isOpen, setOpen] = useState(props.isNewest);
  return isOpen || props.isNewest ? (
    <OpenMention {...props} />
  ) : (
    <FoldedMention mention={props.mention} now={props.now} onOpen={() => setOpen(true)} />
  );
}

function FoldedMention({
  mention,
  now,
  onOpen,
}: Pick<MentionViewProps, 'mention' | 'now'> & { readonly onOpen: () => void }) {
  const { text, spans } = snippetOf(
    mention.text,
    mention.matches.flatMap((match) => match.spans),
  );
  return (
    <button
      type="button"
      className={css.folded}
      aria-expanded={false}
      data-mention={mention.mentionId}
      onClick={onOpen}
    >
      <Avatar name={mention.author.name} seed={mention.author.handle} size="small" />
      <span className={css.foldedName} dir="auto">
        {mention.author.name}
      </span>
      <span className={css.foldedText} dir="auto">
        <Highlight text={text} spans={spans} />
      </span>
      <time dateTime={new Date(mention.publishedAt).toISOString()} title={exactTime(mention.publishedAt)}>
        {relativeTime(mention.publishedAt, now)}
      </time>
    </button>
  );
}

function OpenMention({ mention, conversationTitle, now, isNewest, actions }: MentionViewProps) {
  const [isWhyOpen, setWhyOpen] = useState(false);
  const spans = mention.matches.flatMap((match) => match.spans);
  const ofField = (field: 'title' | 'text' | 'author') => spans.filter((span) => span.field === field);
  const hasOwnTitle = mention.title !== null && mention.title !== '' && mention.title !== conversationTitle;
  return (
    <article
      className={cx(css.mention, isNewest && css.newest)}
      aria-label={`${kindWords[mention.kind]} by ${mention.author.name}`}
      data-mention={mention.mentionId}
      tabIndex={-1}
    >
      <header className={css.header}>
        <Avatar name={mention.author.name} seed={mention.author.handle} platform={mention.platform} />
        <div className={css.who}>
          <span className={css.names}>
            <AuthorName mention={mention} spans={ofField('author')} />
            {mention.author.handle !== null && (
              <span className={css.handle} dir="auto">
                {mention.author.handle}
              </span>
            )}
          </span>
          <span className={css.when}>
            <time dateTime={new Date(mention.publishedAt).toISOString()}>
              {exactTime(mention.publishedAt)}
            </time>
            <span> · {relativeTime(mention.publishedAt, now)}</span>
            {mention.isTimeGuessed && <span title="The platform gave no date"> · first seen then</span>}
            {mention.deletedAt !== null && (
              <span title={`Found gone ${exactTime(mention.deletedAt)}`}> · deleted on the platform</span>
            )}
            {mention.editedAt !== null && (
              <span title={`Edited ${exactTime(mention.editedAt)}`}> · edited</span>
            )}
          </span>
        </div>
        <SentimentChip
          label={mention.sentiment.label}
          why={{ isOpen: isWhyOpen, onToggle: () => setWhyOpen(!isWhyOpen) }}
        />
      </header>
      {isWhyOpen && <WhySentiment mention={mention} />}
      {hasOwnTitle && (
        <h3 className={css.title} dir="auto">
          <Highlight text={mention.title ?? ''} spans={ofField('title')} />
        </h3>
      )}
      <DocumentView
        document={mention.document}
        matches={ofField('text')}
        words={isWhyOpen ? mention.sentiment.words : []}
      />
      <footer className={css.footer}>
        {mention.url !== null && (
          <a
            className={css.source}
            href={mention.url}
            target="_blank"
            rel="noopener noreferrer"
            title={mention.url}
            data-original={isNewest || undefined}
          >
            Open on {hostOf(mention.url)}
            <ArrowUpRight aria-hidden="true" />
          </a>
        )}
        {mention.matches.map(
          ({ trackerId, trackerName }) =>
            // A row knows that it matched before it knows by which name.
            trackerName !== '' && (
              <Chip key={trackerId} tone="outline">
                {trackerName}
              </Chip>
            ),
        )}
        <span className={css.via}>via {mention.sources.map((source) => source.name).join(', ')}</span>
        {actions !== null && <span className={css.actions}>{actions}</span>}
      </footer>
    </article>
  );
}

function AuthorName({
  mention,
  spans,
}: {
  readonly mention: Mention;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}) {
  const name = <Highlight text={mention.author.name} spans={spans} />;
  return mention.author.url === null || !/^https?:/i.test(mention.author.url) ? (
    <span className={css.name} dir="auto">
      {name}
    </span>
  ) : (
    <a
      className={css.name}
      dir="auto"
      href={mention.author.url}
      target="_blank"
      rel="noopener noreferrer"
      title={mention.author.url}
    >
      {name}
    </a>
  );
}

const kindWords: Readonly<Record<Mention['kind'], string>> = {
  post: 'Post',
  comment: 'Comment',
  article: 'Article',
  review: 'Review',
  message: 'Message',
  video: 'Video',
};

/** Shown beside every link out, so that nobody is led to a place they did not expect. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host.replace(/^www\./, '') ?? url;
}

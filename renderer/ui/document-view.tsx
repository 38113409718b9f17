import { Fragment, type ReactNode, useMemo } from 'react';
import ImageIcon from 'lucide-react/icons/image';
import type { Block, Document, Inline } from '../../shared/model/document.ts';
import type { SentimentWord } from '../../shared/model/sentiment.ts';
import { documentText } from '../../shared/text/document-text.ts';
import type { Span } from './cut-at-spans.ts';
import { directionOf } from './direction.ts';
import css from './document-view.module.css';
import { createMarker, textOffsets } from './mark-document.ts';

export interface DocumentViewProps {
  readonly document: Document;
  /** Stretches of the document's text that trackers matched. */
  readonly matches: readonly Span[];
  /** Words to underline while the reader asks why the sentiment is what it is. */
  readonly words: readonly SentimentWord[];
}

/** What a stranger wrote, drawn element by element: nothing in it can become markup. */
export function DocumentView({ document, matches, words }: DocumentViewProps) {
  const offsets = useMemo(() => textOffsets(document), [document]);
  const mark = createMarker(matches, words);
  const text = (value: string, node: Inline | Block): ReactNode => {
    const offset = offsets.get(node);
    if (offset === undefined) return value;
    return mark(value, offset).map((piece) => {
      const inner =
        piece.word === null ? (
          piece.text
        ) : (
          <span className={piece.word.weight < 0 ? css.negativeWord : css.positiveWord}>{piece.text}</span>
        );
      return piece.isMatched ? (
        <mark key={piece.start}>{inner}</mark>
      ) : (
        <Fragment key={piece.start}>{inner}</Fragment>
      );
    });
  };
  return (
    <div className={css.document}>
      <Blocks blocks={document} text={text} />
    </div>
  );
}

type DrawText = (value: string, node: Inline | Block) => ReactNode;

function Blocks({ blocks, text }: { readonly blocks: Document; readonly text: DrawText }) {
  return blocks.map((block, index) => <OneBlock key={index} block={block} text={text} />);
}

function OneBlock({ block, text }: { readonly block: Block; readonly text: DrawText }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p dir="auto">
          <Inlines inlines={block.children} text={text} />
        </p>
      );
    case 'heading':
      // Below the mention's own heading, whatever the stranger's level was.
      return (
        <h4 dir="auto">
          <Inlines inlines={block.children} text={text} />
        </h4>
      );
    case 'quote':
      return (
        <blockquote dir={directionOf(documentText([block]))}>
          <Blocks blocks={block.children} text={text} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Blocks blocks={item} text={text} />
        </li>
      ));
      // Bullets and numbers stand on the side where the writing begins.
      const direction = directionOf(documentText([block]));
      return block.ordered ? <ol dir={direction}>{items}</ol> : <ul dir={direction}>{items}</ul>;
    }
    case 'code':
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- it scrolls sideways, so the keyboard must reach it
        <pre tabIndex={0} role="group" aria-label="Code" dir="ltr">
          <code>{text(block.text, block)}</code>
        </pre>
      );
  }
}

function Inlines({
  inlines,
  text,
  isInLink = false,
}: {
  readonly inlines: readonly Inline[];
  readonly text: DrawText;
  readonly isInLink?: boolean;
}) {
  return inlines.map((inline, index) => (
    <OneInline key={index} inline={inline} text={text} isInLink={isInLink} />
  ));
}

function OneInline({
  inline,
  text,
  isInLink,
}: {
  readonly inline: Inline;
  readonly text: DrawText;
  readonly isInLink: boolean;
}) {
  switch (inline.type) {
    case 'text':
      return text(inline.text, inline);
    case 'break':
      return <br />;
    case 'code':
      return <code>{text(inline.text, inline)}</code>;
    case 'emphasis':
      return (
        <em>
          <Inlines inlines={inline.children} text={text} isInLink={isInLink} />
        </em>
      );
    case 'strong':
      return (
        <strong>
          <Inlines inlines={inline.children} text={text} isInLink={isInLink} />
        </strong>
      );
    case 'link': {
      const words = <Inlines inlines={inline.children} text={text} isInLink />;
      return isInLink ? (
        words
      ) : (
        <a href={inline.href} target="_blank" rel="noopener noreferrer" title={inline.href}>
          {words}
        </a>
      );
    }
    case 'image': {
      const words = (
        <>
          <ImageIcon aria-hidden="true" />
          <span>Image: {inline.alt === '' ? 'no description' : text(inline.alt, inline)}</span>
        </>
      );
      return isInLink ? (
        <span className={css.image}>{words}</span>
      ) : (
        <a
          className={css.image}
          href={inline.src}
          target="_blank"
          rel="noopener noreferrer"
          title={`Not loaded; opens ${inline.src}`}
        >
          {words}
        </a>
      );
    }
  }
}

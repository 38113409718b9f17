import type { Block, Document, Inline } from '../../../../shared/model/document.ts';
import { cleanText } from './clean-text.ts';

/** How a stretch of text is set. Emphasis inside emphasis says nothing more, so three marks are all there is. */
export interface InlineFormat {
  readonly href: string | null;
  readonly isStrong: boolean;
  readonly isEmphasis: boolean;
}

export const plainFormat: InlineFormat = { href: null, isStrong: false, isEmphasis: false };

type Run = { readonly format: InlineFormat } & (
  | { readonly type: 'text' | 'code'; text: string }
  | { readonly type: 'break' }
  | { readonly type: 'image'; readonly src: string; readonly alt: string }
);

type Frame =
  | { readonly type: 'blocks'; readonly blocks: Block[] }
  | { readonly type: 'quote'; readonly blocks: Block[] }
  | { readonly type: 'list'; readonly isOrdered: boolean; readonly items: Block[][] }
  | { readonly type: 'item'; readonly blocks: Block[] };

/** Quotes and lists inside each other; deeper ones are read as part of the innermost. */
const maximumNesting = 24;

/**
 * Collects text and marks in reading order and makes a Document of them. Runs are kept flat until their
 * paragraph ends, so that nothing here recurses and white space can be judged across marks as browsers do.
 */
export function createDocumentBuilder(limits: {
  readonly maximumLength: number;
  readonly maximumRuns: number;
}) {
  const root: Block[] = [];
  const frames: Frame[] = [{ type: 'blocks', blocks: root }];
  let runs: Run[] = [];
  let headingLevel = 0;
  let length = 0;
  let runCount = 0;

  function isFull(): boolean {
    return length >= limits.maximumLength || runCount >= limits.maximumRuns;
  }

  function push(run: Run): void {
    runs.push(run);
    runCount += 1;
  }

  function endsWithSpace(): boolean {
    const last = runs.at(-1);
    if (last === undefined || last.type === 'break') return true;
    return (last.type === 'text' || last.type === 'code') && /[ \n]$/.test(last.text.slice(-1));
  }

  function addText(text: string, format: InlineFormat, type: 'text' | 'code' = 'text'): void {
    let collapsed = text.replace(/[ \t\n\r\f]+/g, ' ');
    if (collapsed.startsWith(' ') && endsWithSpace()) collapsed = collapsed.slice(1);
    if (collapsed === '') return;
    collapsed = collapsed.slice(0, Math.max(0, limits.maximumLength - length));
    length += collapsed.length;
    const last = runs.at(-1);
    if (last !== undefined && last.type === type && isSameFormat(last.format, format)) last.text += collapsed;
    else push({ type, text: collapsed, format });
  }

  function addBreak(): void {
    push({ type: 'break', format: plainFormat });
    length += 1;
  }

  function addImage(src: string, alt: string, format: InlineFormat): void {
    const cleaned = cleanText(alt).replace(/\s+/g, ' ').trim().slice(0, 1_000);
    push({ type: 'image', src, alt: cleaned, format });
    length += cleaned.length;
  }

  function blocksNow(): Block[] {
    const frame = frames.at(-1);
    if (frame === undefined) return root;
    if (frame.type !== 'list') return frame.blocks;
    // Text that stands in a list but in none of its items.
    const item: Block[] = [];
    frame.items.push(item);
    return item;
  }

  /** Ends the paragraph or heading that is being read; one without content leaves nothing behind. */
  function endParagraph(): void {
    if (runs.length === 0) return;
    const children = inlinesOf(runs);
    runs = [];
    if (children.length === 0) return;
    blocksNow().push(
      headingLevel > 0 ? { type: 'heading', level: headingLevel, children } : { type: 'paragraph', children },
    );
  }

  function addCodeBlock(text: string): void {
    endParagraph();
    const cleaned = cleanText(text.replace(/\r\n?/g, '\n'))
      .replace(/^\n/, '')
      .trimEnd()
      .slice(0, Math.max(0, limits.maximumLength - length));
    if (cleaned.trim() === '') return;
    length += cleaned.length;
    runCount += 1;
    blocksNow().push({ type: 'code', text: cleaned });
  }

  /** False when it is nested too deep to be shown as such; then it must not be closed either. */
  function open(type: 'quote' | 'ordered' | 'unordered' | 'item'): boolean {
    endParagraph();
    if (frames.length > maximumNesting) return false;
    if (type === 'item' && frames.at(-1)?.type !== 'list') return false;
    runCount += 1;
    if (type === 'quote') frames.push({ type, blocks: [] });
    else if (type === 'item') frames.push({ type, blocks: [] });
    else frames.push({ type: 'list', isOrdered: type === 'ordered', items: [] });
    return true;
  }

  function close(): void {
    endParagraph();
    const frame = frames.length > 1 ? frames.pop() : undefined;
    const parent = frames.at(-1);
    if (frame === undefined || parent === undefined) return;
    if (frame.type === 'item') {
      if (frame.blocks.length === 0) return;
      if (parent.type === 'list') parent.items.push(frame.blocks);
      else parent.blocks.push(...frame.blocks);
    } else if (frame.type === 'quote') {
      if (frame.blocks.length > 0) blocksNow().push({ type: 'quote', children: frame.blocks });
    } else if (frame.type === 'list') {
      if (frame.items.length > 0)
        blocksNow().push({ type: 'list', ordered: frame.isOrdered, items: frame.items });
    }
  }

  function setHeading(level: number): void {
    endParagraph();
    headingLevel = level;
  }

  function finish(): Document {
    endParagraph();
    while (frames.length > 1) close();
    return root;
  }

  return {
    isFull,
    addText,
    addBreak,
    addImage,
    addCodeBlock,
    endParagraph,
    setHeading,
    open,
    close,
    finish,
  };
}

function isSameFormat(a: InlineFormat, b: InlineFormat): boolean {
  return a.href === b.href && a.isStrong === b.isStrong && a.isEmphasis === b.isEmphasis;
}

/** Trims the ends as a browser does and nests what is left as link > strong > emphasis. */
function inlinesOf(runs: readonly Run[]): Inline[] {
  const kept = trimRuns(runs);
  const children: Inline[] = [];
  let start = 0;
  while (start < kept.length) {
    const format = kept[start]?.format ?? plainFormat;
    let end = start + 1;
    while (end < kept.length && isSameFormat(kept[end]?.format ?? plainFormat, format)) end += 1;
    appendFormatted(children, kept.slice(start, end).map(leafOf), format);
    start = end;
  }
  return children;
}

function trimRuns(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    if (run.type === 'text' || run.type === 'code') {
      const text = cleanText(run.text);
      if (text !== '') kept.push({ ...run, text });
    } else {
      if (run.type === 'break') trimLast(kept);
      // Two breaks make an empty line; more of them say nothing more.
      if (run.type === 'break' && kept.at(-1)?.type === 'break' && kept.at(-2)?.type === 'break') continue;
      kept.push(run);
    }
  }
  while (kept.length > 0 && isBlank(kept.at(-1))) kept.pop();
  trimLast(kept);
  const first = kept.findIndex((run) => !isBlank(run));
  if (first === -1) return [];
  const result = kept.slice(first);
  const head = result[0];
  if (head !== undefined && head.type === 'text') result[0] = { ...head, text: head.text.trimStart() };
  return result;
}

function isBlank(run: Run | undefined): boolean {
  if (run === undefined || run.type === 'break') return true;
  return run.type !== 'image' && run.text.trim() === '';
}

function trimLast(runs: Run[]): void {
  const last = runs.at(-1);
  if (last === undefined || last.type !== 'text') return;
  const text = last.text.trimEnd();
  if (text === '') runs.pop();
  else runs[runs.length - 1] = { ...last, text };
}

function leafOf(run: Run): Inline {
  if (run.type === 'break') return { type: 'break' };
  if (run.type === 'image') return { type: 'image', src: run.src, alt: run.alt };
  return { type: run.type, text: run.text };
}

function appendFormatted(children: Inline[], leaves: Inline[], format: InlineFormat): void {
  let nodes = leaves;
  if (format.isEmphasis) nodes = [{ type: 'emphasis', children: nodes }];
  if (format.isStrong) nodes = [{ type: 'strong', children: nodes }];
  if (format.href === null) {
    children.push(...nodes);
    return;
  }
  // A link whose words are set differently stays one link; the array was made here and may still grow.
  const last = children.at(-1);
  if (last?.type === 'link' && last.href === format.href) (last.children as Inline[]).push(...nodes);
  else children.push({ type: 'link', href: format.href, children: nodes });
}

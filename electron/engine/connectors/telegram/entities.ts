import type { Document } from '../../../../shared/model/document.ts';
import { createDocumentBuilder, plainFormat } from '../text/document-builder.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import type { TelegramEntity } from './wire.ts';

type Builder = ReturnType<typeof createDocumentBuilder>;
const quotes = new Set(['blockquote', 'expandable_blockquote']);

/** A text and the stretches that are set in it, which may lie inside each other, as a document. */
export function entitiesToDocument(text: string, entities: readonly TelegramEntity[]): Document {
  const builder = createDocumentBuilder({ maximumLength: 20_000, maximumRuns: 10_000 });
  const known = entities.filter(({ offset, length }) => length > 0 && offset < text.length);
  const edges = new Set([0, text.length]);
  for (const { offset, length } of known) edges.add(offset).add(Math.min(offset + length, text.length));
  const stops = [...edges].sort((a, b) => a - b);
  let isQuoted = false;
  let code = '';
  stops.slice(0, -1).forEach((start, place) => {
    const end = stops[place + 1] ?? text.length;
    const active = known.filter(({ offset, length }) => offset <= start && offset + length >= end);
    const has = (type: string): boolean => active.some((entity) => entity.type === type);
    const isCode = has('pre');
    if (!isCode && code !== '') {
      builder.addCodeBlock(code);
      code = '';
    }
    const quoted = active.some(({ type }) => quotes.has(type));
    if (quoted !== isQuoted) {
      if (quoted) builder.open('quote');
      else builder.close();
    }
    isQuoted = quoted;
    const piece = text.slice(start, end);
    if (isCode) code += piece;
    else addPiece(builder, piece, active, has);
  });
  if (code !== '') builder.addCodeBlock(code);
  if (isQuoted) builder.close();
  return builder.finish();
}

function addPiece(
  builder: Builder,
  piece: string,
  active: readonly TelegramEntity[],
  has: (type: string) => boolean,
): void {
  const format = {
    ...plainFormat,
    href: hrefOf(piece, active),
    isStrong: has('bold'),
    isEmphasis: has('italic'),
  };
  for (const part of piece.split(/(\n[^\S\n]*\n\s*|\n)/)) {
    if (part === '\n') builder.addBreak();
    else if (part.startsWith('\n')) builder.endParagraph();
    else builder.addText(part, format, has('code') ? 'code' : 'text');
  }
}

function hrefOf(piece: string, active: readonly TelegramEntity[]): string | null {
  const link = active.find(({ type }) => type === 'text_link');
  if (link) return absoluteUrl(link.url ?? '', null, ['http:', 'https:', 'mailto:']);
  const address = active.find(({ type }) => type === 'url' || type === 'email');
  if (!address) return null;
  // Telegram finds addresses without a scheme too.
  const scheme =
    address.type === 'email' ? 'mailto:' : /^[a-z][a-z0-9+.-]*:\/\//i.test(piece) ? '' : 'http://';
  return absoluteUrl(`${scheme}${piece}`, null, ['http:', 'https:', 'mailto:']);
}

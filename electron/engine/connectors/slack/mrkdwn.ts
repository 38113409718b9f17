import type { Document } from '../../../../shared/model/document.ts';
import { createDocumentBuilder, plainFormat } from '../text/document-builder.ts';
import { absoluteUrl } from '../text/normalize-url.ts';

export interface MrkdwnNames {
  /** By user id. */
  readonly people: ReadonlyMap<string, string>;
  /** By channel id, without the sign. */
  readonly channels: ReadonlyMap<string, string>;
}

type Builder = ReturnType<typeof createDocumentBuilder>;

/** Slack's own markup as a document: *strong*, _emphasis_, quotes, code, and tokens in angle brackets as what a reader sees. */
export function mrkdwnToDocument(mrkdwn: string, names: MrkdwnNames): Document {
  const builder = createDocumentBuilder({ maximumLength: 70_000, maximumRuns: 10_000 });
  mrkdwn.split(/```([\s\S]*?)```/).forEach((piece, place) => {
    // Every second piece is what stood between two fences.
    if (place % 2 === 1) builder.addCodeBlock(unescaped(withoutTokens(piece, names)));
    else addLines(builder, piece, names);
  });
  return builder.finish();
}

/** What a person typed, so that Slack shows it as it is. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const quoteMark = /^(?:&gt;|>)\s?/;

function addLines(builder: Builder, text: string, names: MrkdwnNames): void {
  let isQuoted = false;
  let isFirst = true;
  for (const line of text.replace(/^\n|\n$/g, '').split('\n')) {
    const quoted = quoteMark.test(line);
    if (quoted !== isQuoted) {
      if (quoted) builder.open('quote');
      else builder.close();
      isFirst = true;
    }
    isQuoted = quoted;
    if (line.trim() === '') {
      builder.endParagraph();
      isFirst = true;
      continue;
    }
    if (!isFirst) builder.addBreak();
    isFirst = false;
    addInline(builder, line.replace(quoteMark, ''), names);
  }
  if (isQuoted) builder.close();
  else builder.endParagraph();
}

const inlinePiece = /<([^<>\n]+)>|`([^`\n]+)`|([*_~])/g;

function addInline(builder: Builder, line: string, names: MrkdwnNames): void {
  const open = new Set<string>();
  const format = () => ({ ...plainFormat, isStrong: open.has('*'), isEmphasis: open.has('_') });
  let done = 0;
  for (const found of line.matchAll(inlinePiece)) {
    const [whole, token, code, mark] = found;
    builder.addText(unescaped(line.slice(done, found.index)), format());
    done = found.index + whole.length;
    if (token !== undefined) {
      const { text, href } = readToken(token, names);
      builder.addText(text, { ...format(), href });
    } else if (code !== undefined) builder.addText(unescaped(code), format(), 'code');
    else if (mark !== undefined && opens(line, found.index, mark, open)) open.add(mark);
    else if (mark !== undefined && open.has(mark) && closes(line, found.index)) open.delete(mark);
    else builder.addText(whole, format());
  }
  builder.addText(unescaped(line.slice(done)), format());
}

/** A mark stands before a word, and its partner behind one on the same line. */
function opens(line: string, at: number, mark: string, open: ReadonlySet<string>): boolean {
  if (open.has(mark) || /[\p{L}\p{N}]$/u.test(line.slice(0, at))) return false;
  return new RegExp(`^[${mark}](?=[^\\s${mark}]).*?\\S[${mark}](?![\\p{L}\\p{N}])`, 'u').test(line.slice(at));
}

function closes(line: string, at: number): boolean {
  return /\S$/.test(line.slice(0, at)) && !/^[\p{L}\p{N}]/u.test(line.slice(at + 1));
}

function readToken(token: string, names: MrkdwnNames): { text: string; href: string | null } {
  const bar = token.indexOf('|');
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(token.slice(bar + 1));
  const plain = (text: string): { text: string; href: null } => ({ text, href: null });
  if (target.startsWith('@')) {
    return plain(`@${names.people.get(target.slice(1)) ?? (label.replace(/^@/, '') || 'somebody')}`);
  }
  if (target.startsWith('#')) return plain(`#${label || names.channels.get(target.slice(1)) || 'channel'}`);
  if (target.startsWith('!subteam')) return plain(label || '@group');
  if (target.startsWith('!date')) return plain(label || dateOf(target));
  if (target.startsWith('!')) return plain(label || `@${target.slice(1)}`);
  const href = absoluteUrl(unescaped(target), null, ['http:', 'https:', 'mailto:']);
  return { text: label || unescaped(target).replace(/^mailto:/, ''), href };
}

function dateOf(target: string): string {
  const date = new Date(Number(target.split('^')[1]) * 1000);
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function withoutTokens(text: string, names: MrkdwnNames): string {
  return text.replace(/<([^<>\n]+)>/g, (_, token: string) => readToken(token, names).text);
}

/** Some apps send blocks alone: their words, in Slack's markup. */
export function mrkdwnOfBlocks(blocks: readonly unknown[], depth = 0): string {
  if (depth > 10) return '';
  const parts = blocks.map((block) => mrkdwnOfBlock(block, depth));
  return parts.filter((part) => part !== '').join(depth === 0 ? '\n' : '');
}

function mrkdwnOfBlock(block: unknown, depth: number): string {
  if (typeof block !== 'object' || block === null) return '';
  const { type, text, elements, url, user_id, channel_id, name } = block as Readonly<Record<string, unknown>>;
  if (type === 'user' && typeof user_id === 'string') return `<@${user_id}>`;
  if (type === 'channel' && typeof channel_id === 'string') return `<#${channel_id}>`;
  if (type === 'emoji' && typeof name === 'string') return `:${name}:`;
  if (type === 'link' && typeof url === 'string') {
    return `<${url}${typeof text === 'string' ? `|${escapeText(text)}` : ''}>`;
  }
  if (typeof text === 'string') return type === 'mrkdwn' ? text : escapeText(text);
  if (typeof text === 'object' && text !== null) return mrkdwnOfBlock(text, depth + 1);
  if (!Array.isArray(elements)) return '';
  const isBlock = typeof type === 'string' && /^rich_text_(section|list|quote|preformatted)$/.test(type);
  return mrkdwnOfBlocks(elements, depth + 1) + (isBlock ? '\n' : '');
}

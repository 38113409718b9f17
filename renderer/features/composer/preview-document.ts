import { marked, type Token, type Tokens } from 'marked';
import type { Block, Document, Inline } from '../../../shared/model/document.ts';
import { findAddresses } from '../../../shared/text/addresses.ts';

/** How a reply will look, as near as can be told here: plain text with its addresses, or Markdown. */
export function previewDocument(text: string, markup: 'plain' | 'markdown'): Document {
  if (markup === 'markdown') return marked.lexer(text, { gfm: true }).flatMap(blockOf);
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => ({ type: 'paragraph', children: plainInlines(paragraph) }));
}

function plainInlines(text: string): Inline[] {
  return text
    .split('\n')
    .flatMap((line, index) => [...(index === 0 ? [] : [{ type: 'break' as const }]), ...withAddresses(line)]);
}

function withAddresses(line: string): Inline[] {
  const inlines: Inline[] = [];
  let from = 0;
  for (const { start, end } of findAddresses(line)) {
    if (start > from) inlines.push({ type: 'text', text: line.slice(from, start) });
    const address = line.slice(start, end);
    inlines.push(linkTo(address, [{ type: 'text', text: address }]));
    from = end;
  }
  if (from < line.length) inlines.push({ type: 'text', text: line.slice(from) });
  return inlines;
}

/** Words alone where the target is none that is opened from here. */
function linkTo(target: string, children: readonly Inline[]): Inline {
  const href = /^https?:/i.test(target) ? URL.parse(target)?.href : undefined;
  return href === undefined ? { type: 'emphasis', children } : { type: 'link', href, children };
}

function blockOf(token: Token): Block[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return [{ type: 'heading', level: (token as Tokens.Heading).depth, children: inlinesOf(token) }];
    case 'blockquote':
      return [{ type: 'quote', children: (token as Tokens.Blockquote).tokens.flatMap(blockOf) }];
    case 'list':
      return [
        {
          type: 'list',
          ordered: (token as Tokens.List).ordered,
          items: (token as Tokens.List).items.map((item) => item.tokens.flatMap(blockOf)),
        },
      ];
    case 'code':
      return [{ type: 'code', text: (token as Tokens.Code).text }];
    case 'paragraph':
    case 'text':
      return [{ type: 'paragraph', children: inlinesOf(token) }];
    default:
      // Tables, rules and HTML: as they were written.
      return token.raw.trim() === '' ? [] : [{ type: 'paragraph', children: plainInlines(token.raw.trim()) }];
  }
}

function inlinesOf(token: Token): Inline[] {
  const { tokens } = token as { tokens?: Token[] };
  return tokens === undefined ? plainInlines(token.raw.trim()) : tokens.flatMap(inlineOf);
}

function inlineOf(token: Token): Inline[] {
  switch (token.type) {
    case 'text':
    case 'escape': {
      const { tokens, text } = token as Tokens.Text;
      return tokens === undefined ? plainInlines(unescaped(text)) : tokens.flatMap(inlineOf);
    }
    case 'br':
      return [{ type: 'break' }];
    case 'strong':
    case 'em':
    case 'del':
      return [{ type: token.type === 'strong' ? 'strong' : 'emphasis', children: inlinesOf(token) }];
    case 'codespan':
      return [{ type: 'code', text: (token as Tokens.Codespan).text }];
    case 'link':
      return [linkTo((token as Tokens.Link).href, inlinesOf(token))];
    case 'image': {
      const { href, text } = token as Tokens.Image;
      return /^https?:/i.test(href) ? [{ type: 'image', src: href, alt: text }] : plainInlines(token.raw);
    }
    default:
      return plainInlines(token.raw);
  }
}

/** Markdown knows the signs that HTML needs by name. */
function unescaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? '');
}

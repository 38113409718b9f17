import type { Block, Document, Inline } from '../../../../shared/model/document.ts';

/**
 * Reads the light markup in which the sample's texts are written: blank lines part paragraphs, `> ` quotes,
 * `- ` and `1. ` lists, `## ` headings, ``` fences, and inside a line `code`, **strong**, *emphasis*,
 * [words](address), ![words](picture) and bare addresses. It is for texts of our own; a stranger's never come through here.
 */
export function readMarkup(text: string, links: HandleLinks | null = null): Document {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  let index = 0;
  const take = (isWanted: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    for (let line = lines[index]; line !== undefined && isWanted(line); line = lines[index]) {
      taken.push(line);
      index += 1;
    }
    return taken;
  };
  for (let line = lines[index]; line !== undefined; line = lines[index]) {
    if (line.trim() === '') index += 1;
    else if (line.startsWith('```')) {
      index += 1;
      blocks.push({ type: 'code', text: take((next) => !next.startsWith('```')).join('\n') });
      index += 1;
    } else if (line.startsWith('> ')) {
      const quoted = take((next) => next.startsWith('> ')).map((next) => next.slice(2));
      blocks.push({ type: 'quote', children: readMarkup(quoted.join('\n'), links) });
    } else if (line.startsWith('## ')) {
      index += 1;
      blocks.push({ type: 'heading', level: 3, children: readInline(line.slice(3), links) });
    } else if (bullet.test(line)) {
      const ordered = /^\d/.test(line);
      const items = take((next) => bullet.test(next)).map((next) => [
        paragraph(next.replace(bullet, ''), links),
      ]);
      blocks.push({ type: 'list', ordered, items });
    } else
      blocks.push(paragraph(take((next) => next.trim() !== '' && !special.test(next)).join('\n'), links));
  }
  return blocks;
}

/** Where the micro-blog's @handles and #tags lead. */
export interface HandleLinks {
  handle(name: string): string;
  tag(name: string): string;
}

const bullet = /^(?:- |\d+\. )/;
const special = /^(?:```|> |## |- |\d+\. )/;
const inline =
  /!\[([^\]\n]*)\]\((https?:[^)\s]+)\)|`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|\[([^\]\n]+)\]\((https?:[^)\s]+)\)|(https?:\/\/[^\s)]*[^\s).,!?])|(?<![\p{L}\p{N}_/])([@#])([\p{L}\p{N}_]+)|(\n)/gu;

function paragraph(text: string, links: HandleLinks | null): Block {
  return { type: 'paragraph', children: readInline(text, links) };
}

function readInline(text: string, links: HandleLinks | null): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  const plain = (upTo: number): void => {
    if (upTo > end) found.push({ type: 'text', text: text.slice(end, upTo) });
  };
  for (const match of text.matchAll(inline)) {
    const node = inlineOf(match, links);
    if (!node) continue;
    plain(match.index);
    found.push(node);
    end = match.index + match[0].length;
  }
  plain(text.length);
  return found;
}

function inlineOf(match: RegExpMatchArray, links: HandleLinks | null): Inline | null {
  const [whole, alt, src, code, strong, emphasis, words, address, bare, sign, name] = match;
  const children: Inline[] = [{ type: 'text', text: strong ?? emphasis ?? words ?? whole }];
  if (alt !== undefined && src !== undefined) return { type: 'image', src, alt };
  if (code !== undefined) return { type: 'code', text: code };
  if (strong !== undefined) return { type: 'strong', children };
  if (emphasis !== undefined) return { type: 'emphasis', children };
  if (address !== undefined) return { type: 'link', href: address, children };
  if (bare !== undefined) return { type: 'link', href: bare, children };
  if (name === undefined) return { type: 'break' };
  if (!links) return null;
  return { type: 'link', href: sign === '@' ? links.handle(name) : links.tag(name), children };
}

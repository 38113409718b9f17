import { Parser } from 'htmlparser2';
import type { Document } from '../../../../shared/model/document.ts';
import { createDocumentBuilder, plainFormat, type InlineFormat } from './document-builder.ts';
import { absoluteUrl } from './normalize-url.ts';

/** Longer posts are cut here; nobody reads them in an inbox, and every part of the product can rely on it. */
const maximumLength = 200_000;
const maximumRuns = 20_000;
/** Open elements. Beyond it no person wrote the text, and the tokenizer's time grows with the square of it. */
const maximumDepth = 512;
/** HTML worth tokenizing: markup is rarely more than a few times its text. */
const maximumHtmlLength = 2_000_000;

/** Elements whose content is no reading matter. */
const dropped = new Set(
  (
    'script style iframe form svg math template noscript object embed applet audio video canvas map select ' +
    'textarea button input datalist frameset noframes noembed head title meta link base dialog'
  ).split(' '),
);

const blocks = new Set(
  (
    'p div section article aside header footer main nav address figure figcaption details summary dl dt dd ' +
    'table caption thead tbody tfoot tr fieldset legend center hr hgroup search menu dir body html marquee'
  ).split(' '),
);

type Mark = 'skip' | 'block' | 'frame' | 'heading' | 'format' | 'code' | 'preformatted' | 'none';

/**
 * Turns a stranger's HTML into the few shapes of a Document. Only what is named here survives; markup that is
 * broken, endless or deep ends in the text that could be read so far.
 */
export function htmlToDocument(html: string, baseUrl: string | null): Document {
  const builder = createDocumentBuilder({ maximumLength, maximumRuns });
  const marks: Mark[] = [];
  const formats: InlineFormat[] = [];
  let format = plainFormat;
  let skipping = 0;
  let codeDepth = 0;
  let preformatted: string | null = null;
  let preformattedDepth = 0;

  function setFormat(change: Partial<InlineFormat>): Mark {
    formats.push(format);
    format = { ...format, ...change };
    return 'format';
  }

  function open(name: string, attributes: Readonly<Record<string, string>>): Mark {
    if (skipping > 0 || dropped.has(name)) {
      skipping += 1;
      return 'skip';
    }
    if (preformatted !== null) {
      if (name === 'br') preformatted += '\n';
      if (name === 'pre') preformattedDepth += 1;
      return name === 'pre' ? 'preformatted' : 'none';
    }
    switch (name) {
      case 'br':
        builder.addBreak();
        return 'none';
      case 'img': {
        addImage(attributes);
        return 'none';
      }
      case 'a': {
        const href = absoluteUrl(attributes['href'], baseUrl, ['http:', 'https:', 'mailto:']);
        return href === null ? 'none' : setFormat({ href });
      }
      case 'b':
      case 'strong':
        return setFormat({ isStrong: true });
      case 'i':
      case 'em':
      case 'cite':
      case 'dfn':
      case 'var':
        return setFormat({ isEmphasis: true });
      case 'code':
      case 'kbd':
      case 'samp':
      case 'tt':
        codeDepth += 1;
        return 'code';
      case 'pre':
      case 'xmp':
      case 'listing':
      case 'plaintext':
        builder.endParagraph();
        preformatted = '';
        preformattedDepth = 1;
        return 'preformatted';
      case 'blockquote':
        return builder.open('quote') ? 'frame' : 'block';
      case 'ul':
        return builder.open('unordered') ? 'frame' : 'block';
      case 'ol':
        return builder.open('ordered') ? 'frame' : 'block';
      case 'li':
        return builder.open('item') ? 'frame' : 'block';
      case 'td':
      case 'th':
        builder.addText(' ', plainFormat);
        return 'none';
      default:
        if (/^h[1-6]$/.test(name)) {
          builder.setHeading(Number(name.slice(1)));
          return 'heading';
        }
        if (!blocks.has(name)) return 'none';
        builder.endParagraph();
        return 'block';
    }
  }

  function close(mark: Mark | undefined): void {
    if (mark === 'skip') skipping -= 1;
    else if (mark === 'block') builder.endParagraph();
    else if (mark === 'frame') builder.close();
    else if (mark === 'heading') builder.setHeading(0);
    else if (mark === 'format') format = formats.pop() ?? plainFormat;
    else if (mark === 'code') codeDepth -= 1;
    else if (mark === 'preformatted') endPreformatted();
  }

  function endPreformatted(): void {
    preformattedDepth -= 1;
    if (preformatted === null || preformattedDepth > 0) return;
    builder.addCodeBlock(preformatted);
    preformatted = null;
  }

  function addImage(attributes: Readonly<Record<string, string>>): void {
    // Pictures of one pixel count readers; they show nothing.
    if (isOnePixel(attributes['width']) || isOnePixel(attributes['height'])) return;
    const src = absoluteUrl(attributes['src'], baseUrl, ['http:', 'https:']);
    if (src !== null) builder.addImage(src, attributes['alt'] ?? '', format);
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (builder.isFull() || marks.length >= maximumDepth) parser.pause();
        else marks.push(open(name, attributes));
      },
      onclosetag() {
        close(marks.pop());
      },
      ontext(text) {
        if (skipping > 0) return;
        if (preformatted !== null) preformatted += text;
        else builder.addText(text, format, codeDepth > 0 ? 'code' : 'text');
        if (builder.isFull()) parser.pause();
      },
    },
    // Feeds escape the CDATA mark along with the text in it.
    { recognizeCDATA: true },
  );
  parser.end(html.slice(0, maximumHtmlLength));
  if (preformatted !== null) builder.addCodeBlock(preformatted);
  return builder.finish();
}

function isOnePixel(size: string | undefined): boolean {
  return size !== undefined && /^[01](px)?$/.test(size.trim());
}

/** Plain text: an empty line parts paragraphs, a line end is a break. */
export function textToDocument(plain: string): Document {
  const builder = createDocumentBuilder({ maximumLength, maximumRuns });
  for (const paragraph of plain
    .slice(0, maximumLength)
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)) {
    if (builder.isFull()) break;
    for (const [index, line] of paragraph.split('\n').entries()) {
      if (builder.isFull()) break;
      if (index > 0) builder.addBreak();
      builder.addText(line, plainFormat);
    }
    builder.endParagraph();
  }
  return builder.finish();
}

import { Marked } from 'marked';
import type { Document } from '../../../../shared/model/document.ts';
import { htmlToDocument, textToDocument } from './html-to-document.ts';

/** Longer than the longest post of any platform that writes Markdown (65,536 at GitHub). */
const maximumLength = 70_000;
/** The parser's time grows with the square of these; at the limits it is tens of milliseconds. */
const maximumWordLength = 8_000;
const maximumEmphasisMarks = 6_000;

const withSoftLines = new Marked({ gfm: true, breaks: false });
const withHardLines = new Marked({ gfm: true, breaks: true });

export interface MarkdownOptions {
  /** A line end within a paragraph is shown as one (Discord, comments on GitHub), not as a space. */
  readonly keepsLineEnds?: boolean;
}

/**
 * Reads Markdown as GitHub writes it. HTML in it passes through the same filter as any stranger's HTML, so no more
 * than the shapes of a Document comes out. What no person writes (endless, deeply nested) is shown as plain text.
 */
export function markdownToDocument(
  markdown: string,
  baseUrl: string | null,
  { keepsLineEnds = false }: MarkdownOptions = {},
): Document {
  const html = htmlOf(markdown, keepsLineEnds);
  return html === null ? textToDocument(markdown) : htmlToDocument(html, baseUrl);
}

/** Null when it is not worth parsing. */
function htmlOf(markdown: string, keepsLineEnds: boolean): string | null {
  if (markdown.length > maximumLength || hasEndlessWord(markdown)) return null;
  if ((markdown.match(/[*_~]/g)?.length ?? 0) > maximumEmphasisMarks) return null;
  try {
    return (keepsLineEnds ? withHardLines : withSoftLines).parse(markdown, { async: false });
  } catch {
    // Nested so deep that the parser's stack ends.
    return null;
  }
}

function hasEndlessWord(text: string): boolean {
  return text.split(/\s+/).some((word) => word.length > maximumWordLength);
}

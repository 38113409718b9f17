import type { Block, Document, Inline } from '../model/document.ts';

/**
 * The plain text of a document. It is what trackers match, what is searched and what sentiment reads; every
 * span (match, sentiment word) counts UTF-16 units in it. Blocks are joined by one newline, a break is one
 * newline, an image is its alternative text. `walkDocumentText` visits the same pieces with their offsets.
 */
export function documentText(document: Document): string {
  let text = '';
  walkDocumentText(document, (piece) => {
    text += piece;
  });
  return text;
}

/** A piece of a document's text, told apart by the very node it came from. */
export type TextVisitor = (piece: string, offset: number, node: Inline | Block | null) => void;

/** Visits every piece of text in reading order. `node` is null for the newline that parts two blocks. */
export function walkDocumentText(document: Document, visit: TextVisitor): void {
  let offset = 0;
  let hasBlock = false;
  const emit = (piece: string, node: Inline | Block | null): void => {
    visit(piece, offset, node);
    offset += piece.length;
  };
  const startBlock = (): void => {
    if (hasBlock) emit('\n', null);
    hasBlock = true;
  };
  const inlines = (children: readonly Inline[]): void => {
    for (const node of children) {
      if (node.type === 'text' || node.type === 'code') emit(node.text, node);
      else if (node.type === 'break') emit('\n', node);
      else if (node.type === 'image') emit(node.alt, node);
      else inlines(node.children);
    }
  };
  const blocks = (children: Document): void => {
    for (const node of children) {
      if (node.type === 'code') {
        startBlock();
        emit(node.text, node);
      } else if (node.type === 'quote') blocks(node.children);
      else if (node.type === 'list') for (const item of node.items) blocks(item);
      else {
        startBlock();
        inlines(node.children);
      }
    }
  };
  blocks(document);
}

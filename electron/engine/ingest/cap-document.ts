import type { Block, Document, Inline } from '../../../shared/model/document.ts';

/**
 * The document cut to at most `limit` characters of text (see documentText), images and empty blocks counted
 * as one so that a million of them end somewhere too.
 */
export function capDocument(document: Document, limit: number): Document {
  let left = limit;

  function text(value: string): string {
    const kept = cutText(value, left);
    left -= Math.max(1, kept.length);
    return kept;
  }

  function inlines(children: readonly Inline[]): Inline[] {
    const kept: Inline[] = [];
    for (const node of children) {
      if (left <= 0) break;
      switch (node.type) {
        case 'text':
        case 'code':
          kept.push({ type: node.type, text: text(node.text) });
          break;
        case 'break':
          left -= 1;
          kept.push(node);
          break;
        case 'image':
          kept.push({ ...node, alt: text(node.alt) });
          break;
        default:
          left -= 1;
          kept.push({ ...node, children: inlines(node.children) });
      }
    }
    return kept;
  }

  function blocks(children: Document): Block[] {
    const kept: Block[] = [];
    for (const node of children) {
      if (left <= 0) break;
      left -= 1;
      switch (node.type) {
        case 'code':
          kept.push({ type: 'code', text: text(node.text) });
          break;
        case 'quote':
          kept.push({ type: 'quote', children: blocks(node.children) });
          break;
        case 'list': {
          const items: Block[][] = [];
          for (const item of node.items) {
            if (left <= 0) break;
            items.push(blocks(item));
          }
          kept.push({ ...node, items });
          break;
        }
        default:
          kept.push({ ...node, children: inlines(node.children) });
      }
    }
    return kept;
  }

  return blocks(document);
}

/** At most `limit` UTF-16 units, and never half a character of two. */
export function cutText(value: string, limit: number): string {
  if (value.length <= limit) return value;
  const end = Math.max(0, limit);
  const last = value.charCodeAt(end - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}

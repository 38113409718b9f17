import { bindingOf, type KeyAction, keyActions } from './key-map.ts';

/** What is read of a keyboard event; the rest of the browser is left out, so that the rules can be tested. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isAltGraph: boolean;
  readonly isComposing: boolean;
  readonly repeat: boolean;
}

export interface KeySurroundings {
  /** The focus is where text is typed. */
  readonly isEditable: boolean;
  /** A dialog, menu or popover has the focus: it answers its own keys. */
  readonly isOverlay: boolean;
  /** The focus is on something that Space and Enter press. */
  readonly isPressable: boolean;
  readonly isInList: boolean;
  /** The switch that turns bare keys off (WCAG 2.1.4). */
  readonly areKeysOn: boolean;
  readonly onMac: boolean;
  /** The first key of a sequence that was pressed a moment ago. */
  readonly pending: string | null;
}

export type KeyOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'pending'; readonly key: string }
  | { readonly kind: 'action'; readonly action: KeyAction };

const none: KeyOutcome = { kind: 'none' };

/** The rules of the keys, in one place. */
export function matchKey(press: KeyPress, around: KeySurroundings): KeyOutcome {
  if (press.isComposing || around.isOverlay) return none;
  // Alt and AltGr write characters on many layouts: nothing is ever bound to them.
  if (press.altKey || press.isAltGraph) return none;
  const mod = around.onMac ? press.metaKey : press.ctrlKey;
  const other = around.onMac ? press.ctrlKey : press.metaKey;
  if (other) return none;

  for (const action of keyActions) {
    const binding = bindingOf(action);
    if (binding.isForReply === true) continue;
    for (const keys of binding.keys) {
      const stroke = parseStroke(keys, around.pending);
      if (stroke === null) continue;
      if (stroke.hasMod !== mod || !isSameKey(press, stroke)) continue;
      if (around.isEditable && !stroke.hasMod && !isFunctionKey(stroke.key)) continue;
      if (!around.areKeysOn && !stroke.hasMod && stroke.key.length === 1) continue;
      // In a text field undo and select all are the field's own.
      if (around.isEditable && (stroke.key === 'z' || stroke.key === 'a')) continue;
      if ((stroke.key === ' ' || stroke.key === 'Enter') && around.isPressable) continue;
      const isForList = binding.scope === 'list' || stroke.key.startsWith('Arrow');
      if (isForList && !around.isInList) continue;
      if (press.repeat && binding.isRepeatable !== true) return none;
      return { kind: 'action', action };
    }
  }
  const isPrefix =
    !mod && !press.shiftKey && around.pending === null && sequenceStarts.has(press.key.toLowerCase());
  if (isPrefix && !around.isEditable && around.areKeysOn && !press.repeat) {
    return { kind: 'pending', key: press.key.toLowerCase() };
  }
  return none;
}

interface Stroke {
  readonly key: string;
  readonly hasMod: boolean;
  readonly hasShift: boolean;
}

/** The stroke that is awaited now: the second of a sequence whose first was pressed, or a single one. */
function parseStroke(keys: string, pending: string | null): Stroke | null {
  const steps = keys.split(' then ');
  const [first, second] = steps;
  if (pending !== null && second === undefined) return null;
  if (second !== undefined && first !== pending) return null;
  const parts = (second ?? first ?? '').split(' ');
  const last = parts.at(-1) ?? '';
  const named: Readonly<Record<string, string>> = { Esc: 'Escape', Space: ' ' };
  return {
    key: named[last] ?? last,
    hasMod: parts.includes('Mod'),
    hasShift: parts.includes('Shift'),
  };
}

/**
 * Letters by the character that the layout produces, so that j is j everywhere, whatever Caps Lock says. Signs
 * need Shift on some layouts and not on others: for them only the character counts.
 */
function isSameKey(press: KeyPress, stroke: Stroke): boolean {
  const isLetter = /^\p{L}$/u.test(stroke.key);
  if (isLetter) return press.key.toLowerCase() === stroke.key && press.shiftKey === stroke.hasShift;
  if (stroke.key.length === 1 && stroke.key !== ' ') return press.key === stroke.key;
  return press.key === stroke.key && press.shiftKey === stroke.hasShift;
}

function isFunctionKey(key: string): boolean {
  return /^F\d+$/.test(key);
}

const sequenceStarts = new Set(
  keyActions.flatMap((action) =>
    bindingOf(action).keys.flatMap((keys) =>
      keys.includes(' then ') ? [keys.split(' then ')[0] ?? ''] : [],
    ),
  ),
);

import { describe, expect, it } from 'vitest';
import { bindingOf, keyActions } from '../../../renderer/state/key-map.ts';
import { type KeyPress, type KeySurroundings, matchKey } from '../../../renderer/state/key-match.ts';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isAltGraph: false,
  isComposing: false,
  repeat: false,
  ...changes,
});

const inList: KeySurroundings = {
  isEditable: false,
  isOverlay: false,
  isPressable: false,
  isInList: true,
  areKeysOn: true,
  onMac: false,
  pending: null,
};

const actionOf = (key: KeyPress, changes: Partial<KeySurroundings> = {}): string | null => {
  const outcome = matchKey(key, { ...inList, ...changes });
  return outcome.kind === 'action' ? outcome.action : null;
};

describe('bare keys', () => {
  it('do what the map says', () => {
    expect(actionOf(press('j'))).toBe('next');
    expect(actionOf(press('e'))).toBe('done');
    expect(actionOf(press('z'))).toBe('undo');
    expect(actionOf(press('Z', { shiftKey: true }))).toBe('redo');
  });

  it.each([
    ['while a text is edited', {}, { isEditable: true }],
    ['during the composition of an input method', { isComposing: true }, {}],
    ['with Ctrl', { ctrlKey: true }, {}],
    ['with Cmd', { metaKey: true }, {}],
    ['with Alt', { altKey: true }, {}],
    ['with AltGr', { isAltGraph: true }, {}],
    ['while a dialog or menu has the focus', {}, { isOverlay: true }],
    ['when they are switched off', {}, { areKeysOn: false }],
  ])('do nothing %s', (_, changes, surroundings) => {
    expect(actionOf(press('e', changes), surroundings)).toBeNull();
    expect(actionOf(press('x', changes), surroundings)).toBeNull();
  });

  it('keep arrows, Esc and Ctrl with a key when the letters are switched off', () => {
    const off = { areKeysOn: false };
    expect(actionOf(press('ArrowDown'), off)).toBe('next');
    expect(actionOf(press('Escape'), off)).toBe('up');
    expect(actionOf(press('k', { ctrlKey: true }), off)).toBe('commandBox');
  });

  it('go by the character that the layout produces, whatever Caps Lock says', () => {
    expect(actionOf(press('J'))).toBe('next');
    expect(actionOf(press('о'))).toBeNull();
    // On a German keyboard / is Shift with 7.
    expect(actionOf(press('/', { shiftKey: true }))).toBe('search');
    expect(actionOf(press('?', { shiftKey: true }))).toBe('keySheet');
  });

  it('repeat for moving only', () => {
    expect(actionOf(press('j', { repeat: true }))).toBe('next');
    expect(actionOf(press('e', { repeat: true }))).toBeNull();
    expect(actionOf(press('z', { repeat: true }))).toBeNull();
  });

  it('leave the arrows to whatever scrolls outside the list', () => {
    expect(actionOf(press('ArrowDown'), { isInList: false })).toBeNull();
    expect(actionOf(press('j'), { isInList: false })).toBe('next');
  });

  it('leave Space to a focused button', () => {
    expect(actionOf(press(' '))).toBe('page');
    expect(actionOf(press(' '), { isPressable: true })).toBeNull();
  });

  it('leave Enter to a focused button, and open the reply from anywhere else', () => {
    expect(actionOf(press('Enter'))).toBe('open');
    expect(actionOf(press('Enter'), { isInList: false })).toBe('open');
    expect(actionOf(press('Enter'), { isPressable: true })).toBeNull();
    expect(actionOf(press('Enter'), { isEditable: true })).toBeNull();
  });

  it('never repeat what changes something on a platform', () => {
    expect(actionOf(press('a'))).toBe('like');
    expect(actionOf(press('a', { repeat: true }))).toBeNull();
    expect(actionOf(press('h', { repeat: true }))).toBeNull();
  });
});

describe('keys with Ctrl or Cmd', () => {
  it('go by the computer: Ctrl here, Cmd on a Mac', () => {
    expect(actionOf(press('k', { ctrlKey: true }))).toBe('commandBox');
    expect(actionOf(press('k', { metaKey: true }), { onMac: true })).toBe('commandBox');
    expect(actionOf(press('k', { ctrlKey: true }), { onMac: true })).toBeNull();
  });

  it('work while a text is edited, but undo and select all stay the text’s own', () => {
    expect(actionOf(press('k', { ctrlKey: true }), { isEditable: true })).toBe('commandBox');
    expect(actionOf(press('z', { ctrlKey: true }), { isEditable: true })).toBeNull();
    expect(actionOf(press('a', { ctrlKey: true }), { isEditable: true })).toBeNull();
  });
});

describe('keys of the reply’s text', () => {
  it('are listed, and left to that text', () => {
    expect(bindingOf('send').keys).toEqual(['Mod Enter']);
    for (const isEditable of [true, false]) {
      expect(actionOf(press('Enter', { ctrlKey: true }), { isEditable })).toBeNull();
      expect(actionOf(press('Enter', { ctrlKey: true, shiftKey: true }), { isEditable })).toBeNull();
    }
  });
});

describe('sequences', () => {
  it('wait for their second key, which then means nothing else', () => {
    expect(matchKey(press('g'), inList)).toEqual({ kind: 'pending', key: 'g' });
    expect(actionOf(press('s'), { pending: 'g' })).toBe('goToSnoozed');
    expect(actionOf(press('s'))).toBe('snooze');
    expect(actionOf(press('e'), { pending: 'g' })).toBeNull();
  });

  it('do not begin while a text is edited', () => {
    expect(matchKey(press('g'), { ...inList, isEditable: true })).toEqual({ kind: 'none' });
  });
});

describe('the key map', () => {
  it('gives no key to two actions', () => {
    const keys = keyActions.flatMap((action) => bindingOf(action).keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('never binds Alt', () => {
    expect(keyActions.flatMap((action) => bindingOf(action).keys).filter((key) => /\bAlt/.test(key))).toEqual(
      [],
    );
  });

  it('has no key that is also the beginning of a sequence', () => {
    const keys = keyActions.flatMap((action) => bindingOf(action).keys);
    const starts = keys.filter((key) => key.includes(' then ')).map((key) => key.split(' ')[0]);
    expect(keys.filter((key) => starts.includes(key))).toEqual([]);
  });
});

/** An item or a member of the head that is longer is passed over. */
const maximumValueLength = 1_000_000;

export interface JsonMembersEvents {
  /** A member of the outermost object, but for `items`. */
  onMember(name: string, value: unknown): void;
  /** One element of `items`. */
  onItem(value: unknown): void;
}

export type JsonMembersState = 'reading' | 'complete' | 'broken';

/** No feed's head has a tenth of it. */
const maximumMembers = 1_000;

/**
 * Reads a JSON object piece by piece and hands over its members, and the elements of `items` one by one. So a
 * feed that is cut off keeps its whole items, and one that is huge or made of brackets never stands in memory
 * as a whole.
 */
export function createJsonMembers(events: JsonMembersEvents) {
  let state: JsonMembersState = 'reading';
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let isInItems = false;
  let members = 0;
  /** The text of the value (or of `"name": value`) being read. */
  let pieces: string[] = [];
  let length = 0;

  /** The depth at which a comma parts two values: 1 for members, 2 for items. */
  const level = (): number => (isInItems ? 2 : 1);

  function keep(piece: string): void {
    length += piece.length;
    if (length <= maximumValueLength && piece !== '') pieces.push(piece);
  }

  function finishValue(): void {
    const text = length <= maximumValueLength ? pieces.join('').trim() : '';
    pieces = [];
    length = 0;
    if (text === '') return;
    if (!isInItems) members += 1;
    if (members > maximumMembers) state = 'broken';
    else if (isInItems) emit(text, (value) => events.onItem(value));
    else
      emit(`{${text}}`, (member) => {
        for (const [name, value] of Object.entries(member as object)) events.onMember(name, value);
      });
  }

  function emit(text: string, take: (value: unknown) => void): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return; // One item that is no JSON does not spoil the others.
    }
    take(value);
  }

  /** True when the bracket at hand opens the array of items; only `"items":` stands before it. */
  function opensItems(): boolean {
    return !isInItems && length < 200 && /^\s*"items"\s*:\s*$/.test(pieces.join(''));
  }

  function write(text: string): void {
    if (state !== 'reading') return;
    let start = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === 0x5c) isEscaped = true;
        else if (code === 0x22) isInString = false;
        continue;
      }
      if (code === 0x22) isInString = true;
      else if (code === 0x7b || code === 0x5b) {
        if (depth === 0) {
          if (code !== 0x7b) {
            state = 'broken';
            return;
          }
          start = index + 1;
        } else if (depth === 1 && code === 0x5b) {
          keep(text.slice(start, index));
          start = index;
          if (opensItems()) {
            isInItems = true;
            pieces = [];
            length = 0;
            start = index + 1;
          }
        }
        depth += 1;
      } else if (code === 0x7d || code === 0x5d) {
        if (depth === level()) {
          keep(text.slice(start, index));
          start = index + 1;
          finishValue();
          isInItems = false;
        }
        depth -= 1;
        if (depth <= 0) {
          state = 'complete';
          return;
        }
      } else if (code === 0x2c && depth === level()) {
        keep(text.slice(start, index));
        start = index + 1;
        finishValue();
        if (members > maximumMembers) return;
      }
    }
    if (depth > 0) keep(text.slice(start));
  }

  return { write, state: (): JsonMembersState => state };
}

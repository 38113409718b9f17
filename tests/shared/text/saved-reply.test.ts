import { describe, expect, it } from 'vitest';
import { expandSavedReply, findPrompts, type SavedReplyValues } from '../../../shared/text/saved-reply.ts';

const nobody: SavedReplyValues = {
  authorName: null,
  authorHandle: null,
  accountName: null,
  platformName: null,
};
const expanded = (text: string, values: Partial<SavedReplyValues> = {}): string =>
  expandSavedReply(text, { ...nobody, ...values });

describe('the variables of a saved reply', () => {
  it('become what is known of the conversation', () => {
    expect(
      expanded('Hello {author.first}, {author.name} ({author.handle}), {account.name} on {platform}', {
        authorName: 'Mo Tarrant',
        authorHandle: '@mo',
        accountName: 'Hawfinch',
        platformName: 'Blurtle',
      }),
    ).toBe('Hello Mo, Mo Tarrant (@mo), Hawfinch on Blurtle');
  });

  it('fall back to what stands after the bar, even to nothing', () => {
    expect(expanded('Hi {author.first|there}!')).toBe('Hi there!');
    expect(expanded('Hi{author.first|}!')).toBe('Hi!');
    expect(expanded('Hi {author.first|there}!', { authorName: 'Ana' })).toBe('Hi Ana!');
  });

  it('become a prompt when nothing is known and nothing was said for that', () => {
    expect(expanded('Hi {author.first}')).toBe('Hi {?first name}');
  });

  it.each([
    ['tobias (on paper)', 'tobias'],
    ['🎁 Ana-Lucía Brand', 'Ana-Lucía'],
    ['“Pip” of the pages', 'Pip'],
    ['ليلى تكتب', 'ليلى'],
    ['みずき@紙と電子', 'みずき'],
    ['ollie_', 'ollie'],
  ])('take the first name of %s as %s', (authorName, first) => {
    expect(expanded('{author.first|there}', { authorName })).toBe(first);
  });

  it('leave other braces to their writer', () => {
    expect(expanded('const {a} = {b|c} {} {author}')).toBe('const {a} = {b|c} {} {author}');
  });

  it('let no name ask for anything', () => {
    expect(findPrompts(expanded('Hi {author.name}', { authorName: 'x {?your password}' }))).toEqual([]);
  });
});

it('finds what still has to be filled in, where it stands', () => {
  const text = 'Order {?order number} of {? day }';
  expect(findPrompts(text).map(({ start, end, label }) => [text.slice(start, end), label])).toEqual([
    ['{?order number}', 'order number'],
    ['{? day }', 'day'],
  ]);
  expect(findPrompts('{order} {?}')).toEqual([]);
});

import { expect, it } from 'vitest';
import { shownAddress, splitAddresses } from '../../../renderer/ui/split-addresses.ts';

it('finds the addresses of a sentence, without the signs behind them', () => {
  expect(splitAddresses('Open https://a.example/x?y=1. Then (https://b.example/) and go on.')).toEqual([
    'Open ',
    'https://a.example/x?y=1',
    '. Then (',
    'https://b.example/',
    ') and go on.',
  ]);
});

it('leaves words alone, and makes no link of what is no safe address', () => {
  expect(splitAddresses('Nothing here: javascript:alert(1) http://a.example')).toHaveLength(1);
});

it('shows an address as people read it', () => {
  expect(shownAddress('https://discord.com/oauth2/authorize?client_id=1&scope=bot')).toBe(
    'discord.com/oauth2/authorize',
  );
});

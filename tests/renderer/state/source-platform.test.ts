import { expect, it } from 'vitest';
import { platformOf } from '../../../renderer/state/source-platform.ts';

const connectors = [
  { id: 'feeds', platforms: [{ id: 'web', name: 'Web' }] },
  {
    id: 'town',
    platforms: [
      { id: 'square', name: 'The Square' },
      { id: 'well', name: 'The Well' },
    ],
  },
];

it('knows a source by its connector where that has one platform', () => {
  expect(platformOf({ connector: 'feeds', settings: { url: 'web' } }, connectors)).toBe('feeds');
});

it('knows a source by the platform that its settings choose', () => {
  expect(platformOf({ connector: 'town', settings: { where: 'well', pace: 3 } }, connectors)).toBe('well');
});

it('falls back to the connector while nothing tells the platform', () => {
  expect(platformOf({ connector: 'town', settings: {} }, connectors)).toBe('town');
  expect(platformOf({ connector: 'town', settings: { where: 'well' } }, [])).toBe('town');
});

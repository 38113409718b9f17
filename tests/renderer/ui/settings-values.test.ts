import { describe, expect, it } from 'vitest';
import type { SettingField } from '../../../shared/contract/methods/connectors.ts';
import { completeAddress, initialValues, toSettings } from '../../../renderer/ui/settings-values.ts';

const field = (key: string, type: SettingField['type'], more: Partial<SettingField> = {}): SettingField => ({
  key,
  label: key,
  help: '',
  type,
  isRequired: false,
  isAdvanced: false,
  ...more,
});
const fields = [
  field('url', 'url', { isRequired: true }),
  field('allowPrivateNetwork', 'boolean', { isAdvanced: true }),
  field('kind', 'select', { isRequired: true, options: [{ value: 'all', label: 'All' }] }),
  field('note', 'text'),
];

describe('the form of a source', () => {
  it('starts empty, with the first of a required choice', () => {
    expect(initialValues(fields)).toEqual({ url: '', allowPrivateNetwork: false, kind: 'all', note: '' });
  });

  it('shows what a source has, whatever else it holds', () => {
    expect(
      initialValues(fields, { url: 'https://a.example/', allowPrivateNetwork: true, etag: 'x' }),
    ).toEqual({
      url: 'https://a.example/',
      allowPrivateNetwork: true,
      kind: 'all',
      note: '',
    });
  });

  it('sends what is filled in, trimmed, and leaves the rest out', () => {
    const values = { url: ' forum.example.com ', allowPrivateNetwork: false, kind: 'all', note: '  ' };
    expect(toSettings(fields, values)).toEqual({ url: 'https://forum.example.com', kind: 'all' });
  });

  it('keeps settings that it does not know and drops the ones that were emptied', () => {
    const kept = { url: 'https://a.example/', note: 'old', allowPrivateNetwork: true, seed: 'x' };
    const values = { url: 'https://a.example/', allowPrivateNetwork: false, kind: 'all', note: '' };
    expect(toSettings(fields, values, kept)).toEqual({ url: 'https://a.example/', kind: 'all', seed: 'x' });
  });

  it('sends nothing while something required is missing', () => {
    expect(toSettings(fields, initialValues(fields))).toBeNull();
  });
});

it.each([
  ['', ''],
  ['forum.example.com/x', 'https://forum.example.com/x'],
  [' http://a.example ', 'http://a.example'],
  ['feed://a.example/rss', 'feed://a.example/rss'],
  ['localhost:8080/feed', 'http://localhost:8080/feed'],
  ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['[::1]:80', 'http://[::1]:80'],
])('completes the address %j to %j', (typed, complete) => {
  expect(completeAddress(typed)).toBe(complete);
});

describe('a field that depends on another', () => {
  const dependent: SettingField[] = [
    {
      key: 'what',
      label: 'Listen to',
      help: '',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: [
        { value: 'mentions', label: 'Mentions' },
        { value: 'tag', label: 'A tag' },
      ],
    },
    {
      key: 'tag',
      label: 'Tag',
      help: '',
      type: 'text',
      isRequired: true,
      isAdvanced: false,
      onlyWhen: { key: 'what', values: ['tag'] },
    },
  ];

  it('is needed only where it means something, and is not sent elsewhere', () => {
    expect(toSettings(dependent, { what: 'tag', tag: '' })).toBeNull();
    expect(toSettings(dependent, { what: 'tag', tag: 'acme' })).toEqual({ what: 'tag', tag: 'acme' });
    expect(toSettings(dependent, { what: 'mentions', tag: 'acme' }, { tag: 'acme' })).toEqual({
      what: 'mentions',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { accountTrouble } from '../../../../renderer/features/accounts/account-trouble.ts';
import { accountWords } from '../../../../renderer/features/accounts/account-words.ts';
import type { Account } from '../../../../shared/model/account.ts';
import type { AccountId } from '../../../../shared/model/ids.ts';

const now = Date.UTC(2026, 10, 21, 12);
const hourMs = 3_600_000;
const connectors = [{ id: 'mastodon', name: 'Mastodon' }];

const account = (patch: Partial<Account> = {}): Account => ({
  accountId: '1' as AccountId,
  connector: 'mastodon',
  platform: 'mastodon',
  externalId: '7',
  displayName: 'Brand',
  handle: '@brand',
  url: null,
  settings: {},
  state: 'ok',
  error: null,
  isReadOnly: false,
  replyNote: null,
  textLimit: null,
  expiresAt: null,
  createdAt: now,
  checkedAt: now,
  ...patch,
});

describe('the strip about accounts', () => {
  it('is silent while all of them work, and while an end is far away', () => {
    expect(
      accountTrouble([account(), account({ expiresAt: now + 72 * hourMs })], connectors, now),
    ).toBeNull();
  });

  it('names the one whose sign-in has ended, and leads to it', () => {
    const trouble = accountTrouble([account(), account({ state: 'expired' })], connectors, now);
    expect(trouble?.title).toBe('Brand on Mastodon has to sign in again.');
    expect(trouble?.account?.state).toBe('expired');
  });

  it('counts several', () => {
    const expired = [1, 2, 3].map(() => account({ state: 'expired' }));
    expect(accountTrouble(expired, connectors, now)).toMatchObject({
      title: '3 accounts have to sign in again.',
      account: null,
    });
  });

  it('tells of an end that is near, the nearest first', () => {
    const later = account({ displayName: 'Later', expiresAt: now + 40 * hourMs });
    const sooner = account({ displayName: 'Sooner', expiresAt: now + 4 * hourMs });
    expect(accountTrouble([later, sooner], connectors, now)?.account).toBe(sooner);
  });
});

describe('an account', () => {
  it('that cannot answer is not said to work, unless it is only to listen', () => {
    const replyNote = 'The bot is on no server yet.';
    expect(accountWords(account({ replyNote }), now)).toMatchObject({
      label: 'Cannot answer',
      tone: 'caution',
    });
    expect(accountWords(account({ replyNote, isReadOnly: true }), now).label).toBe('Works');
    expect(accountWords(account(), now).label).toBe('Works');
  });
});

import { expect, it } from 'vitest';
import { createLaunchToken } from '../../../electron/browser-host/launch-token.ts';

it('exchanges the token, as often as it is presented, for one key', () => {
  const launch = createLaunchToken();
  const key = launch.exchange(launch.token);
  expect(key).not.toBeNull();
  expect(launch.exchange(launch.token)).toBe(key);
  expect(launch.isKey(key ?? '')).toBe(true);
});

it('exchanges a ticket once', () => {
  const launch = createLaunchToken();
  const ticket = launch.issueTicket();
  expect(launch.exchange(ticket)).toBe(launch.exchange(launch.token));
  expect(launch.exchange(ticket)).toBeNull();
});

it('takes nothing else for a token or a key', () => {
  const launch = createLaunchToken();
  const key = launch.exchange(launch.token) ?? '';
  for (const wrong of ['', 'x', key, launch.token.slice(1), `${launch.token}x`, createLaunchToken().token]) {
    expect(launch.exchange(wrong)).toBeNull();
  }
  for (const wrong of ['', 'x', launch.token, key.slice(1), `${key}x`])
    expect(launch.isKey(wrong)).toBe(false);
});

it('makes 256 bits, new ones every time, and a key that does not show the token', () => {
  const launch = createLaunchToken();
  expect(Buffer.from(launch.token, 'base64url')).toHaveLength(32);
  expect(createLaunchToken().token).not.toBe(launch.token);
  expect(launch.exchange(launch.token)).not.toContain(launch.token);
});

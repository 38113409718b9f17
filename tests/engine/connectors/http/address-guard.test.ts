import { describe, expect, it } from 'vitest';
import { classifyAddress, isPrivateHost } from '../../../../electron/engine/connectors/http/address-guard.ts';

describe('which addresses a feed may have', () => {
  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
    '::ffff:93.184.216.34',
    '64:ff9b::5db8:d822',
  ])('%s is public', (address) => {
    expect(classifyAddress(address)).toBe('public');
  });

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '100.127.255.255',
    '192.0.0.1',
    '198.18.0.1',
    '198.19.255.255',
    '240.0.0.1',
    '::',
    '::1',
    'fc00::1',
    'fdff::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001:0:1::1',
    '2001:db8::1',
    '::127.0.0.1',
  ])('%s is this machine or a private network', (address) => {
    expect(classifyAddress(address)).toBe('private');
  });

  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '100.100.100.200',
    'fd00:ec2::254',
    '224.0.0.1',
    '239.255.255.250',
    '255.255.255.255',
    'ff02::1',
    'not an address',
  ])('%s is never asked', (address) => {
    expect(classifyAddress(address)).toBe('never');
  });

  it('knows a private host by its name where the name alone says so', () => {
    const names = ['localhost', 'LOCALHOST.', 'feeds.localhost', '127.0.0.1', '[::1]', '192.168.0.10'];
    expect(names.filter((name) => !isPrivateHost(name))).toEqual([]);
    expect(['example.com', 'localhost.example.com', '1.1.1.1'].filter(isPrivateHost)).toEqual([]);
  });
});

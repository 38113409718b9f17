import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { EarshotError } from '../../../../shared/contract/errors.ts';

/** private: this machine or a network behind it · never: no feed lives there, not even with permission. */
export type AddressKind = 'public' | 'private' | 'never';

// IANA special-purpose registries. For IPv6 the rule is turned round: only 2000::/3 is handed out to the public.
const privateIpv4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['240.0.0.0', 4],
]);
const neverIpv4 = blockList('ipv4', [
  ['169.254.169.254', 32], // cloud metadata, which hands credentials to whoever asks
  ['169.254.170.2', 32],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['224.0.0.0', 4],
  ['255.255.255.255', 32],
]);
const globalIpv6 = blockList('ipv6', [['2000::', 3]]);
const specialIpv6 = blockList('ipv6', [
  ['2001::', 23], // Teredo, ORCHID and other protocol assignments
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4 carries an IPv4 address of anybody's choosing
  ['3fff::', 20],
]);
const neverIpv6 = blockList('ipv6', [
  ['fd00:ec2::254', 128], // cloud metadata
  ['ff00::', 8],
]);
const ipv6AroundIpv4 = blockList('ipv6', [
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96], // NAT64: how an IPv6-only network reaches IPv4
]);

export function classifyAddress(address: string): AddressKind {
  const plain = address.replace(/%.*$/, '');
  const version = isIP(plain);
  if (version === 4) {
    if (neverIpv4.check(plain)) return 'never';
    return privateIpv4.check(plain) ? 'private' : 'public';
  }
  if (version !== 6) return 'never';
  if (ipv6AroundIpv4.check(plain, 'ipv6')) return classifyAddress(embeddedIpv4(plain));
  if (neverIpv6.check(plain, 'ipv6')) return 'never';
  return globalIpv6.check(plain, 'ipv6') && !specialIpv6.check(plain, 'ipv6') ? 'public' : 'private';
}

/** Told from the name alone, without asking DNS: an address or a name that can only mean this machine or network. */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (isIP(name) !== 0) return classifyAddress(name) !== 'public';
  return name === 'localhost' || name.endsWith('.localhost');
}

export interface GuardOptions {
  readonly allowsPrivate: boolean;
  readonly connectTimeoutMs: number;
  /** Told what was really connected to. */
  onConnected?(origin: string, address: string): void;
  readonly network?: Network;
}

/** What the world looks like from here; a test paints its own, since its servers are all on loopback. */
export interface Network {
  readonly lookup: typeof dnsLookup;
  readonly classify: (address: string) => AddressKind;
}

export const realNetwork: Network = { lookup: dnsLookup, classify: classifyAddress };

/**
 * undici's connector, with the check where it cannot be gone round: on the address that is about to be
 * connected to, after DNS has spoken. A name that resolves to both kinds keeps its permitted addresses.
 */
export function createGuardedConnector(options: GuardOptions): buildConnector.connector {
  const { lookup, classify } = options.network ?? realNetwork;
  const isAllowed = (address: string): boolean => {
    const kind = classify(address);
    return kind === 'public' || (kind === 'private' && options.allowsPrivate);
  };
  const connect = buildConnector({
    timeout: options.connectTimeoutMs,
    allowH2: false,
    maxCachedSessions: 0,
    lookup: guardedLookup(lookup, isAllowed),
  } as buildConnector.BuildOptions);
  return (target, callback) => {
    // Node connects to a literal address without asking `lookup`.
    if (isIP(target.hostname) !== 0 && !isAllowed(target.hostname)) {
      callback(privateAddress(target.hostname, target.hostname), null);
      return;
    }
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      const { remoteAddress } = socket;
      if (remoteAddress === undefined || !isAllowed(remoteAddress)) {
        socket.destroy();
        return callback(privateAddress(target.hostname, remoteAddress ?? ''), null);
      }
      options.onConnected?.(`${target.protocol}//${target.host ?? target.hostname}`, remoteAddress);
      return callback(null, socket);
    });
  };
}

function guardedLookup(resolve: typeof dnsLookup, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, lookupOptions, callback) => {
    resolve(hostname, { ...lookupOptions, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const [first, ...others] = found.filter(({ address }: LookupAddress) => isAllowed(address));
      if (first === undefined) return callback(privateAddress(hostname, found[0]?.address ?? ''), '');
      if (lookupOptions.all) return callback(null, [first, ...others]);
      return callback(null, first.address, first.family);
    });
  };
}

export function privateAddress(host: string, address: string): EarshotError {
  const isNever = address !== '' && classifyAddress(address) === 'never';
  return new EarshotError(
    'private-address',
    isNever
      ? `${host} is an address that Earshot never asks (${address}).`
      : `${host} leads to this computer or its private network (${address}). If that is meant, allow the private network in its advanced settings.`,
    { host, address, isPermitted: !isNever },
  );
}

function embeddedIpv4(address: string): string {
  // The URL parser writes the shortest form; its last two groups are the IPv4 address.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const groups = canonical.split(':');
  const low = Number.parseInt(groups.at(-1) || '0', 16);
  const high = Number.parseInt(groups.at(-2) || '0', 16);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}

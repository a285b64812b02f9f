/**
 * Where a page may go: an address of the directory must not reach what only this machine can reach, such as a cloud's metadata
 * or a database of the inner network. Judged when the connection is made, so that a name which changes its address between
 * look-up and connection gains nothing.
 */
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface Allowed {
  /** Inner networks that may be paged, as `10.1.0.0/16`; `private` stands for all of them, but never for link-local. */
  readonly networks: readonly string[];
}

export const NOTHING_PRIVATE: Allowed = { networks: [] };

const CODE = 'TOCSIN_TARGET';
export class ForbiddenTarget extends Error {
  readonly code = CODE;
  constructor() {
    super('the address is in a network that pages may not go to (TOCSIN_ALLOW_PRIVATE_TARGETS)');
  }
}

/** Said in the file as such, it is meant: a receiver beside the worker. A name that only leads there is not. */
const isLoopbackName = (host: string): boolean =>
  host === 'localhost' || (isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback');

/** Metadata services that stand outside the ranges that are told apart by their names. */
const METADATA = ['100.100.100.200', 'fd00:ec2::254'];

export function isForbidden(address: string, { networks }: Allowed, isNamedLoopback = false): boolean {
  // ::ffff:10.0.0.1 is 10.0.0.1.
  const ip = ipaddr.process(address);
  const range = ip.range();
  if (networks.some((network) => network !== 'private' && contains(network, ip))) return false;
  if (METADATA.includes(ip.toString())) return true;
  if (isOldMapped(ip)) return true;
  if (range === 'unicast') return false;
  if (range === 'loopback') return !isNamedLoopback;
  const isInner = range === 'private' || range === 'uniqueLocal' || range === 'carrierGradeNat';
  return !(isInner && networks.includes('private'));
}

/** `::127.0.0.1`, which some systems still take to 127.0.0.1, and which counts as any other address. */
const isOldMapped = (ip: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  ip.kind() === 'ipv6' && !['loopback', 'unspecified'].includes(ip.range()) && ip.match(ipaddr.parseCIDR('::/96'));

function contains(network: string, ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [range, bits] = network.includes('/')
    ? ipaddr.parseCIDR(network)
    : [ipaddr.parse(network), ipaddr.parse(network).kind() === 'ipv4' ? 32 : 128];
  return range.kind() === ip.kind() && (ip as ipaddr.IPv4).match(range, bits);
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** An address that is written as numbers is looked up by nobody: it is judged here. @throws ForbiddenTarget */
export function judgeUrl(url: URL, allowed: Allowed): void {
  const host = hostOf(url);
  if (isIP(host) !== 0 && isForbidden(host, allowed, isLoopbackName(host))) throw new ForbiddenTarget();
}

/** For undici's `connect`: each address that a name leads to is judged, and only those that may be used are. */
export const guardedLookup =
  (allowed: Allowed): LookupFunction =>
  (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const usable = found.filter(({ address }) => !isForbidden(address, allowed, isLoopbackName(host)));
      const [first] = usable;
      if (!first) return callback(new ForbiddenTarget(), '', 0);
      return options.all ? callback(null, usable) : callback(null, first.address, first.family);
    });
  };

/**
 * Addresses: `<kind>-<number>` from 1 (`worker-2`), or only a kind where there is one (`dead-letter-queue`).
 * Their natural order is by kind, then by number: `broker`, `worker-2`, `worker-10`.
 */
import { invariant } from './invariant.ts';
import type { Address } from './types.ts';

/** An address taken apart; `number` is undefined where there is only one of its kind. */
export type AddressParts = { readonly kind: string; readonly number: number | undefined };

/** At most 15 digits, so that the number is exact; no leading zero, so that each address is written in one way. */
const NUMBERED = /^(.+)-([1-9][0-9]{0,14})$/;

/** The address of the n-th of a kind, n from 1; without n, of the only one. */
export function addressOf(kind: string, n?: number): Address {
  if (n === undefined) return kind;
  invariant(Number.isSafeInteger(n) && n >= 1, `addresses count from 1, not ${n}`);
  return `${kind}-${n}`;
}

/** Takes an address apart: the inverse of `addressOf`. */
export function parseAddress(address: Address): AddressParts {
  const match = NUMBERED.exec(address);
  if (match === null) return { kind: address, number: undefined };
  return { kind: match[1] as string, number: Number(match[2]) };
}

/** Negative if `a` comes before `b` in natural order, 0 only if they are the same. Kinds go by their UTF-16 units. */
export function compareAddresses(a: Address, b: Address): number {
  if (a === b) return 0;
  const left = parseAddress(a);
  const right = parseAddress(b);
  if (left.kind !== right.kind) return left.kind < right.kind ? -1 : 1;
  return (left.number ?? 0) - (right.number ?? 0);
}

/** An address as it is said: `worker-2` → "worker 2". */
export function spokenAddress(address: Address): string {
  const { kind, number } = parseAddress(address);
  return number === undefined ? kind : `${kind} ${number}`;
}

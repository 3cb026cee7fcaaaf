import type { Address, Json, Parameters } from '../kernel/types.ts';
import { accept, didYouMean, oneOf, refuse, show } from './sentences.ts';
import type { CastDescription, Checked, World } from './types.ts';

/** In a partition's sides: everyone who is named on no other side. */
export const REST = 'rest';

/** How many of one part of the cast there can ever be. */
function mostOf(world: World, part: CastDescription): number {
  if (part.countParameter === undefined) return 1;
  const most = (name: string | undefined) => {
    const count = world.parameters.find((parameter) => parameter.name === name);
    return count?.kind === 'number' ? count.max : 0;
  };
  return most(part.countParameter) + most(part.spareParameter);
}

/** Whether an address is one that the world can ever have: its number lies within the count parameter's range. */
export function isAddress(world: World, text: string): boolean {
  return world.cast.some((part) => {
    if (part.countParameter === undefined) return text === part.kind;
    if (!text.startsWith(`${part.kind}-`)) return false;
    const digits = text.slice(part.kind.length + 1);
    return /^[1-9][0-9]{0,5}$/.test(digits) && Number(digits) <= mostOf(world, part);
  });
}

/**
 * Whether a role is one that the world knows: one of its own, `any-<kind>`, or one that carries an item's number where
 * the world describes it as `holder-of:<item>`.
 */
export function isRole(world: World, text: string): boolean {
  return rolePatterns(world).some((role) => {
    const colon = role.indexOf(':');
    if (colon < 0) return role === text;
    return text.startsWith(role.slice(0, colon + 1)) && /^[1-9][0-9]{0,8}$/.test(text.slice(colon + 1));
  });
}

function rolePatterns(world: World): readonly string[] {
  const any = world.cast.filter((part) => part.countParameter !== undefined).map((part) => `any-${part.kind}`);
  return [...new Set([...world.roles.map((role) => role.name), ...any])];
}

/** An address or a role, or one sentence that says what there is. */
export function checkTarget(world: World, value: Json | undefined, what: string, where: string): Checked<Address> {
  if (typeof value === 'string' && (isAddress(world, value) || isRole(world, value))) return accept(value);
  const roles = rolePatterns(world);
  const addresses = world.cast.map((part) => {
    return part.countParameter === undefined ? part.kind : `${part.kind}-1 to ${part.kind}-${mostOf(world, part)}`;
  });
  const expected = `expected ${oneOf([...addresses, ...roles])}`;
  return refuse(where, `${what} is ${show(value)}: ${expected}${guessOf(world, value, roles)}`);
}

function guessOf(world: World, value: Json | undefined, roles: readonly string[]): string {
  const counted = world.cast.filter((part) => part.countParameter !== undefined).map((part) => part.kind);
  if (typeof value === 'string' && counted.includes(value)) return `. Did you mean ${value}-1?`;
  // `worker-99` is not a slip of the pen: guessing `worker-1` would not help.
  const isOutOfRange = counted.some((kind) => typeof value === 'string' && new RegExp(`^${kind}-[0-9]+$`).test(value));
  if (isOutOfRange) return '';
  const single = world.cast.filter((part) => part.countParameter === undefined).map((part) => part.kind);
  return didYouMean(value, [...roles, ...single, ...counted.map((kind) => `${kind}-1`)]);
}

/** How many processes stand on the stage under these parameters. */
export function countProcesses(world: World, parameters: Parameters): number {
  let count = 0;
  for (const part of world.cast) {
    const value = part.countParameter === undefined ? 1 : parameters[part.countParameter];
    const spare = part.spareParameter === undefined ? 0 : parameters[part.spareParameter];
    count += (typeof value === 'number' ? value : 1) + (typeof spare === 'number' ? spare : 0);
  }
  return count;
}

/** Stops loudly where the kernel or a machine is wrong. For mistakes of ours, never for input of a person. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantBroken(message);
}

export class InvariantBroken extends Error {
  override name = 'InvariantBroken';
}

/** The compiler's witness that every kind was heard. */
export function exhausted(value: never): never {
  throw new InvariantBroken(`not handled: ${JSON.stringify(value)}`);
}

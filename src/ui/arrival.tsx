import { type ComponentType, useLayoutEffect } from 'react';
import { partFrom } from './lazyPart.tsx';
import { registerPart } from './parts.ts';

/** Data or functions that load on their own, as `lazyPart` does for what is seen. */
export type Arrival<Value> = {
  /** The value, once somebody has waited for it; undefined before. */
  readonly here: () => Value | undefined;
  /** Loads it, at most once; after a failure a further call fetches anew. */
  readonly load: () => Promise<Value>;
  /** Stands where the value is waited for, and tells when it is here. Until then a quiet line; if it fails, *Retry*. */
  readonly Waiting: ComponentType<{ readonly onHere: () => void }>;
};

export function arrival<Module, Value>(
  /** What it is called, within a sentence: "the world of queues". */
  name: string,
  load: () => Promise<Module>,
  pick: (module: Module) => Value,
): Arrival<Value> {
  const loadModule = registerPart(name, load);
  let value: Value | undefined;
  const loadValue = async (): Promise<Value> => {
    value = pick(await loadModule());
    return value;
  };
  function Here({ onHere }: { readonly onHere: () => void }) {
    useLayoutEffect(onHere, [onHere]);
    return null;
  }
  return {
    here: () => value,
    load: loadValue,
    Waiting: partFrom(name, () => loadValue().then(() => ({ default: Here }))),
  };
}

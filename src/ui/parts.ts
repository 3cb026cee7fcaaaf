import { importAgain } from './importAgain.ts';

/*
 * The parts of the page that load on their own. They are registered by name, so that all of them can be fetched after the first
 * paint: in a room with bad wifi everything is then here before it is needed.
 */

type Part = { readonly name: string; readonly load: () => Promise<unknown>; state: 'waiting' | 'here' | 'failed' };

/** `fetched` of `known` are here; `failed` could not be fetched, and will be tried again when they are needed. */
export type PartsProgress = { readonly known: number; readonly fetched: number; readonly failed: number };

const parts: Part[] = [];
const listeners = new Set<() => void>();
let progress: PartsProgress = { known: 0, fetched: 0, failed: 0 };

function tell() {
  progress = {
    known: parts.length,
    fetched: parts.filter((part) => part.state === 'here').length,
    failed: parts.filter((part) => part.state === 'failed').length,
  };
  for (const listener of listeners) listener();
}

/** Makes a loader known, and gives back one that retries for real (`importAgain`). Names are unique; a second one replaces the first. */
export function registerPart<T>(name: string, load: () => Promise<T>): () => Promise<T> {
  const retrying = importAgain(load);
  const part: Part = {
    name,
    state: 'waiting',
    load: retrying,
  };
  const at = parts.findIndex((other) => other.name === name);
  if (at >= 0) parts[at] = part;
  else parts.push(part);
  const loadAndTell = async () => {
    try {
      const loaded = await retrying();
      part.state = 'here';
      return loaded;
    } catch (error) {
      part.state = 'failed';
      throw error;
    } finally {
      tell();
    }
  };
  tell();
  return loadAndTell;
}

/** Fetches every part that is not here yet, one after the other, with those that register meanwhile. Never throws. */
export async function fetchParts(): Promise<PartsProgress> {
  for (;;) {
    const next = parts.find((part) => part.state === 'waiting');
    if (!next) return progress;
    try {
      await next.load();
      next.state = 'here';
    } catch {
      next.state = 'failed';
    }
    tell();
  }
}

/** Puts those that failed back in the line. */
export function retryFailedParts(): Promise<PartsProgress> {
  for (const part of parts) if (part.state === 'failed') part.state = 'waiting';
  tell();
  return fetchParts();
}

export const partsStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  get: () => progress,
};

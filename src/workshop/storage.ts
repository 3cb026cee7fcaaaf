/** What this browser keeps for one person. A browser that keeps nothing (private windows) answers undefined, quietly. */
export function readStored<T>(key: string, isGood: (value: unknown) => value is T): T | undefined {
  try {
    const text = localStorage.getItem(key);
    if (text === null) return undefined;
    const value: unknown = JSON.parse(text);
    return isGood(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it could be kept. */
export function store(key: string, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string';

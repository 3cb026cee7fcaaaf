/** What the descriptions of this world's numbers have in common. */

export const MS = { kind: 'number', unit: 'ms' } as const;

/** A whole number. */
export const COUNT = { kind: 'number', unit: 'count', step: 1 } as const;

export const PROBABILITY = { kind: 'number', unit: 'probability', min: 0, max: 1, step: 0.01 } as const;

/** Read when it is needed next; nobody is told. */
export const NEXT_USE = 'nextUse';

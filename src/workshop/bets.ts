import { readStored, store } from './storage.ts';

const KEY = 'lockstep.bet';

const isPlace = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** The answer that this person bet on, by its place; kept on this device alone. */
export function readBet(preset: string): number | undefined {
  return readStored(`${KEY}.${preset}`, isPlace);
}

export function keepBet(preset: string, answer: number | undefined): void {
  store(`${KEY}.${preset}`, answer);
}

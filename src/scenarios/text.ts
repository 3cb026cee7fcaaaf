import type { Catalogue } from './catalogue.ts';
import { parseJson } from './jsonReading.ts';
import { checkScenario } from './schema.ts';
import { refuse } from './sentences.ts';
import type { Checked, Json, Scenario } from './types.ts';

/**
 * Characters in a scenario's file: 2,000 entries, written on lines of their own, fit several times. Who reads files
 * asks for their size first and reads no more than this.
 */
export const FILE_CHARACTERS_MOST = 1_000_000;

/** The refusal of a file that is too large to be read at all; `bytes` where known. */
export function refuseLargeFile(name: string, bytes?: number) {
  const size = bytes === undefined ? 'too large' : `${bytes} bytes long`;
  return refuse('', `${name} is ${size}: expected a scenario of at most ${FILE_CHARACTERS_MOST} characters`);
}

/** What a text from anyone holds, before it is known to be a scenario: size first, then JSON. */
export function parseScenarioText(text: string, name: string): Checked<Json> {
  return text.length > FILE_CHARACTERS_MOST ? refuseLargeFile(name) : parseJson(text, name);
}

/** A scenario from a text that may come from anyone: size first, then JSON, then the scenario's own rules. */
export function readScenarioText(text: string, catalogue: Catalogue, name = 'the file'): Checked<Scenario> {
  const parsed = parseScenarioText(text, name);
  return parsed.ok ? checkScenario(parsed.value, catalogue) : parsed;
}

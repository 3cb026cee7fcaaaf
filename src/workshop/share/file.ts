import { worldOfInput } from '../../scenarios/namedWorld.ts';
import { checkScenario } from '../../scenarios/schema.ts';
import { parseScenarioText } from '../../scenarios/text.ts';
import type { Checked, Scenario } from '../../scenarios/types.ts';
import { arrivalOf } from '../catalogues.ts';
import { packing } from '../packing.ts';

/** A scenario has at most some thousand entries; a larger file is something else and is not even read. */
const BYTES_MOST = 2_000_000;

const bad = (sentence: string): Checked<never> => ({ ok: false, problem: { where: 'file', sentence } });

/**
 * The scenario in a file, or one sentence that says what is wrong with it. Loads the world that it speaks of, and what
 * packs its link. Never throws.
 */
export async function checkText(file: Pick<File, 'name' | 'size' | 'text'>): Promise<Checked<Scenario>> {
  if (file.size > BYTES_MOST) {
    return bad(`the file ${file.name} has ${Math.round(file.size / 1e6)} MB: expected a scenario of at most 2 MB`);
  }
  const name = `the file ${file.name}`;
  const checked = await checkContent(await file.text(), name);
  if (checked.ok) return checked;
  const { sentence } = checked.problem;
  return bad(sentence.startsWith(name) ? sentence : `in ${name}, ${sentence}`);
}

async function checkContent(text: string, name: string): Promise<Checked<Scenario>> {
  const parsed = parseScenarioText(text, name);
  if (!parsed.ok) return parsed;
  const world = worldOfInput(parsed.value);
  if (!world.ok) return world;
  try {
    const [catalogue] = await Promise.all([arrivalOf(world.value)!.load(), packing.load()]);
    return checkScenario(parsed.value, catalogue);
  } catch {
    return bad(`${name} speaks of a part of this page that could not be fetched: wait a moment and open it again`);
  }
}

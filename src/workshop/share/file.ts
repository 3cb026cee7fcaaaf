import { catalogue } from '../../scenarios/released.ts';
import { checkScenario } from '../../scenarios/schema.ts';
import type { Checked, Scenario } from '../../scenarios/types.ts';

/** A scenario has at most some thousand entries; a larger file is something else. */
const BYTES_MOST = 2_000_000;

const bad = (sentence: string): Checked<never> => ({ ok: false, problem: { where: 'file', sentence } });

/** The scenario in a file, or one sentence that says what is wrong with it. Never throws. */
export async function checkText(file: Pick<File, 'name' | 'size' | 'text'>): Promise<Checked<Scenario>> {
  if (file.size > BYTES_MOST) {
    return bad(`the file ${file.name} has ${Math.round(file.size / 1e6)} MB: expected a scenario of at most 2 MB`);
  }
  let text: string;
  try {
    text = await file.text();
  } catch {
    return bad(`the file ${file.name} could not be read: expected a scenario as Lockstep writes it`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad(`the file ${file.name} is no JSON: expected a scenario as Lockstep writes it`);
  }
  const checked = checkScenario(value, catalogue);
  return checked.ok ? checked : bad(`in the file ${file.name}, ${checked.problem.sentence}`);
}

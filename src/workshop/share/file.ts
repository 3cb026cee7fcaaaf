import { catalogue } from '../../scenarios/released.ts';
import { readScenarioText } from '../../scenarios/text.ts';
import type { Checked, Scenario } from '../../scenarios/types.ts';

/** A scenario has at most some thousand entries; a larger file is something else and is not even read. */
const BYTES_MOST = 2_000_000;

const bad = (sentence: string): Checked<never> => ({ ok: false, problem: { where: 'file', sentence } });

/** The scenario in a file, or one sentence that says what is wrong with it. Never throws. */
export async function checkText(file: Pick<File, 'name' | 'size' | 'text'>): Promise<Checked<Scenario>> {
  if (file.size > BYTES_MOST) {
    return bad(`the file ${file.name} has ${Math.round(file.size / 1e6)} MB: expected a scenario of at most 2 MB`);
  }
  const name = `the file ${file.name}`;
  const checked = readScenarioText(await file.text(), catalogue, name);
  if (checked.ok) return checked;
  const { sentence } = checked.problem;
  return bad(sentence.startsWith(name) ? sentence : `in ${name}, ${sentence}`);
}

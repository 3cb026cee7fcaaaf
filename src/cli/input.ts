import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { type Catalogue, findPreset } from '../scenarios/catalogue.ts';
import { ENGINE } from '../scenarios/engine.ts';
import { type OpenedLink, readLink } from '../scenarios/link.ts';
import { accept, closestTo, refuse, show } from '../scenarios/sentences.ts';
import { FILE_CHARACTERS_MOST, readScenarioText, refuseLargeFile } from '../scenarios/text.ts';
import type { Checked } from '../scenarios/types.ts';

/** A character takes at most this many bytes of UTF-8, so a larger file need not be read to be refused. */
const BYTES_MOST = 4 * FILE_CHARACTERS_MOST;

/**
 * SCENARIO as the terminal takes it: a preset's id, a JSON file, `-` for standard input, or a link. Standard input and
 * files may hold a link too.
 */
export async function readScenario(word: string, catalogue: Catalogue, stdin: Readable): Promise<Checked<OpenedLink>> {
  if (word === '-') return readText(await readAll(stdin), catalogue, 'standard input');
  if (isLink(word)) return readLink(word, catalogue);
  const preset = findPreset(catalogue, word);
  if (preset.ok) return opened(readScenarioText(JSON.stringify({ format: 1, preset: word }), catalogue, word));
  return readFile(word, catalogue);
}

/** Our links have `#/` in them, encoded where a program encoded them. */
function isLink(word: string): boolean {
  return /#\/|%23(?:\/|%2f)|%2523/i.test(word) || /^https?:/.test(word);
}

function readFile(path: string, catalogue: Catalogue): Checked<OpenedLink> {
  let bytes: Buffer;
  try {
    const file = openSync(path, 'r');
    try {
      const status = fstatSync(file);
      if (status.isDirectory()) return refuse(path, `${path} is a folder: expected a scenario's JSON file`);
      if (status.size > BYTES_MOST) return refuseLargeFile(path, status.size);
      bytes = readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return refuse(path, missing(path, catalogue, error as NodeJS.ErrnoException));
  }
  return readText(textOf(bytes), catalogue, path);
}

function missing(word: string, catalogue: Catalogue, error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
    return `${show(word)} can't be read (${error.code ?? error.message})`;
  const ids = catalogue.presets.map((preset) => preset.preset ?? '');
  const closest = closestTo(word, ids);
  const guess = closest === undefined ? '' : `. Did you mean ${closest}?`;
  return `${show(word)} is neither a scenario of the library nor a file: expected either, a link, or - for standard input${guess}`;
}

/** undefined where it is no UTF-8. */
function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readText(text: string | undefined, catalogue: Catalogue, name: string): Checked<OpenedLink> {
  if (text === undefined) return refuse(name, `${name} is not text in UTF-8: expected a scenario in JSON, or a link`);
  if (!/^\s*[[{]/.test(text.slice(0, 1_000)) && isLink(text.slice(0, 1_000))) return readLink(text.trim(), catalogue);
  return opened(readScenarioText(text, catalogue, name));
}

function opened(scenario: ReturnType<typeof readScenarioText>): Checked<OpenedLink> {
  return scenario.ok ? accept({ scenario: scenario.value, view: {}, engine: ENGINE }) : scenario;
}

/** Standard input up to the cap; what comes after it is not waited for. */
async function readAll(stdin: Readable): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk as Buffer | string);
    chunks.push(bytes);
    size += bytes.length;
    if (size > BYTES_MOST) break;
  }
  return textOf(Buffer.concat(chunks));
}

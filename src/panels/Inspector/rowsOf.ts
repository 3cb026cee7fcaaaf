import type { Micros } from '../../kernel/types.ts';
import { formatCount, formatDuration, formatNumber, formatTime } from '../../ui/index.ts';

export type Row = { readonly path: string; readonly label: string; readonly depth: number; readonly words: string };

const ROWS_MOST = 60;
const DEPTH_MOST = 3;

/** A process's data as rows of words. Long lists become counts; names say their unit with their last word. */
export function rowsOf(value: unknown, nowMicros: Micros): readonly Row[] {
  const rows: Row[] = [];
  const walk = (of: unknown, name: string, path: string, depth: number): void => {
    if (rows.length >= ROWS_MOST) return;
    const words = wordsOf(of, name, nowMicros);
    if (words !== undefined) {
      if (name !== '') rows.push({ path, label: labelOf(name), depth: Math.max(0, depth - 1), words });
      return;
    }
    if (name !== '') rows.push({ path, label: labelOf(name), depth: Math.max(0, depth - 1), words: '' });
    if (depth > DEPTH_MOST) return;
    const parts = Array.isArray(of)
      ? of.map((one, index) => [String(index + 1), one] as const)
      : Object.entries(of as object);
    for (const [key, part] of parts.slice(0, 20)) if (key !== 'outbox') walk(part, key, `${path}.${key}`, depth + 1);
  };
  walk(value, '', '', 0);
  return rows;
}

/** Words for a leaf; undefined for what has parts worth a row each. */
function wordsOf(value: unknown, name: string, nowMicros: Micros): string | undefined {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value === '' ? '–' : value;
  if (typeof value === 'number') return numberWords(value, name, nowMicros);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    if (value.every((one) => typeof one !== 'object'))
      return value.slice(0, 12).join(', ') + (value.length > 12 ? ' …' : '');
    return value.length > 6 ? `${value.length} of them` : undefined;
  }
  const size = (value as { size?: unknown }).size;
  const isCollection =
    typeof size === 'number' && typeof (value as { toArray?: unknown; forEach?: unknown }).forEach === 'function';
  if (isCollection || (typeof size === 'number' && typeof (value as { toArray?: unknown }).toArray === 'function'))
    return size === 0 ? 'none' : `${formatCount(size as number)} of them`;
  return undefined;
}

function numberWords(value: number, name: string, nowMicros: Micros): string {
  if (!name.endsWith('Micros')) return name.endsWith('Ms') ? formatDuration(value * 1000) : formatNumber(value);
  // Instants are large or carry a word of time; durations of work are small beside the run.
  return /(work|delay|for|after)Micros$/i.test(name) || value > nowMicros * 4 + 1e9
    ? formatDuration(value)
    : formatTime(value);
}

function labelOf(name: string): string {
  const words = name
    .replace(/(Micros|Ms)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words === '' ? name : words;
}

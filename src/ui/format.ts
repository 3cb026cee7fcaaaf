/*
 * Numbers as people read them. No Intl and no locale: the same text on every machine, in the page and in a test.
 */

/** A number with at most `digits` significant digits and no trailing zeros: 1.25, 40, 0.3. */
function significant(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}

const sign = (value: number) => (value < 0 ? '−' : '');

/** A span of time in the unit that suits it: "40 µs", "250 ms", "1.25 s", "2 min 5 s", "1 h 3 min". Takes microseconds. */
export function formatDuration(micros: number): string {
  const size = Math.abs(micros);
  const before = sign(micros);
  if (size === 0) return '0 s';
  if (size < 1_000) return `${before}${significant(size, 3)} µs`;
  // Rounded to what is shown first, so that 999.9 ms becomes "1 s" and never "1000 ms".
  const millis = Number((size / 1_000).toPrecision(3));
  if (millis < 1_000) return `${before}${millis} ms`;
  const seconds = Number((size / 1_000_000).toPrecision(3));
  if (seconds < 60) return `${before}${seconds} s`;
  const whole = Math.round(size / 1_000_000);
  if (whole < 3_600) return `${before}${two(Math.floor(whole / 60), 'min', whole % 60, 's')}`;
  const minutes = Math.round(whole / 60);
  return `${before}${two(Math.floor(minutes / 60), 'h', minutes % 60, 'min')}`;
}

const two = (large: number, largeUnit: string, small: number, smallUnit: string) =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** A moment for the transport: "0:12.345", "1:02:03.004". Cut off, not rounded: it never shows a moment not yet reached. */
export function formatTime(micros: number): string {
  const millis = Math.floor(Math.abs(micros) / 1_000);
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const seconds = `${pad(Math.floor(millis / 1_000) % 60, 2)}.${pad(millis % 1_000, 3)}`;
  const minutes = Math.floor(millis / 60_000);
  const hours = Math.floor(minutes / 60);
  const head = hours > 0 ? `${hours}:${pad(minutes % 60, 2)}` : String(minutes);
  return `${micros < 0 && millis > 0 ? '−' : ''}${head}:${seconds}`;
}

/** A whole number, in groups of three: "12,345". Fractions are rounded. */
export function formatCount(count: number): string {
  const whole = Math.round(Math.abs(count));
  return `${whole === 0 ? '' : sign(count)}${String(whole).replace(/\B(?=(\d{3})+$)/g, ',')}`;
}

/** A rate with its unit: "2.5 per second", "120 per second". Three significant digits. */
export function formatRate(perSecond: number): string {
  return `${formatNumber(perSecond)} per second`;
}

/** A share of one as a percentage: 0.125 → "12.5%", 1 → "100%". What is more than nothing never reads "0%", what is less than all never "100%". */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share > 0.999 && share < 1) return '>99.9%';
  return `${Number((share * 100).toFixed(1))}%`.replace('-', '−');
}

/** A plain number with at most three significant digits, grouped where it is long: "0.333", "12.5", "1,240". */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1_000) return formatCount(value);
  return significant(value, 3).replace('-', '−');
}

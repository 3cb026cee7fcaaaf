/** Joins class names; what is false, null, undefined or empty is left out. Undefined where nothing remains. */
export function cx(...names: readonly (string | false | null | undefined)[]): string | undefined {
  const joined = names.filter(Boolean).join(' ');
  return joined === '' ? undefined : joined;
}

const SHORT_ENOUGH = 26;
const EXPLAINS = /[,:(]/;

/**
 * Titles as they stand on the toggle between twins: of a long one, the words before the comma or colon that explains
 * them. Where that would leave two the same, what explains them tells them apart.
 */
export function shortTitles(titles: readonly string[]): readonly string[] {
  const short = titles.map((title) => (title.length <= SHORT_ENOUGH ? title : (partOf(title, 0) ?? title)));
  return short.map((words, k) => {
    const isAlone = short.every((other, n) => n === k || other !== words);
    return isAlone ? words : capital(partOf(titles[k]!, 1) ?? words);
  });
}

/** A part of a title between commas, colons and brackets; undefined where there is none. */
function partOf(title: string, which: number): string | undefined {
  const part = title.split(EXPLAINS)[which]?.replace(')', '').trim().replace(/^and /, '');
  return part === '' ? undefined : part;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

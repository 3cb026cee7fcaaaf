/** A program for `bundle.test.ts`: does what its first word says. */
export async function main([word]: readonly string[], { workerUrl }: { workerUrl?: URL }): Promise<number> {
  if (['where', 'throw', 'wait'].includes(word ?? '')) console.log(import.meta.url);
  if (word === 'worker') console.log(workerUrl?.href);
  if (word === 'chatter') for (let line = 1; line <= 100_000; line += 1) console.log(`line ${line}`);
  if (word === 'throw') throw new Error('this is on purpose');
  if (word === 'wait') await new Promise((resolve) => setTimeout(resolve, 60_000));
  return word === 'three' ? 3 : 0;
}

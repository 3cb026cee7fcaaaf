import { ladder } from '../../../src/lessons/01-work-queues/ladder.ts';
import { cloudFacts, cloudTable } from '../../../src/lessons/reference/cloud.ts';
import { concepts } from '../../../src/lessons/reference/concepts.ts';
import { reading } from '../../../src/lessons/reference/reading.ts';
import { workshops } from '../../../src/lessons/reference/workshops.ts';
import { readStage } from './readStage.tsx';
import { words } from './words.ts';

/**
 * Every sentence that a person may read, by where it stands. The questions themselves and their misconceptions are left
 * out: they say wrong things on purpose.
 */
export async function allText(): Promise<readonly { readonly where: string; readonly text: string }[]> {
  const texts: { where: string; text: string }[] = [];
  const add = (where: string, ...words: (string | undefined)[]) => texts.push({ where, text: words.join('\n') });
  for (const { lesson, questions, runSheet, shortSheets, names, challenge } of words) {
    add(lesson.id, lesson.title, lesson.teaches);
    for (const stage of lesson.stages) {
      let text = (await readStage(stage)).everything;
      for (const { question } of questions) text = text.replace(question, '');
      add(`${lesson.id}/${stage.id}`, stage.aim, text);
    }
    for (const entry of questions) add(`${lesson.id}, question ${entry.n}`, entry.note);
    for (const row of [...runSheet, ...shortSheets.flat()])
      add(`${lesson.id}, minute ${row.fromMinute}`, row.do, row.slack);
    for (const goal of challenge.goals) add(goal.title, ...goal.checks.map((check) => check.sentence));
    for (const name of names) add(name.ours, name.is);
  }
  for (const rung of ladder.rungs) add(rung.id, rung.title, rung.sentence);
  for (const entry of concepts) add(entry.id, entry.what, entry.when, entry.whenNot, entry.costs);
  for (const row of cloudTable) add(row.area, row.ends);
  for (const entry of cloudFacts) add(`${entry.service}, ${entry.topic}`, entry.fact);
  for (const entry of reading) add(entry.title, entry.why);
  for (const workshop of workshops) add(workshop.title, workshop.about);
  return texts;
}

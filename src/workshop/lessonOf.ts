import { type StageId, stageIds } from '../lessons/lesson.ts';
import { openings } from '../lessons/openings.ts';
import { oneOf, show } from '../scenarios/sentences.ts';
import type { Problem } from '../scenarios/types.ts';

export type OpenLesson = {
  readonly id: string;
  readonly stage: StageId;
  /** The scenario that stands on the stage where the address names none. */
  readonly startsWith: string;
};

/** The lesson and stage that an address names; undefined where it names no lesson, or one that is not open. */
export function lessonOf(query: URLSearchParams): OpenLesson | undefined {
  const lesson = openings.find(({ id }) => id === query.get('lesson'));
  if (lesson === undefined) return undefined;
  const stage = stageIds.find((id) => id === query.get('stage')) ?? stageIds[0];
  return { id: lesson.id, stage, startsWith: lesson.opens[stage] };
}

/** What is wrong with the lesson or the stage that an address names; undefined where nothing is. */
export function lessonProblemOf(query: URLSearchParams): Problem | undefined {
  const named = query.get('lesson');
  if (named === null) return undefined;
  if (!openings.some(({ id }) => id === named)) {
    const sentence = `there is no open workshop ${show(named)}: expected ${oneOf(openings.map(({ id }) => id))}`;
    return { where: 'lesson', sentence };
  }
  const stage = query.get('stage');
  if (stage === null || stageIds.some((id) => id === stage)) return undefined;
  return { where: 'stage', sentence: `a workshop has no stage ${show(stage)}: expected ${oneOf(stageIds)}` };
}

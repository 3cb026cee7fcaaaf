import { lessons } from '../lessons/index.ts';
import type { Lesson, StageId } from '../lessons/lesson.ts';
import { stageIds } from '../lessons/lesson.ts';

export type OpenLesson = {
  readonly lesson: Lesson;
  readonly stage: StageId;
  /** The scenario that stands on the stage where the address names none. */
  readonly startsWith: string;
};

/** What stands on the stage when a lesson's stage opens by itself. */
const BEGINNINGS: { readonly [stage in StageId]: string } = {
  context: 'one-is-not-enough',
  observe: 'naive',
  discuss: 'naive',
  implement: 'retry-at-once',
  test: 'poison',
  reflect: 'broker-dies',
};

/** The lesson and stage that an address names; undefined where it names no lesson, or one that is not open. */
export function lessonOf(query: URLSearchParams): OpenLesson | undefined {
  const lesson = lessons.find(({ id }) => id === query.get('lesson'));
  if (lesson === undefined) return undefined;
  const stage = stageIds.find((id) => id === query.get('stage')) ?? 'context';
  return { lesson, stage, startsWith: BEGINNINGS[stage] };
}

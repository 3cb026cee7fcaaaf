import type { LessonComponents } from '../../lessons/components.ts';
import { Choose } from './parts/Choose.tsx';
import { Concept } from './parts/Concept.tsx';
import { Guess, GuessAgain } from './parts/Guess.tsx';
import { Hundred } from './parts/Hundred.tsx';
import { Ladder } from './parts/Ladder.tsx';
import { Names } from './parts/Names.tsx';
import { Notes, Question } from './parts/Notes.tsx';
import { Open } from './parts/Open.tsx';
import { Photo } from './parts/Photo.tsx';
import { Value } from './parts/Value.tsx';

export { LessonRoom, type LessonRoomValue, useLessonRoom } from './room.ts';

/** The parts of a lesson's text, as the page has them (`lessons/components.ts` is the contract). */
export const lessonComponents: LessonComponents = {
  Open,
  Concept,
  Notes,
  Question,
  Guess,
  GuessAgain,
  Value,
  Ladder,
  Choose,
  Hundred,
  Names,
  Photo,
};

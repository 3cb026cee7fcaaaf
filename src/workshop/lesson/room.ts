import { createContext, useContext } from 'react';
import type { Scenario } from '../../scenarios/types.ts';

/** What the parts of a text need of the room around them. */
export type LessonRoomValue = {
  readonly notes: boolean;
  readonly onOpen: (scenario: Scenario) => void;
};

export const LessonRoom = createContext<LessonRoomValue>({ notes: false, onOpen: () => {} });

export const useLessonRoom = (): LessonRoomValue => useContext(LessonRoom);

import { challenge as queueChallenge } from '../../../src/lessons/01-work-queues/challenge.ts';
import { workQueues } from '../../../src/lessons/01-work-queues/index.ts';
import { names as queueNames } from '../../../src/lessons/01-work-queues/names.ts';
import { questions as queueQuestions } from '../../../src/lessons/01-work-queues/questions.ts';
import { runSheet as queueRunSheet } from '../../../src/lessons/01-work-queues/runSheet.ts';
import { challenge as electionChallenge } from '../../../src/lessons/03-leader-election/challenge.ts';
import { leaderElection } from '../../../src/lessons/03-leader-election/index.ts';
import { names as electionNames } from '../../../src/lessons/03-leader-election/names.ts';
import { questions as electionQuestions } from '../../../src/lessons/03-leader-election/questions.ts';
import { runSheet as electionRunSheet, leasePart } from '../../../src/lessons/03-leader-election/runSheet.ts';
import { challenge as consensusChallenge } from '../../../src/lessons/04-consensus/challenge.ts';
import { consensus } from '../../../src/lessons/04-consensus/index.ts';
import { names as consensusNames } from '../../../src/lessons/04-consensus/names.ts';
import { questions as consensusQuestions } from '../../../src/lessons/04-consensus/questions.ts';
import { runSheet as consensusRunSheet, killTheLeader } from '../../../src/lessons/04-consensus/runSheet.ts';
import type { Challenge } from '../../../src/lessons/challenge.ts';
import { lessons } from '../../../src/lessons/index.ts';
import type { Lesson, NamePair, RoomQuestion, RunSheetRow, StageId } from '../../../src/lessons/lesson.ts';

/** A lesson with the data that belong to its words. */
export type Words = {
  readonly lesson: Lesson;
  readonly questions: readonly RoomQuestion[];
  readonly runSheet: readonly RunSheetRow[];
  /** Shorter sheets beside the one of 90 minutes. */
  readonly shortSheets: readonly (readonly RunSheetRow[])[];
  readonly names: readonly NamePair[];
  readonly challenge: Challenge;
  /** The interactive parts of each stage, as they should be. */
  readonly parts: { readonly [stage in StageId]: readonly string[] };
};

/** The words of every workshop that has some, open or not. */
export const words: readonly Words[] = [
  {
    lesson: workQueues,
    questions: queueQuestions,
    runSheet: queueRunSheet,
    shortSheets: [],
    names: queueNames,
    challenge: queueChallenge,
    parts: {
      context: ['Photo', 'Names'],
      observe: ['Ladder'],
      discuss: [],
      implement: ['Choose'],
      test: ['Hundred'],
      reflect: ['Ladder'],
    },
  },
  {
    lesson: leaderElection,
    questions: electionQuestions,
    runSheet: electionRunSheet,
    // A part of a sheet, read here as one that begins with it.
    shortSheets: [[{ ...leasePart, fromMinute: 0 }]],
    names: electionNames,
    challenge: electionChallenge,
    parts: { context: ['Names'], observe: [], discuss: [], implement: ['Choose'], test: ['Hundred'], reflect: [] },
  },
  {
    lesson: consensus,
    questions: consensusQuestions,
    runSheet: consensusRunSheet,
    shortSheets: [killTheLeader],
    names: consensusNames,
    challenge: consensusChallenge,
    parts: { context: ['Names'], observe: [], discuss: [], implement: ['Choose'], test: ['Hundred'], reflect: [] },
  },
];

/** Those that anyone can open: what their words name must be there. */
export const openWords: readonly Words[] = words.filter(({ lesson }) => lessons.includes(lesson));

import type { ComponentType } from 'react';
import type { LessonComponents } from './components.ts';

/** The six stages of every workshop, in their order. */
export const stageIds = ['context', 'observe', 'discuss', 'implement', 'test', 'reflect'] as const;

export type StageId = (typeof stageIds)[number];

/** What an `.mdx` file exports by default: a component that is handed the parts which its text may use. */
export type StageText = ComponentType<{ readonly components: LessonComponents }>;

/** One stage of a lesson. Its words load only when someone opens it. */
export type Stage = {
  readonly id: StageId;
  readonly title: string;
  /** One sentence for the rail: what this stage is for. */
  readonly aim: string;
  /** How long it takes in the room, in minutes. */
  readonly minutes: number;
  /** The scenario that stands on the stage when this stage opens and the address names none. */
  readonly opens: string;
  readonly load: () => Promise<{ readonly default: StageText }>;
};

/** A workshop's words. The folder's number gives the order, `id` the link. */
export type Lesson = {
  readonly id: string;
  /** Id of the world that it is about: a room with a scenario of that world offers this lesson. */
  readonly world: string;
  /** Counted from 1. */
  readonly number: number;
  readonly title: string;
  /** What one can say at the end that one could not say before. */
  readonly teaches: string;
  readonly stages: readonly Stage[];
};

/** A question for the room, with the wrong idea that it hunts and what the leader needs to know. */
export type RoomQuestion = {
  /** Counted from 1 within the lesson. */
  readonly n: number;
  readonly question: string;
  /** The idea that the question brings to light. It is wrong, and is shown to the leader only. */
  readonly misconception: string;
  /** For who leads: what to listen for, what to say. */
  readonly note: string;
  /** Scenarios of the library that answer it. */
  readonly presets: readonly string[];
  /** When it is best asked: the heading of Discuss under which it stands. */
  readonly ask:
    | 'after-the-naive-run'
    | 'after-the-retries'
    | 'after-the-elections'
    | 'after-the-logs'
    | 'after-the-lost-answer'
    | 'after-the-first-failover'
    | 'after-the-clocks'
    | 'after-the-zombie'
    | 'at-the-end';
};

/** A row of the run sheet. */
export type RunSheetRow = {
  /** Minutes since the start. */
  readonly fromMinute: number;
  readonly minutes: number;
  readonly stage: StageId;
  /** What the leader does, in a sentence or two. */
  readonly do: string;
  /** Scenarios to open, in this order. */
  readonly presets: readonly string[];
  /** Numbers of the questions to ask. */
  readonly questions?: readonly number[];
  /** What may be left out when time is short. */
  readonly slack?: string;
};

/** A name of ours beside the name that it has elsewhere: in the C# workshop series, in the Raft paper, in a product. */
export type NamePair = {
  readonly ours: string;
  readonly theirs: string;
  /** One sentence: what it is. */
  readonly is: string;
};

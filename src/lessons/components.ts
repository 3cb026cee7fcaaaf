import { type ComponentType, createElement, Fragment, type ReactNode } from 'react';
import type { Challenge } from './challenge.ts';
import type { NamePair } from './lesson.ts';

/**
 * The parts that a lesson's text may use, beside plain Markdown. This file is the contract: the workshop implements
 * these for the page, the fallbacks below let a text be read (and tested) without it.
 */

/** A button that sets up a scenario. Its children are the label; without them it bears the scenario's title. */
export type OpenProps = {
  /** Id of a scenario in the library. */
  readonly preset: string;
  /** Parameters that differ from the preset's, by name. */
  readonly parameters?: { readonly [name: string]: string | number | boolean | readonly number[] };
  /** Another seed than the preset's. */
  readonly seed?: number;
  readonly children?: ReactNode;
};

/** A word that links to its entry on the page of concepts. */
export type ConceptProps = { readonly id: string; readonly children?: ReactNode };

/** For who leads. Shown only with `notes=1` in the link, never in the projector's theme. */
export type NotesProps = { readonly children?: ReactNode };

/** A question for the room. The misconception belongs to the notes: it is never shown to the room. */
export type QuestionProps = { readonly n: number; readonly misconception: string; readonly children?: ReactNode };

/** A line in which the room writes its own guess; kept on this device. Its children are what is asked. */
export type GuessProps = { readonly id: string; readonly children?: ReactNode };

/** Shows a guess again. Its children are what to think about, now that the runs were seen. */
export type GuessAgainProps = { readonly id: string; readonly children?: ReactNode };

/** How a value is worded. Without it, the unit at the end of the parameter's name decides (`valueWords`). */
export type ValueForm = 'percent' | 'duration' | 'perSecond' | 'number' | 'list' | 'word';

/**
 * A number of a scenario, made from the scenario's data so that it can't drift. `of` is one of
 * `seed` · `untilMs` · `parameters.<name>` · `script.<verb>.atMs` (when it is first done) ·
 * `script.<verb>..<verb>` (the time from the first to the second).
 */
export type ValueProps = { readonly preset: string; readonly of: string; readonly as?: ValueForm };

/** What is chosen, and what it must stand. */
export type ChallengeProps = { readonly challenge: Challenge };

/** Our names, each with the one that it has elsewhere. */
export type NamesProps = {
  readonly names: readonly NamePair[];
  /** Where the other names come from, in a word or two. */
  readonly beside: string;
};

/** The parts without properties. */
export type PlainProps = { readonly [name: string]: never };

export type LessonComponents = {
  readonly Open: ComponentType<OpenProps>;
  readonly Concept: ComponentType<ConceptProps>;
  readonly Notes: ComponentType<NotesProps>;
  readonly Question: ComponentType<QuestionProps>;
  readonly Guess: ComponentType<GuessProps>;
  readonly GuessAgain: ComponentType<GuessAgainProps>;
  readonly Value: ComponentType<ValueProps>;
  /** Seven rungs on one seed, with what each lost, did twice and took (`01-work-queues/ladder.ts`). */
  readonly Ladder: ComponentType<PlainProps>;
  /** Choosing settings that keep the promises (`challenge.ts`). */
  readonly Choose: ComponentType<ChallengeProps>;
  /** Runs the chosen settings over many seeds and counts the promises kept. */
  readonly Hundred: ComponentType<ChallengeProps>;
  /** Our names beside those that people may know already. */
  readonly Names: ComponentType<NamesProps>;
  /** An uploaded photo, and who coordinates behind it. */
  readonly Photo: ComponentType<PlainProps>;
};

const h = createElement;

/** Readable stand-ins: each says what belongs in its place. Notes stay hidden, as they do for the room. */
export const fallbackComponents: LessonComponents = {
  Open: ({ preset, children }) => h('button', { type: 'button', 'data-preset': preset }, children ?? preset),
  Concept: ({ id, children }) => h('a', { href: `#/concepts?c=${id}` }, children),
  Notes: () => null,
  Question: ({ n, children }) => h('section', { 'data-question': n }, children),
  Guess: ({ id, children }) => h('label', null, children, h('input', { name: id })),
  GuessAgain: ({ children }) => h(Fragment, null, children),
  Value: ({ preset, of }) => h('output', null, `${preset}: ${of}`),
  Ladder: () => h('p', null, 'The ladder'),
  Choose: () => h('p', null, 'Choose the settings'),
  Hundred: () => h('p', null, 'A hundred runs'),
  Names: () => h('p', null, 'The names'),
  Photo: () => h('p', null, 'The photo'),
};

import { render } from '@testing-library/react';
import {
  fallbackComponents,
  type LessonComponents,
  type OpenProps,
  type ValueProps,
} from '../../../src/lessons/components.ts';
import type { Stage } from '../../../src/lessons/lesson.ts';

/** All that one stage's text names, found by rendering it, and what it says to whom. */
export type ReadStage = {
  readonly opens: readonly OpenProps[];
  readonly concepts: readonly { readonly id: string; readonly before: string }[];
  readonly values: readonly ValueProps[];
  readonly questions: readonly { readonly n: number; readonly misconception: string }[];
  readonly guesses: readonly string[];
  readonly guessesAgain: readonly string[];
  readonly parts: readonly string[];
  /** Prose that was typed by hand: no notes, questions, guesses, values. Button labels belong to it. */
  readonly prose: string;
  /** Everything except values and misconceptions, notes included. */
  readonly everything: string;
  /** Headings as [level, text]. */
  readonly headings: readonly (readonly [number, string])[];
  readonly links: readonly string[];
};

const read = new Map<Stage, Promise<ReadStage>>();

/** Renders a stage twice: once with everything that it holds, once as the room's prose. Each stage is read once. */
export function readStage(stage: Stage): Promise<ReadStage> {
  const known = read.get(stage) ?? renderTwice(stage);
  read.set(stage, known);
  return known;
}

async function renderTwice(stage: Stage): Promise<ReadStage> {
  const { default: Text } = await stage.load();
  const opens: OpenProps[] = [];
  const concepts: { id: string; before: string }[] = [];
  const values: ValueProps[] = [];
  const questions: { n: number; misconception: string }[] = [];
  const guesses: string[] = [];
  const guessesAgain: string[] = [];
  const parts: string[] = [];
  const part = (name: string) => () => {
    parts.push(name);
    return null;
  };
  const recording: LessonComponents = {
    Open: (props) => {
      opens.push(props);
      return <button type="button">{props.children}</button>;
    },
    Concept: ({ id, children }) => <mark data-concept={id}>{children}</mark>,
    Notes: ({ children }) => <aside>{children}</aside>,
    Question: ({ n, misconception, children }) => {
      questions.push({ n, misconception });
      return <section>{children}</section>;
    },
    Guess: ({ id, children }) => {
      guesses.push(id);
      return <p>{children}</p>;
    },
    GuessAgain: ({ id, children }) => {
      guessesAgain.push(id);
      return <p>{children}</p>;
    },
    Value: (props) => {
      values.push(props);
      return <output>…</output>;
    },
    Ladder: part('Ladder'),
    Choose: part('Choose'),
    Hundred: part('Hundred'),
    Names: part('Names'),
    Photo: part('Photo'),
  };
  const whole = render(<Text components={recording} />);
  for (const link of whole.container.querySelectorAll<HTMLElement>('[data-concept]')) {
    const range = document.createRange();
    range.setStart(whole.container, 0);
    range.setEndBefore(link);
    concepts.push({ id: link.dataset.concept ?? '', before: range.toString() });
  }
  const headings = [...whole.container.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(
    (heading) => [Number(heading.tagName.slice(1)), heading.textContent ?? ''] as const,
  );
  const links = [...whole.container.querySelectorAll('a[href]')].map((link) => link.getAttribute('href') ?? '');
  const everything = spacedText(whole.container);
  whole.unmount();

  const silent = () => null;
  const room = render(
    <Text components={{ ...fallbackComponents, Notes: silent, Question: silent, Guess: silent, Value: silent }} />,
  );
  // The title of a book or a page is not ours to link.
  for (const link of room.container.querySelectorAll('a[href^="https:"]')) link.remove();
  const prose = spacedText(room.container);
  room.unmount();
  return { opens, concepts, values, questions, guesses, guessesAgain, parts, prose, everything, headings, links };
}

/** Text with a line break after each block, so that the words of two paragraphs do not run together. */
function spacedText(container: HTMLElement): string {
  return [...container.querySelectorAll('p,li,h3,h4')].map((block) => block.textContent ?? '').join('\n');
}

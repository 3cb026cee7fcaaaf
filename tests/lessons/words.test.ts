import { describe, expect, it } from 'vitest';
import { lessons } from '../../src/lessons/index.ts';
import { presetIds } from './support/library.ts';
import { openWords, words } from './support/words.ts';

describe('the lessons', () => {
  it('have their words here as soon as they are open', () => {
    expect(openWords.map(({ lesson }) => lesson)).toEqual(lessons);
  });

  it.each(words)('$lesson.title has a number that its folder bears', ({ lesson }) => {
    expect(lesson.id).toMatch(new RegExp(`^0${lesson.number}-`));
  });
});

describe.each(words)('$lesson.title', ({ lesson, questions, runSheet, shortSheets, names, challenge }) => {
  it('has run sheets from minute 0 on without a gap, the first over 90 minutes', () => {
    for (const sheet of [runSheet, ...shortSheets]) {
      let minute = 0;
      for (const row of sheet) {
        expect(row.fromMinute).toBe(minute);
        minute += row.minutes;
      }
    }
    expect(runSheet.reduce((sum, row) => sum + row.minutes, 0)).toBe(90);
  });

  it('gives each stage the minutes that the lesson promises', () => {
    for (const stage of lesson.stages) {
      const rows = runSheet.filter((row) => row.stage === stage.id);
      expect(
        rows.reduce((sum, row) => sum + row.minutes, 0),
        stage.title,
      ).toBe(stage.minutes);
    }
  });

  it('has a place for every question in its run sheet', () => {
    const asked = runSheet.flatMap((row) => row.questions ?? []);
    expect(asked).toEqual(questions.map((question) => question.n));
    for (const row of shortSheets.flat()) {
      for (const n of row.questions ?? []) expect(questions.map((question) => question.n)).toContain(n);
    }
  });

  it('asks ten questions, counted from 1, each with a note and scenarios', () => {
    expect(questions.map((question) => question.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const entry of questions) {
      expect(entry.question).toMatch(/\?$/);
      expect(entry.note.length, `note ${entry.n}`).toBeGreaterThan(100);
      expect(entry.presets.length).toBeGreaterThan(0);
    }
  });

  it('says of each name what it is, in one sentence', () => {
    expect(new Set(names.map(({ ours }) => ours)).size).toBe(names.length);
    for (const { is } of names) expect(is).toMatch(/^[^.]+\.$/);
  });

  it('has a scenario of its own for each situation that is to be stood', () => {
    // The page tells the situations apart by it.
    expect(new Set(challenge.goals.map(({ preset }) => preset)).size).toBe(challenge.goals.length);
  });

  it('keeps what is chosen under its own name, and lets rough weather touch no choice', () => {
    expect(challenge.lesson).toBe(lesson.id);
    for (const name of Object.keys(challenge.start ?? {})) expect(challenge.choices).toContain(name);
    for (const name of Object.keys(challenge.roughWeather)) expect(challenge.choices).not.toContain(name);
    for (const goal of challenge.goals) {
      for (const name of Object.keys(goal.changes ?? {})) expect(challenge.choices).not.toContain(name);
    }
  });
});

describe.each(openWords)('$lesson.title, opened,', ({ questions, runSheet, shortSheets, challenge }) => {
  it('names only scenarios of the library', () => {
    for (const row of [...runSheet, ...shortSheets.flat()])
      for (const preset of row.presets) expect(presetIds).toContain(preset);
    for (const entry of questions) for (const preset of entry.presets) expect(presetIds).toContain(preset);
    for (const goal of challenge.goals) expect(presetIds).toContain(goal.preset);
  });
});

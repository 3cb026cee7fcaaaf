import { describe, expect, it } from 'vitest';
import { workQueues } from '../../src/lessons/01-work-queues/index.ts';
import { names } from '../../src/lessons/01-work-queues/names.ts';
import { questions } from '../../src/lessons/01-work-queues/questions.ts';
import { runSheet } from '../../src/lessons/01-work-queues/runSheet.ts';
import { presetIds } from './support/library.ts';

describe('the run sheet', () => {
  it('goes from minute 0 to 90 without a gap', () => {
    let minute = 0;
    for (const row of runSheet) {
      expect(row.fromMinute).toBe(minute);
      minute += row.minutes;
    }
    expect(minute).toBe(90);
  });

  it('gives each stage the minutes that the lesson promises', () => {
    for (const stage of workQueues.stages) {
      const rows = runSheet.filter((row) => row.stage === stage.id);
      expect(
        rows.reduce((sum, row) => sum + row.minutes, 0),
        stage.title,
      ).toBe(stage.minutes);
    }
  });

  it('has a place for every question, and opens only scenarios of the library', () => {
    const asked = runSheet.flatMap((row) => row.questions ?? []);
    expect(asked).toEqual(questions.map((question) => question.n));
    for (const row of runSheet) for (const preset of row.presets) expect(presetIds).toContain(preset);
  });
});

describe('the questions', () => {
  it('are ten, counted from 1, each with a note and scenarios of the library', () => {
    expect(questions.map((question) => question.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const entry of questions) {
      expect(entry.question).toMatch(/\?$/);
      expect(entry.note.length, `note ${entry.n}`).toBeGreaterThan(100);
      expect(entry.presets.length).toBeGreaterThan(0);
      for (const preset of entry.presets) expect(presetIds).toContain(preset);
    }
  });
});

describe('the names', () => {
  it('stand beside those of the C# series, one sentence each', () => {
    expect(names.map(({ ours, csharp }) => [ours, csharp])).toEqual([
      ['ImageWorkItem', 'IWorkItem'],
      ['ImageWorker', 'IWorker'],
      ['NaiveWorkDistributor', 'IWorkDistributor'],
      ['WorkTracker', 'IWorkTracker'],
      ['DeadLetterQueue', 'IDeadLetterQueue'],
    ]);
    for (const { is } of names) expect(is).toMatch(/^[^.]+\.$/);
  });
});

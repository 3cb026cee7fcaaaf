import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/scenarios/released.ts';
import { shortTitles } from '../../src/workshop/masthead/shortTitles.ts';

describe('titles on the toggle between twins', () => {
  test('are the words before what explains them', () => {
    expect(shortTitles(['Exponential backoff, against the same outage', 'A thundering herd'])).toEqual([
      'Exponential backoff',
      'A thundering herd',
    ]);
  });

  test('differ by what explains them where they would be the same', () => {
    const titles = ['The leader that slept', 'The leader that slept, and storage that compares tokens'];
    expect(shortTitles(titles)).toEqual(['The leader that slept', 'Storage that compares tokens']);
  });

  test.each(
    catalogue.presets.filter(({ pair }) => pair !== undefined).map((preset) => [preset.preset!, preset] as const),
  )('tell %s and its twins apart', (_, preset) => {
    const ids = [preset.preset, ...preset.pair!];
    const twins = catalogue.presets.filter((one) => ids.includes(one.preset));
    const short = shortTitles(twins.map((twin) => twin.title));
    expect(new Set(short).size).toBe(twins.length);
  });
});

import { describe, expect, test } from 'vitest';
import { library } from '../../src/scenarios/library/index.ts';
import { linkClass, readLink, writeLink } from '../../src/scenarios/link.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';

describe('every library scenario', () => {
  test('has an id of its own, in kebab case', () => {
    const ids = library.map((scenario) => scenario.preset);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  });

  test.each(library.map((scenario) => [scenario.preset, scenario]))(
    '%s keeps the rules that files keep',
    (id, scenario) => {
      const complete = catalogue.presets.find((preset) => preset.preset === id);
      expect(checkScenario(scenario, catalogue)).toEqual({ ok: true, value: complete });
      expect(checkScenario({ format: 1, preset: id }, catalogue)).toEqual({ ok: true, value: complete });
    },
  );

  test.each(library.map((scenario) => [scenario.preset]))('%s has a link short enough for the projector', (id) => {
    const scenario = catalogue.presets.find((preset) => preset.preset === id)!;
    const link = writeLink(scenario, {}, catalogue);
    expect(link).toBe(`#/play?s=${id}&r=${scenario.seed}&e=1`);
    expect(linkClass(`https://somewhere.github.io/lockstep/${link}`.length)).toBe('qr');
    expect(readLink(link, catalogue)).toMatchObject({ ok: true, value: { scenario } });
  });
});

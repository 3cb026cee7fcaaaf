import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { library } from '../../src/scenarios/library/index.ts';
import { linkClass, readLink, writeLink } from '../../src/scenarios/link.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { exportScenario } from '../../src/scenarios/scenario.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import { readScenarioText } from '../../src/scenarios/text.ts';
import { arbitraryScenario } from '../support/arbitraryScenario.ts';

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

describe.each(catalogue.worlds.map((world) => [world.id, world] as const))('%s', (_, world) => {
  test('any of its scenarios survives file and link', () => {
    fc.assert(
      fc.property(arbitraryScenario(world), (input) => {
        const checked = checkScenario(input, catalogue);
        if (!checked.ok) throw new Error(checked.problem.sentence);
        const scenario = checked.value;
        expect(readScenarioText(exportScenario(scenario, world), catalogue)).toEqual(checked);
        expect(readLink(writeLink(scenario, {}, catalogue), catalogue)).toMatchObject({
          ok: true,
          value: { scenario },
        });
      }),
      { numRuns: 60 },
    );
  });

  test('each parameter keeps its own rules at its default and has a unit as its last word', () => {
    for (const parameter of world.parameters) {
      const checked = checkScenario(
        { format: 1, world: world.id, seed: 1, untilMs: 1, parameters: { [parameter.name]: parameter.default } },
        catalogue,
      );
      expect(checked.ok, parameter.name).toBe(true);
      const last = { ms: /Ms$/, perSecond: /PerSecond$/, probability: /Probability$/, ppm: /Ppm$/ } as const;
      if (parameter.kind !== 'number' || !(parameter.unit in last)) continue;
      expect(parameter.name).toMatch(last[parameter.unit as keyof typeof last]);
    }
  });
});

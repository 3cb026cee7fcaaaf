import { useEffect, useState } from 'react';
import type { RunResult } from '../../../lab/run.ts';
import type { ChallengeProps } from '../../../lessons/components.ts';
import { ParameterControl } from '../../../panels/Controls/ParameterControl.tsx';
import { LampGlyph } from '../../../ui/index.ts';
import { worldOf } from '../../catalogues.ts';
import { choose, presetOfGoal, scenarioOf, useChosen } from '../chosen.ts';
import { runMany } from '../lab.ts';
import { OpenScenario } from './Open.tsx';
import styles from './parts.module.css';

/** So long after the last change the situations are run. */
const SETTLED_MS = 300;

/** Choosing settings that keep the promises, with every situation run at once, each on its own seed. */
export function Choose({ challenge }: ChallengeProps) {
  const { choices, goals } = challenge;
  const chosen = useChosen(challenge);
  const world = worldOf(presetOfGoal(goals[0]!).world);
  const [met, setMet] = useState<readonly (readonly boolean[] | undefined)[]>([]);
  useEffect(() => {
    let isGone = false;
    setMet([]);
    const timer = setTimeout(async () => {
      for (const [place, goal] of challenge.goals.entries()) {
        const scenario = scenarioOf(challenge, goal, chosen);
        await runMany(
          scenario,
          [{ seed: scenario.seed, vary: {} }],
          (line) => {
            const result: RunResult = { ...line, scenario, final: { processes: {} } };
            const answers = goal.checks.map((check) => check.met(result));
            if (!isGone) setMet((before) => Object.assign([...before], { [place]: answers }));
          },
          () => isGone,
        ).catch(() => {});
      }
    }, SETTLED_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [challenge, chosen]);
  if (world === undefined) return null;
  return (
    <div className={styles.choose}>
      {choices.map((name) => {
        const parameter = world.parameters.find((one) => one.name === name);
        return (
          parameter && (
            <ParameterControl
              key={name}
              parameter={parameter}
              value={chosen[name] ?? parameter.default}
              changed={false}
              onCommit={(value) => choose(challenge, name, value)}
            />
          )
        );
      })}
      <div className={styles.goals}>
        {goals.map((goal, place) => (
          <section key={goal.preset} className={styles.goal}>
            <h4>{goal.title}</h4>
            <ul>
              {goal.checks.map((check, index) => {
                const is = met[place]?.[index];
                return (
                  <li key={check.sentence}>
                    <LampGlyph state={is === undefined ? 'pending' : is ? 'kept' : 'broken'} />
                    <span>
                      {check.sentence}
                      <span className={styles.soft}>{is === undefined ? ' running …' : is ? ' Yes.' : ' No.'}</span>
                    </span>
                  </li>
                );
              })}
            </ul>
            <OpenScenario scenario={scenarioOf(challenge, goal, chosen)}>Watch it with these settings</OpenScenario>
          </section>
        ))}
      </div>
      <p className={styles.soft}>Each is run once here, on its own seed. Test runs a hundred.</p>
    </div>
  );
}

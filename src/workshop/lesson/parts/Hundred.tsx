import { useEffect, useRef, useState } from 'react';
import type { RunResult } from '../../../lab/run.ts';
import type { Goal } from '../../../lessons/challenge.ts';
import type { ChallengeProps } from '../../../lessons/components.ts';
import { Button, PlayIcon } from '../../../ui/index.ts';
import { testScenarioOf, useChosen } from '../chosen.ts';
import { runMany } from '../lab.ts';
import { OpenScenario } from './Open.tsx';
import styles from './parts.module.css';

/** For each goal and check: in how many runs it was met, and the first seed where it was not. */
type Tally = {
  readonly runs: number;
  readonly checks: readonly { readonly met: number; readonly firstMiss?: number }[];
};

const emptyOf = (goals: readonly Goal[]): readonly Tally[] =>
  goals.map((goal) => ({ runs: 0, checks: goal.checks.map(() => ({ met: 0 })) }));

/** The chosen settings over a hundred seeds: in how many runs each promise was kept. */
export function Hundred({ challenge }: ChallengeProps) {
  const { goals, runCount } = challenge;
  const chosen = useChosen(challenge);
  const [tallies, setTallies] = useState(() => emptyOf(goals));
  const [state, setState] = useState<'idle' | 'running' | 'done'>('idle');
  const [trouble, setTrouble] = useState<string>();
  const turn = useRef(0);
  // Other settings make the old counts meaningless.
  useEffect(() => {
    turn.current++;
    setState('idle');
    setTallies(emptyOf(goals));
    return () => {
      turn.current++;
    };
  }, [chosen, goals]);

  const run = async () => {
    const mine = ++turn.current;
    const isCancelled = () => turn.current !== mine;
    setTallies(emptyOf(goals));
    setTrouble(undefined);
    setState('running');
    try {
      for (const [place, goal] of goals.entries()) {
        const scenario = testScenarioOf(challenge, goal, chosen, 1);
        const wishes = Array.from({ length: runCount }, (_, k) => ({ seed: k + 1, vary: {} }));
        let tally: Tally = emptyOf([goal])[0]!;
        await runMany(
          scenario,
          wishes,
          (line) => {
            if (isCancelled()) return;
            const result: RunResult = { ...line, scenario: { ...scenario, seed: line.seed }, final: { processes: {} } };
            tally = {
              runs: tally.runs + 1,
              checks: tally.checks.map((check, index) => {
                if (goal.checks[index]!.met(result)) return { ...check, met: check.met + 1 };
                return { ...check, firstMiss: check.firstMiss ?? line.seed };
              }),
            };
            const shown = tally;
            setTallies((before) => before.map((one, other) => (other === place ? shown : one)));
          },
          isCancelled,
        );
        if (isCancelled()) return;
      }
      setState('done');
    } catch (error) {
      if (isCancelled()) return;
      setTrouble(error instanceof Error ? error.message : String(error));
      setState('idle');
    }
  };
  const runs = tallies.reduce((sum, tally) => sum + tally.runs, 0);
  return (
    <div className={styles.hundred}>
      {state === 'running' ? (
        <Button
          onClick={() => {
            turn.current++;
            setState('idle');
          }}
        >{`Stop (${runs} of ${runCount * goals.length})`}</Button>
      ) : (
        <Button kind="primary" icon={<PlayIcon />} onClick={run}>
          {`Run your settings over ${runCount} seeds`}
        </Button>
      )}
      {trouble && <p role="alert">{`The runs could not be made: ${trouble}`}</p>}
      <p role="status" className={styles.soft}>
        {state === 'done' ? `${runs} runs are done.` : ''}
      </p>
      {goals.map((goal, place) => {
        const tally = tallies[place]!;
        return (
          <section key={goal.preset} className={styles.goal}>
            <h4>{goal.title}</h4>
            <ul className={styles.tallies}>
              {goal.checks.map((check, index) => {
                const { met, firstMiss } = tally.checks[index]!;
                return (
                  <li key={check.sentence}>
                    <span className={styles.tallyLine}>
                      <span>{check.sentence}</span>
                      <strong>{tally.runs === 0 ? '–' : `${met} of ${tally.runs}`}</strong>
                    </span>
                    <span className={styles.tally} aria-hidden="true">
                      <span style={{ width: `${(met / runCount) * 100}%` }} data-good />
                      <span style={{ width: `${((tally.runs - met) / runCount) * 100}%` }} />
                    </span>
                    {firstMiss !== undefined && (
                      <OpenScenario scenario={testScenarioOf(challenge, goal, chosen, firstMiss)}>
                        {`Watch seed ${firstMiss}, where it does not hold`}
                      </OpenScenario>
                    )}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

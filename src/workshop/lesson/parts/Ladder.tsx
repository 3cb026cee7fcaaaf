import { useEffect, useState } from 'react';
import type { SweepLine } from '../../../lab/sweep.ts';
import { ladder, scenarioOfRung } from '../../../lessons/01-work-queues/ladder.ts';
import { catalogue } from '../../../scenarios/released.ts';
import { formatDuration } from '../../../ui/index.ts';
import { runMany } from '../lab.ts';
import { OpenScenario } from './Open.tsx';
import styles from './parts.module.css';

/** Seven rungs on one seed: what each lost, did twice, and took. The runs are made here and now. */
export function Ladder() {
  const [lines, setLines] = useState<readonly SweepLine[]>([]);
  const [trouble, setTrouble] = useState<string>();
  const preset = catalogue.presets.find((candidate) => candidate.preset === ladder.preset);
  useEffect(() => {
    if (preset === undefined) return;
    let isGone = false;
    setLines([]);
    const wishes = ladder.rungs.map((_, rung) => ({
      seed: preset.seed,
      vary: scenarioOfRung(preset, rung).parameters,
    }));
    runMany(
      scenarioOfRung(preset, 0),
      wishes,
      (line) => {
        if (!isGone) setLines((before) => [...before, line]);
      },
      () => isGone,
    ).catch((error: Error) => {
      if (!isGone) setTrouble(error.message);
    });
    return () => {
      isGone = true;
    };
  }, [preset]);
  if (preset === undefined) return null;
  const most = Math.max(1, ...lines.flatMap((line) => Object.keys(TONES).map((figure) => figureOf(line, figure))));
  return (
    <div className={styles.ladder}>
      <p className={styles.soft}>{`All with seed ${preset.seed}.`}</p>
      {trouble && <p role="alert">{`The runs could not be made: ${trouble}`}</p>}
      <ol className={styles.rungs}>
        {ladder.rungs.map((rung, place) => {
          const line = lines[place];
          return (
            <li key={rung.id} className={styles.rung}>
              <h4 className={styles.rungTitle}>{rung.title}</h4>
              {line ? <Outcome line={line} most={most} /> : <p className={styles.soft}>running …</p>}
              <p className={styles.rungSays}>{rung.sentence}</p>
              <OpenScenario scenario={scenarioOfRung(preset, place)}>Open this rung</OpenScenario>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

const TONES: { readonly [figure: string]: string } = { lost: 'failed', duplicates: 'duplicate' };

function Outcome({ line, most }: { readonly line: SweepLine; readonly most: number }) {
  return (
    <dl className={styles.outcome}>
      {ladder.columns.map(({ figure, title }) => {
        const value = line.measures[figure];
        const number = typeof value === 'number' ? value : undefined;
        const tone = TONES[figure];
        return (
          <div key={figure}>
            <dt>{title}</dt>
            <dd>
              {number === undefined ? '–' : figure.endsWith('Ms') ? formatDuration(number * 1000) : number}
              {tone && number !== undefined && (
                <span
                  className={styles.countBar}
                  style={{ width: `${(number / most) * 3}rem`, background: `var(--state-${tone}-fill)` }}
                  aria-hidden="true"
                />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function figureOf(line: SweepLine, id: string): number {
  const value = line.measures[id];
  return typeof value === 'number' ? value : 0;
}

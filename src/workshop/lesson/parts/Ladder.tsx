import { useEffect, useState } from 'react';
import type { SweepLine } from '../../../lab/sweep.ts';
import { ladder, scenarioOfRung } from '../../../lessons/01-work-queues/ladder.ts';
import { formatDuration } from '../../../ui/index.ts';
import { usePreset } from '../../catalogues.ts';
import { runMany } from '../lab.ts';
import { OpenScenario } from './Open.tsx';
import styles from './parts.module.css';

/** Seven rungs on one seed: what each lost, did twice, and took. The runs are made here and now. */
export function Ladder() {
  const [lines, setLines] = useState<readonly SweepLine[]>([]);
  const [trouble, setTrouble] = useState<string>();
  const preset = usePreset(ladder.preset);
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
      <table className={styles.strip}>
        <thead>
          <tr>
            <th scope="col">Rung</th>
            {ladder.columns.map(({ figure, title }) => (
              <th key={figure} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {ladder.rungs.map((rung, place) => (
          <tbody key={rung.id} className={styles.rung}>
            <tr>
              <th scope="row">{rung.title}</th>
              {ladder.columns.map(({ figure }) => (
                <td key={figure}>
                  <Outcome line={lines[place]} figure={figure} most={most} />
                </td>
              ))}
            </tr>
            <tr>
              <td colSpan={ladder.columns.length + 1} className={styles.rungSays}>
                {`${rung.sentence} `}
                <OpenScenario size="small" scenario={scenarioOfRung(preset, place)}>
                  Open
                </OpenScenario>
              </td>
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  );
}

const TONES: { readonly [figure: string]: string } = { lost: 'failed', duplicates: 'duplicate' };

function Outcome({
  line,
  figure,
  most,
}: {
  readonly line: SweepLine | undefined;
  readonly figure: string;
  readonly most: number;
}) {
  const value = line?.measures[figure];
  if (typeof value !== 'number') return line === undefined ? '…' : '–';
  const tone = TONES[figure];
  return (
    <>
      {figure.endsWith('Ms') ? formatDuration(value * 1000) : value}
      {tone && value > 0 && (
        <span
          className={styles.countBar}
          style={{ width: `${(value / most) * 100}%`, background: `var(--state-${tone}-fill)` }}
          aria-hidden="true"
        />
      )}
    </>
  );
}

function figureOf(line: SweepLine, id: string): number {
  const value = line.measures[id];
  return typeof value === 'number' ? value : 0;
}

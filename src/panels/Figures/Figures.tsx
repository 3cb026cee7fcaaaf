import type { FigureUnit, Figure as Measured } from '../../measures/measure.ts';
import { formatDuration, formatNumber, formatShare, Panel } from '../../ui/index.ts';
import shared from '../parts/shared.module.css';
import { useFrame } from '../useSession.ts';
import styles from './Figures.module.css';

const WINDOWS: { readonly [window in Measured['window']]: string } = {
  run: 'since the start',
  sliding: 'the last seconds',
  now: 'now',
};

export function figureWords(value: number | undefined, unit: FigureUnit): string {
  if (value === undefined) return '–';
  switch (unit) {
    case 'ms':
      return formatDuration(value * 1000);
    case 'share':
      return formatShare(value);
    default:
      return formatNumber(value);
  }
}

/** How much? Every figure of the world at this moment, and over which window it holds. */
export function Figures() {
  const frame = useFrame(250);
  const figures = [...frame.figures.values()];
  return (
    <Panel question="How much?" empty={figures.length === 0 && 'This world measures nothing.'}>
      {(['now', 'run', 'sliding'] as const).map((window) => (
        <section key={window} className={styles.window}>
          <h3 className={styles.head}>{WINDOWS[window]}</h3>
          <dl className={styles.list}>
            {figures
              .filter((figure) => figure.window === window)
              .map((figure) => (
                <div key={figure.id} className={styles.row}>
                  <dt>{figure.label}</dt>
                  <dd className={shared.number}>{figureWords(figure.value, figure.unit)}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Panel>
  );
}

export default Figures;

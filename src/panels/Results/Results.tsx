import { RESULT_STORE, type ResultStoreData } from '../../protocols/workQueue/index.ts';
import { Figure, formatCount, formatTime, Panel } from '../../ui/index.ts';
import { AddressChip, ItemChip } from '../parts/ItemChip.tsx';
import shared from '../parts/shared.module.css';
import { useFrame } from '../useSession.ts';
import styles from './Results.module.css';

/** What took effect, and how often? */
export function Results() {
  const frame = useFrame();
  const process = frame.view.process(RESULT_STORE);
  const store = (process?.data ?? process?.disk) as ResultStoreData | undefined;
  const rows = store?.recent ?? [];
  const twice = frame.figures.get('duplicates')?.value ?? 0;
  return (
    <Panel question="What took effect, and how often?" empty={rows.length === 0 && 'No result was stored yet.'}>
      <div className={styles.figures}>
        <Figure value={formatCount(store?.ledger.size ?? 0)} words="images done" tone="working" />
        <Figure value={formatCount(twice)} words="effects too many" tone={twice > 0 ? 'duplicate' : undefined} />
        <Figure value={formatCount(store?.recognised ?? 0)} words="duplicates recognised" />
      </div>
      <div className={shared.scroll}>
        <table className={shared.table}>
          <caption className={styles.caption}>The latest results</caption>
          <thead>
            <tr>
              <th scope="col">Image</th>
              <th scope="col">Took effect</th>
              <th scope="col">Came again</th>
              <th scope="col">By</th>
              <th scope="col">At</th>
            </tr>
          </thead>
          <tbody>
            {[...rows].reverse().map((row) => (
              <tr key={row.itemId}>
                <td>
                  <ItemChip id={row.itemId} />
                </td>
                <td className={row.times > 1 ? styles.twice : undefined}>
                  {row.times === 1 ? 'once' : row.times === 2 ? 'twice' : `${row.times} times`}
                </td>
                <td>{row.recognised === 0 ? '–' : `${row.recognised}×, changed nothing`}</td>
                <td>
                  <AddressChip address={row.by} />
                </td>
                <td className={shared.number}>{formatTime(row.lastMicros)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

export default Results;

import { spoken } from '../../scenarios/names.ts';
import { Panel } from '../../ui/index.ts';
import { AddressChip } from '../parts/ItemChip.tsx';
import shared from '../parts/shared.module.css';
import { useFrame, useSession } from '../useSession.ts';
import { Copy } from './Copy.tsx';
import { COLUMNS, type Column, type CopyOf, copiesOf, leadersCopy } from './copies.ts';
import styles from './ReplicatedState.module.css';

const TITLES: { readonly [column in Column]: string } = {
  waiting: 'Waiting',
  inFlight: 'In flight',
  done: 'Done',
  deadLetters: 'Dead letters',
  values: 'Values',
  sessions: 'Sessions',
};

/** What does each server's copy say? All copies side by side, and one of them in full. */
export function ReplicatedState() {
  const frame = useFrame();
  const world = useSession((state) => state.world);
  const selected = useSession((state) => (state.selection?.kind === 'address' ? state.selection.id : undefined));
  const copies = copiesOf(frame.view);
  const applied = Math.max(0, ...copies.map(({ lastApplied }) => lastApplied));
  const up = copies.filter(({ machine }) => machine !== undefined);
  const shown =
    up.find(({ address }) => address === selected) ??
    leadersCopy(up) ??
    up.find(({ standing }) => standing === 'furthest');
  return (
    <Panel
      question="What does each server’s copy say?"
      empty={
        copies.length === 0
          ? 'There are no servers in this world.'
          : applied === 0 && 'Nothing yet: no server has applied an entry. Press Play.'
      }
    >
      <div className={shared.scroll}>
        <table className={shared.table}>
          <caption className={styles.hidden}>Each server’s copy of the replicated state</caption>
          <thead>
            <tr>
              <th scope="col">Server</th>
              <th scope="col">Applied</th>
              <th scope="col">Against the others</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {TITLES[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {copies.map((copy) => (
              <Row key={copy.address} copy={copy} />
            ))}
          </tbody>
        </table>
      </div>
      {shown?.machine !== undefined && (
        <Copy
          machine={shown.machine}
          title={`The copy of ${spoken(world, shown.address)}${shown.ledTerm === undefined ? '' : ', which leads'}`}
        />
      )}
      <p className={styles.soft}>
        {shown === undefined
          ? 'All servers are down: no copy is left in memory.'
          : 'Choose another server above to see its copy.'}
      </p>
    </Panel>
  );
}

function Row({ copy }: { readonly copy: CopyOf }) {
  const { address, status, machine, lastApplied, standing, says, differing } = copy;
  const isBroken = standing === 'different';
  return (
    <tr data-standing={machine === undefined ? 'down' : standing}>
      <td>
        <AddressChip address={address} />
      </td>
      <td className={shared.number}>{machine === undefined ? '–' : lastApplied}</td>
      <td>
        <div className={styles.against}>
          <Against copy={copy} />
          {status === 'paused' && ', paused'}
        </div>
      </td>
      {COLUMNS.map((column) => (
        <td key={column} className={shared.number}>
          <span className={styles.said} data-differs={differing.has(column)} data-broken={isBroken}>
            {says[column]}
            {differing.has(column) && <span className={styles.hidden}> (not as the furthest copy)</span>}
          </span>
        </td>
      ))}
    </tr>
  );
}

function Against({ copy: { machine, standing, behind, snapshotIndex, ledTerm } }: { readonly copy: CopyOf }) {
  const lead = ledTerm === undefined ? '' : `leads term ${ledTerm}; `;
  if (machine === undefined) {
    const kept = snapshotIndex === 0 ? 'its log' : `a snapshot up to entry ${snapshotIndex} and its log`;
    return <span className={styles.down}>{`✕ down; its disk keeps ${kept}`}</span>;
  }
  switch (standing) {
    case 'different':
      return <span className={styles.broken}>{`${lead}≠ says something else at the same entry`}</span>;
    case 'behind':
      return <span>{`${lead}${behind === 1 ? '1 entry' : `${behind} entries`} behind`}</span>;
    case 'furthest':
      return <span>{`${lead}the furthest`}</span>;
    default:
      return <span>{`${lead}= the same`}</span>;
  }
}

export default ReplicatedState;

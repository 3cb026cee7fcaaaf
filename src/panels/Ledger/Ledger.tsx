import { hueOfTerm } from '../../geometry/hue.ts';
import { type LookedLine, lookedLines } from '../../geometry/ledgerLines.ts';
import { STORAGE } from '../../protocols/election/places.ts';
import type { Storage } from '../../protocols/election/types.ts';
import { Figure, formatCount, formatTime, Panel } from '../../ui/index.ts';
import { AddressChip, ItemChip } from '../parts/ItemChip.tsx';
import shared from '../parts/shared.module.css';
import { useFrame } from '../useSession.ts';
import styles from './Ledger.module.css';

const VERDICTS: { readonly [look in LookedLine['look']]: string } = {
  accepted: 'accepted',
  refused: '✕ refused',
  stale: '! accepted, though stale',
};

/** What did the storage accept? */
export function Ledger() {
  const frame = useFrame();
  const process = frame.view.process(STORAGE);
  const storage = (process?.status === 'crashed' ? process.disk : process?.data) as Storage | undefined;
  const lines = [...lookedLines(storage?.ledger ?? [])].reverse();
  const { checks, sentence } = rulesOf(frame.view.parameters);
  const figure = (id: string) => frame.figures.get(id)?.value ?? 0;
  const staleAccepted = figure('staleWritesAccepted');
  return (
    <Panel
      question="What did the storage accept?"
      empty={
        process === undefined
          ? 'There is no storage in this world.'
          : lines.length === 0 && 'Nobody has written yet: the first leader assigns the first job. Press Play.'
      }
    >
      <div className={styles.figures}>
        <Figure value={storage?.highestToken === 0 ? '–' : String(storage?.highestToken)} words="highest token seen" />
        <Figure value={formatCount(storage?.accepted ?? 0)} words="accepted" tone="working" />
        <Figure
          value={formatCount(storage?.refused ?? 0)}
          words="refused"
          tone={storage?.refused ? 'failed' : undefined}
        />
        <Figure
          value={formatCount(staleAccepted)}
          words="stale, and accepted"
          tone={staleAccepted > 0 ? 'failed' : undefined}
        />
      </div>
      <p className={styles.rule} data-checks={checks}>
        {sentence}
      </p>
      <div className={shared.scroll}>
        <table className={shared.table}>
          <caption className={styles.caption}>The latest writes, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Token</th>
              <th scope="col">Job</th>
              <th scope="col">To</th>
              <th scope="col">Written by</th>
              <th scope="col">Verdict</th>
              <th scope="col">At</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ number, token, jobId, worker, from, look, atMicros }) => (
              <tr key={number} className={styles.line} data-look={look}>
                <td className={styles.token} style={{ '--hue': hueOfTerm(token) } as React.CSSProperties}>
                  {token}
                </td>
                <td>
                  <ItemChip id={jobId} />
                </td>
                <td>{look === 'refused' ? '–' : <AddressChip address={worker} />}</td>
                <td>
                  <AddressChip address={from} />
                </td>
                <td className={styles.verdict}>{VERDICTS[look]}</td>
                <td className={shared.number}>{formatTime(atMicros)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** What storage compares before it accepts a write. */
function rulesOf(parameters: { readonly [name: string]: unknown }): {
  readonly checks: boolean;
  readonly sentence: string;
} {
  const tokens = parameters.storageChecksTokens === true;
  const revision = parameters.storageComparesRevision === true;
  const checks = tokens || revision;
  if (!checks) return { checks, sentence: 'It compares nothing: whoever writes is believed.' };
  const rules = [
    ...(tokens ? ['a token lower than the highest it has seen'] : []),
    ...(revision ? ['what was not written under the present grant'] : []),
  ];
  return { checks, sentence: `It refuses ${rules.join(', and ')}.` };
}

export default Ledger;

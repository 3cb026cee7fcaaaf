import type { Command, Micros, ProcessView } from '../../kernel/types.ts';
import type { ImageWorker } from '../../protocols/workQueue/index.ts';
import { spoken } from '../../scenarios/names.ts';
import {
  CrossIcon,
  formatShare,
  IconButton,
  Panel,
  PauseProcessIcon,
  PlayIcon,
  RestartProcessIcon,
} from '../../ui/index.ts';
import { AddressChip, Bar, ItemChip } from '../parts/ItemChip.tsx';
import shared from '../parts/shared.module.css';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import styles from './Workers.module.css';

const LISTED_MOST = 60;

/** Who is doing what? Every worker: its state, its image, how busy it was, and what can be done to it. */
export function Workers() {
  const session = useTheSession();
  const frame = useFrame();
  const workers = frame.view.addresses().flatMap((address) => {
    const process = frame.view.process(address);
    return process?.kind === 'worker' ? [process] : [];
  });
  const deed = (command: Command) => session.getState().deed(command);
  return (
    <Panel
      question="Who is doing what?"
      empty={workers.length === 0 && 'There are no workers. Add some with the control “Workers”.'}
    >
      <div className={shared.scroll}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">Worker</th>
              <th scope="col">State</th>
              <th scope="col">Image</th>
              <th scope="col">Attempt</th>
              <th scope="col">Busy so far</th>
              <th scope="col">Done</th>
              <th scope="col">Failed</th>
              <th scope="col">
                <span className={styles.hidden}>What can be done to it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {workers.slice(0, LISTED_MOST).map((process) => (
              <Row
                key={process.address}
                process={process}
                nowMicros={frame.atMicros}
                busyShare={frame.figures.get(`utilisation:${process.address}`)?.value}
                onDeed={deed}
              />
            ))}
          </tbody>
        </table>
      </div>
      {workers.length > LISTED_MOST && <p className={shared.soft}>{`and ${workers.length - LISTED_MOST} more`}</p>}
    </Panel>
  );
}

/** The machine's states, as one says them of a colleague. */
const WORDS: { readonly [state: string]: string } = {
  asking: 'waits for work',
  resting: 'rests a moment',
  settling: 'settles it',
  leaving: 'leaves',
  gone: 'has left',
};

const WORKING_WORDS: { readonly [inner: string]: string } = {
  deleting: 'has it deleted first',
  calling: 'waits for the image store',
  storing: 'stores the result',
};

function wordsFor(process: ProcessView): { readonly words: string; readonly tone: string; readonly glyph: string } {
  if (process.status === 'crashed') return { words: 'down', tone: 'failed', glyph: '✕' };
  if (process.status === 'paused') return { words: 'paused', tone: 'suspect', glyph: '‖' };
  const [state = '', inner] = process.state.split('.');
  if (state === 'working') {
    const doing = WORKING_WORDS[inner ?? ''] ?? 'works';
    return { words: process.slowFactor > 1 ? `${doing}, slowly` : doing, tone: 'working', glyph: '●' };
  }
  return { words: WORDS[state] ?? state, tone: 'waiting', glyph: '○' };
}

function Row({
  process,
  nowMicros,
  busyShare,
  onDeed,
}: {
  readonly process: ProcessView;
  readonly nowMicros: Micros;
  readonly busyShare: number | undefined;
  readonly onDeed: (command: Command) => void;
}) {
  const { address, status } = process;
  const name = useSession(({ world }) => spoken(world, address));
  const worker = process.data as ImageWorker | undefined;
  const holding = status !== 'crashed' && process.state.startsWith('working') ? worker?.holding : undefined;
  const { words, tone, glyph } = wordsFor(process);
  const share =
    holding === undefined || holding.workMicros === 0
      ? undefined
      : (nowMicros - holding.attemptStartedMicros) / holding.workMicros;
  return (
    <tr>
      <td>
        <AddressChip address={address} />
      </td>
      <td className={styles.state}>
        <span style={{ color: `var(--state-${tone}-text)` }}>
          <span aria-hidden="true">{glyph}</span> {words}
        </span>
      </td>
      <td>{holding && <ItemChip id={holding.item.id} poison={holding.item.poison} />}</td>
      <td className={shared.number}>
        {holding && (
          <>
            {holding.attempt} {share !== undefined && <Bar share={share} tone="working" />}
          </>
        )}
      </td>
      <td className={shared.number}>
        <Bar share={busyShare ?? 0} tone="active" />{' '}
        {busyShare === undefined ? '–' : formatShare(Math.round(busyShare * 100) / 100)}
      </td>
      <td className={shared.number}>{worker?.succeeded ?? '–'}</td>
      <td className={shared.number}>{worker?.failed ?? '–'}</td>
      <td className={styles.buttons}>
        {status === 'crashed' ? (
          <IconButton
            size="small"
            label={`Restart ${name}`}
            icon={<RestartProcessIcon />}
            onClick={() => onDeed({ do: 'restart', target: address })}
          />
        ) : (
          <>
            <IconButton
              size="small"
              label={`Crash ${name}`}
              icon={<CrossIcon />}
              onClick={() => onDeed({ do: 'crash', target: address })}
            />
            {status === 'paused' ? (
              <IconButton
                size="small"
                label={`Resume ${name}`}
                icon={<PlayIcon />}
                onClick={() => onDeed({ do: 'resume', target: address })}
              />
            ) : (
              <IconButton
                size="small"
                label={`Pause ${name}`}
                icon={<PauseProcessIcon />}
                onClick={() => onDeed({ do: 'pause', target: address })}
              />
            )}
          </>
        )}
      </td>
    </tr>
  );
}

export default Workers;

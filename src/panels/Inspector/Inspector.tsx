import type { Json, Micros, ProcessView, RunningTimer } from '../../kernel/types.ts';
import { spoken } from '../../scenarios/names.ts';
import type { World } from '../../scenarios/types.ts';
import { Button, CloseIcon, formatDuration, formatTime, IconButton, Panel } from '../../ui/index.ts';
import { nodeActions } from '../NodeMenu/nodeActions.ts';
import { Bar } from '../parts/ItemChip.tsx';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import { describe } from './describe.ts';
import styles from './Inspector.module.css';
import { rowsOf } from './rowsOf.ts';

const STATUS: { readonly [status in ProcessView['status']]: string } = { up: 'up', paused: 'paused', crashed: 'down' };

/** What is it doing, and why? The selected node: state and what it means, data, timers, disk, clock. */
export function Inspector() {
  const session = useTheSession();
  const frame = useFrame();
  const world = useSession((state) => state.world);
  const address = useSession((state) => (state.selection?.kind === 'address' ? state.selection.id : undefined));
  if (address === undefined)
    return <Panel question="What is it doing?" empty="Nobody is selected. Press a node on the stage." />;
  const process = frame.view.process(address);
  const close = (
    <IconButton size="small" label="Close" icon={<CloseIcon />} onClick={() => session.getState().select(undefined)} />
  );
  if (process === undefined)
    return (
      <Panel
        question={`What is ${spoken(world, address)} doing?`}
        actions={close}
        empty="It is not on the stage at this moment."
      />
    );
  const data = process.status === 'crashed' ? undefined : process.inspect();
  return (
    <Panel question={`What is ${spoken(world, address)} doing?`} actions={close}>
      <p className={styles.state}>
        <strong>{process.status === 'up' ? process.state.replaceAll('.', ' · ') : STATUS[process.status]}</strong>
        {` since ${formatTime(process.statusSinceMicros)}`.repeat(process.status === 'up' ? 0 : 1)}
      </p>
      {process.status === 'crashed' ? (
        <p className={styles.about}>Its memory is gone. What its disk keeps is still there.</p>
      ) : (
        describe(world, process.kind, process.state).map((sentence) => (
          <p key={sentence} className={styles.about}>
            {sentence}
          </p>
        ))
      )}
      <div className={styles.actions}>
        {nodeActions(world, frame.view, address).map((action) => (
          <Button
            key={JSON.stringify(action.command)}
            size="small"
            title={action.sentence}
            onClick={() => session.getState().deed(action.command)}
          >
            {action.label}
          </Button>
        ))}
      </div>
      {data !== undefined && <Data world={world} title="What it knows" value={data} nowMicros={frame.atMicros} />}
      <Timers world={world} timers={process.timers} nowMicros={frame.atMicros} />
      <Body process={process} />
      {process.disk !== undefined && (
        <Data world={world} title="What its disk keeps" value={process.disk as Json} nowMicros={frame.atMicros} />
      )}
    </Panel>
  );
}

function Data({
  world,
  title,
  value,
  nowMicros,
}: {
  readonly world: World;
  readonly title: string;
  readonly value: unknown;
  readonly nowMicros: Micros;
}) {
  return (
    <details className={styles.section} open={title !== 'What its disk keeps'}>
      <summary className={styles.head}>{title}</summary>
      <dl className={styles.rows}>
        {rowsOf(value, nowMicros).map(({ path, label, depth, words }) => (
          <div key={path} className={styles.row} style={{ paddingInlineStart: `${depth * 0.9}rem` }}>
            <dt>{label}</dt>
            <dd>{spoken(world, words)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Timers({
  world,
  timers,
  nowMicros,
}: {
  readonly world: World;
  readonly timers: readonly RunningTimer[];
  readonly nowMicros: Micros;
}) {
  if (timers.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3 className={styles.head}>Timers that run</h3>
      <dl className={styles.rows}>
        {timers.slice(0, 12).map((timer) => {
          const left = timer.dueMicros - nowMicros;
          return (
            <div key={timer.name} className={styles.row}>
              <dt>{spoken(world, timer.name.replace(/^after:xstate\.after\./, 'after '))}</dt>
              <dd>
                <Bar share={left / Math.max(1, timer.dueMicros - timer.startedMicros)} />
                {` ${left > 0 ? formatDuration(Math.round(left / 10_000) * 10_000) : 'late'}`}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** What is not as usual with its body: clock, pace, held messages. */
function Body({ process }: { readonly process: ProcessView }) {
  const facts: string[] = [];
  if (process.heldCount > 0) facts.push(`${process.heldCount} messages and timers wait for it.`);
  if (process.pausedUntilMicros !== undefined) facts.push(`It goes on at ${formatTime(process.pausedUntilMicros)}.`);
  if (process.slowFactor !== 1) facts.push(`Its work takes ${process.slowFactor} times as long.`);
  if (process.clock.offsetMicros !== 0)
    facts.push(`Its clock is off by ${formatDuration(process.clock.offsetMicros)}.`);
  if (process.clock.ratePpm !== 1_000_000)
    facts.push(`Its clock runs at ${process.clock.ratePpm / 1_000_000} of the true pace.`);
  return facts.map((fact) => (
    <p key={fact} className={styles.fact}>
      {fact}
    </p>
  ));
}

export default Inspector;

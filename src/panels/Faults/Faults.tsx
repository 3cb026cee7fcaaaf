import type { Command } from '../../kernel/types.ts';
import { spoken } from '../../scenarios/names.ts';
import type { World } from '../../scenarios/types.ts';
import { BoltIcon, Button, Panel, PlusIcon } from '../../ui/index.ts';
import { useSession, useTheSession } from '../useSession.ts';
import styles from './Faults.module.css';

type Deed = {
  readonly id: string;
  readonly label: string;
  readonly sentence: string;
  readonly command: Command;
  readonly breaks: boolean;
};

/** Break something: what the world can do to itself, by buttons. What is done at one node is in that node's menu. */
export function Faults() {
  const session = useTheSession();
  const world = useSession((state) => state.world);
  const hasStore = useSession((state) => state.frame.view.process('image-store') !== undefined);
  const isOut = useSession((state) => state.frame.view.process('image-store')?.state === 'outage');
  const isSplit = useSession((state) => state.frame.view.rules().some(({ kind }) => kind === 'partition'));
  const crashed = useSession((state) =>
    state.frame.view
      .addresses()
      .filter((one) => state.frame.view.process(one)?.status === 'crashed')
      .join(' '),
  );
  const down = crashed === '' ? [] : crashed.split(' ');
  const deeds = deedsOf(world).filter(
    ({ command }) =>
      !(command.do === 'outage' && (isOut || !hasStore)) &&
      !(command.do === 'recover' && !isOut) &&
      !(command.do === 'heal' && !isSplit),
  );
  const press = (command: Command) => session.getState().deed(command);
  return (
    <Panel question="What do you want to happen?">
      <div className={styles.buttons}>
        {deeds.map(({ id, label, sentence, command, breaks }) => (
          <Button
            key={id}
            kind={breaks ? 'danger' : 'quiet'}
            icon={breaks ? <BoltIcon /> : <PlusIcon />}
            title={sentence}
            onClick={() => press(command)}
          >
            {label}
          </Button>
        ))}
        {down.map((address) => (
          <Button
            key={address}
            title="It starts again from its disk."
            icon={<PlusIcon />}
            onClick={() => press({ do: 'restart', target: address })}
          >
            {`Restart ${spoken(world, address)}`}
          </Button>
        ))}
      </div>
      <p className={styles.about}>
        Each becomes part of the scenario at this moment, with a mark on the timeline. Press a node on the stage for
        more.
      </p>
    </Panel>
  );
}

/** The verbs that need no aim of their own, and the usual aims of those that do. */
function deedsOf(world: World): readonly Deed[] {
  const deeds: Deed[] = [];
  const has = (verb: string) => world.commands.find((command) => command.do === verb);
  const submit = has('submit');
  if (submit)
    deeds.push({
      id: 'submit',
      label: submit.label,
      sentence: submit.sentence,
      command: { do: 'submit' },
      breaks: false,
    });
  if (world.roles.some(({ name }) => name === 'busy-worker')) {
    deeds.push({
      id: 'crash-busy',
      label: 'Crash a busy worker',
      sentence: 'The first worker that has an image stops at once. Its memory is gone.',
      command: { do: 'crash', target: 'busy-worker' },
      breaks: true,
    });
    deeds.push({
      id: 'pause-busy',
      label: 'Pause a busy worker 5 s',
      sentence: 'It handles nothing for 5 seconds, as in a long garbage collection, and does not know it.',
      command: { do: 'pause', target: 'busy-worker', forMs: 5_000 },
      breaks: true,
    });
  }
  for (const verb of ['outage', 'recover'] as const) {
    const description = has(verb);
    if (description === undefined) continue;
    const label = verb === 'outage' ? 'Image store out' : 'Image store back';
    deeds.push({ id: verb, label, sentence: description.sentence, command: { do: verb }, breaks: verb === 'outage' });
  }
  if (world.cast.some(({ kind }) => kind === 'broker')) {
    deeds.push({
      id: 'split',
      label: 'Cut the queue off',
      sentence: 'Nothing passes between the queue and everyone else.',
      command: { do: 'partition', sides: [['broker', 'dead-letter-queue'], ['rest']] },
      breaks: true,
    });
  }
  deeds.push({
    id: 'heal',
    label: 'Heal the network',
    sentence: 'Lifts every cut.',
    command: { do: 'heal' },
    breaks: false,
  });
  return deeds;
}

export default Faults;

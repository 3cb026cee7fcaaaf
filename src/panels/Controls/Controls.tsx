import { type ReactNode, useMemo, useState } from 'react';
import type { Json } from '../../kernel/types.ts';
import type { ParameterDescription, Scenario, World } from '../../scenarios/types.ts';
import { Button, ChevronDownIcon, ChevronRightIcon, NumberField, Panel, RestartIcon } from '../../ui/index.ts';
import { isShallowSame, useSession, useTheSession } from '../useSession.ts';
import styles from './Controls.module.css';
import { ParameterControl } from './ParameterControl.tsx';

/** What if? The parameters of the world; at first only those that the scenario is about. */
export function Controls() {
  const session = useTheSession();
  const world = useSession((state) => state.world);
  const opened = useSession((state) => state.opened);
  const values = useSession((state) => state.frame.view.parameters, isShallowSame);
  const seed = useSession((state) => state.scenario.seed);
  const first = useMemo(() => parametersInQuestion(world, opened), [world, opened]);
  const changedNames = world.parameters.filter(({ name }) => differs(values[name], opened.parameters[name]));

  const control = (parameter: ParameterDescription) => (
    <ParameterControl
      key={parameter.name}
      parameter={parameter}
      value={values[parameter.name] ?? parameter.default}
      changed={differs(values[parameter.name], opened.parameters[parameter.name])}
      onCommit={(value) => session.getState().setParameter(parameter.name, value)}
    />
  );
  const inQuestion = world.parameters.filter(({ name }) => first.has(name));

  return (
    <Panel
      question="What if?"
      actions={
        changedNames.length > 0 && (
          <Button
            kind="plain"
            size="small"
            icon={<RestartIcon />}
            title="Opens the scenario as it was sent"
            onClick={() => session.getState().open(opened)}
          >
            Undo all changes
          </Button>
        )
      }
    >
      <div className={styles.list}>{inQuestion.map(control)}</div>
      <div className={styles.groups}>
        {groupsOf(world).map((group) => {
          const rest = world.parameters.filter((parameter) => parameter.group === group && !first.has(parameter.name));
          return (
            rest.length > 0 && (
              <Group
                key={group}
                title={group}
                changed={rest.filter((one) => changedNames.includes(one)).length}
                controls={() => rest.map(control)}
              />
            )
          );
        })}
        <Group
          title="Luck"
          changed={seed === opened.seed ? 0 : 1}
          controls={() => (
            <div className={styles.seed}>
              <NumberField
                label="Seed"
                value={seed}
                min={0}
                max={4_294_967_295}
                onCommit={(next) => session.getState().setSeed(next)}
              />
              <Button size="small" onClick={() => session.getState().setSeed((seed + 1) % 4_294_967_296)}>
                Other luck
              </Button>
              <p className={styles.about}>
                The seed decides when images arrive and which attempts fail. The same seed always gives the same run.
              </p>
            </div>
          )}
        />
      </div>
    </Panel>
  );
}

/** A group that folds. Its controls are made only when it is open. */
function Group({
  title,
  changed,
  controls,
}: {
  readonly title: string;
  readonly changed: number;
  readonly controls: () => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <section className={styles.group}>
      <h3 className={styles.groupHead}>
        <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDownIcon /> : <ChevronRightIcon />}
          {title}
          {changed > 0 && <span className={styles.count}>{`${changed} changed`}</span>}
        </button>
      </h3>
      {open && <div className={styles.list}>{controls()}</div>}
    </section>
  );
}

/** Groups in the order in which they first appear. */
function groupsOf(world: World): readonly string[] {
  return [...new Set(world.parameters.map(({ group }) => group))];
}

/**
 * What the scenario's question is about: the first parameter of the world (the failure rate), what the scenario sets
 * otherwise than the world does, what its script changes, and what its twins differ in. Sizes and arrivals set the scene.
 */
export function parametersInQuestion(world: World, scenario: Scenario): ReadonlySet<string> {
  const names = new Set<string>(world.parameters.slice(0, 2).map(({ name }) => name));
  for (const parameter of world.parameters) {
    const isScene = SCENE.has(parameter.name);
    if (!isScene && differs(scenario.parameters[parameter.name], parameter.default)) names.add(parameter.name);
  }
  for (const entry of scenario.script) if (entry.do === 'set') names.add(String(entry.parameter));
  return new Set([...names].slice(0, MOST_AT_FIRST));
}

const MOST_AT_FIRST = 8;
const SCENE: ReadonlySet<string> = new Set([
  'itemCount',
  'arrivals',
  'burstSize',
  'failAfterMs',
  'linkMs',
  'linkJitterMs',
  'storeLinkMs',
  'diskSyncMs',
  'longPollMs',
  'lateDeleteAccepted',
  'returnTo',
]);

function differs(a: Json | undefined, b: Json | undefined): boolean {
  return a !== b && JSON.stringify(a) !== JSON.stringify(b);
}

export default Controls;

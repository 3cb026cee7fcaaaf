import type { ReactNode } from 'react';
import type { OpenProps } from '../../../lessons/components.ts';
import { useSession } from '../../../panels/useSession.ts';
import { isSameScenario } from '../../../scenarios/scenario.ts';
import { checkScenario } from '../../../scenarios/schema.ts';
import type { Scenario } from '../../../scenarios/types.ts';
import { Button, CheckIcon, PlayIcon } from '../../../ui/index.ts';
import { catalogueOf, usePreset } from '../../catalogues.ts';
import { useLessonRoom } from '../room.ts';
import styles from './parts.module.css';

/** The scenario that a button sets up; undefined where the library has none of that id, or its world is still to come. */
function useScenario({ preset, parameters, seed }: Omit<OpenProps, 'children'>): Scenario | undefined {
  const found = usePreset(preset);
  if (found === undefined) return undefined;
  const checked = checkScenario(
    { ...found, seed: seed ?? found.seed, parameters: { ...found.parameters, ...parameters } },
    catalogueOf(found.world),
  );
  return checked.ok ? checked.value : undefined;
}

/** Sets up a scenario of the library on the stage, paused. */
export function Open({ children, ...what }: OpenProps) {
  const scenario = useScenario(what);
  return scenario && <OpenScenario scenario={scenario}>{children ?? scenario.title}</OpenScenario>;
}

/** The button itself, for any scenario. It shows which one stands on the stage. */
export function OpenScenario({
  scenario,
  size,
  children,
}: {
  readonly scenario: Scenario;
  readonly size?: 'small';
  readonly children: ReactNode;
}) {
  const { onOpen } = useLessonRoom();
  const isHere = useSession((state) => isSameScenario(state.opened, scenario));
  return (
    <Button
      className={styles.open}
      size={size}
      icon={isHere ? <CheckIcon /> : <PlayIcon />}
      pressed={isHere}
      onClick={() => onOpen(scenario)}
    >
      {children}
    </Button>
  );
}

import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { SessionContext } from '../../src/panels/useSession.ts';
import { createSession, type Session } from '../../src/playback/session.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { worldOf } from '../../src/scenarios/worlds/index.ts';

export function preset(id: string): Scenario {
  const found = catalogue.presets.find((candidate) => candidate.preset === id);
  if (found === undefined) throw new Error(`the library has no scenario ${id}`);
  return found;
}

/** A session of a library scenario; no player drives it, so a test decides when time passes. */
export function sessionOf(id: string, changes: Partial<Scenario> = {}): Session {
  const scenario = { ...preset(id), ...changes };
  const world = worldOf(scenario.world);
  if (world === undefined) throw new Error(`there is no world ${scenario.world}`);
  return createSession({ world, scenario, worldOf, now: () => 0 });
}

export function renderIn(session: Session, panel: ReactNode) {
  return render(<SessionContext value={session}>{panel}</SessionContext>);
}

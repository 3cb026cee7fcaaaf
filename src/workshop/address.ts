import type { Session } from '../playback/session.ts';
import type { SessionState } from '../playback/types.ts';
import type { LinkView } from '../scenarios/linkForm.ts';
import { checkScenario } from '../scenarios/schema.ts';
import type { Scenario } from '../scenarios/types.ts';
import { catalogueOf } from './catalogues.ts';
import { openLink } from './opening.ts';
import { packing } from './packing.ts';

/** Keys of a lesson's address that are no part of a scenario's link. */
export const LESSON_KEYS: readonly string[] = ['lesson', 'stage'];

/**
 * A query of the page as the text of a link, `#/play?…`; what belongs to the lesson is left out. Where a program encoded the
 * whole query, all of it stands in one key without a value: it is handed on as it is, for the link's reader to take apart.
 */
export function linkTextOf(query: URLSearchParams): string {
  const parts = [...query]
    .filter(([key]) => !LESSON_KEYS.includes(key))
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  return `#/play?${parts.join('&')}`;
}

/**
 * The link to a scenario in the present engine, undefined where it is none that can be opened again, and where what
 * writes links has not come (`packing.ts`): then `withLinkOf` waits for it.
 */
export function linkOf(scenario: Scenario, view: LinkView = {}): string | undefined {
  const catalogue = catalogueOf(scenario.world);
  const checked = checkScenario(scenario, catalogue);
  return checked.ok ? packing.here()?.writeLink(checked.value, view, catalogue) : undefined;
}

/** Does something with the link to a scenario: at once, or when what packs it has come. Nothing where there is no link. */
export function withLinkOf(scenario: Scenario, view: LinkView, use: (link: string) => void): void {
  const useNow = () => {
    const link = linkOf(scenario, view);
    if (link !== undefined) use(link);
    return link !== undefined;
  };
  if (!useNow() && packing.here() === undefined) packing.load().then(useNow, () => {});
}

/** The link to a scenario, undefined where none would open again: the scenario is bad, or too large for a link. */
export function readableLinkOf(scenario: Scenario): string | undefined {
  const link = linkOf(scenario);
  return link !== undefined && openLink(link).ok ? link : undefined;
}

/** The link as it stands in a lesson's address, so that the column stays beside the run. */
export function inLesson(link: string, lesson: string | undefined, stage: string | undefined): string {
  if (lesson === undefined) return link;
  const query = link.slice(link.indexOf('?') + 1);
  return `#/learn/${lesson}?${stage === undefined ? '' : `stage=${stage}&`}${query}`;
}

/** The whole address of a fragment, for copying. */
export function wholeAddress(fragment: string): string {
  return `${location.origin}${location.pathname}${fragment}`;
}

/** Half a second after the last change, so that a drag makes one address. */
const SETTLED_MS = 500;

/**
 * Keeps the page's address at the scenario: once, half a second after something was changed, never while it plays.
 * Whoever leaves before that leaves nothing behind: `leave` hears of the changes that were not written yet. Answers how
 * to stop.
 */
export function followScenario(
  session: Session,
  write: (scenario: Scenario, edited: boolean) => void,
  leave: (scenario: Scenario) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = session.getState().scenario;
  const settle = () => {
    timer = undefined;
    const { scenario, edited, playing } = session.getState();
    if (scenario === written || playing) return;
    written = scenario;
    write(scenario, edited);
  };
  const leaveUnwritten = ({ scenario, edited }: SessionState) => {
    if (edited && scenario !== written) leave(scenario);
  };
  const stop = session.subscribe((state, before) => {
    if (state.opened !== before.opened) leaveUnwritten(before);
    if (state.scenario !== before.scenario || (before.playing && !state.playing)) {
      clearTimeout(timer);
      timer = setTimeout(settle, SETTLED_MS);
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
    leaveUnwritten(session.getState());
  };
}

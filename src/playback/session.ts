import { createStore, type StoreApi } from 'zustand/vanilla';
import { invariant } from '../kernel/invariant.ts';
import { MICROS_PER_MS, microsOfMs, msOfMicros } from '../kernel/time.ts';
import type { Fold, Json, Micros } from '../kernel/types.ts';
import { spoken } from '../scenarios/names.ts';
import { isSameScenario, toKernelScript } from '../scenarios/scenario.ts';
import type { Scenario, World } from '../scenarios/types.ts';
import { missedCommandsOf, playbackFolds } from './folds.ts';
import { History, type Moment } from './history.ts';
import { Rows } from './rows.ts';
import {
  asOpened,
  firstDifference,
  momentOf,
  type OwnedScenario,
  withCommand,
  withDeed,
  withoutEntry,
} from './scripts.ts';
import { requireDistinctIds, Shown, type Situation } from './shown.ts';
import { boundedSpeed } from './speed.ts';
import type { Run, SessionActions, SessionState } from './types.ts';

export type SessionOptions = {
  readonly world: World;
  readonly scenario: Scenario;
  /** Where another scenario's world is found; without it only scenarios of `world` can be opened. */
  readonly worldOf?: (id: string) => World | undefined;
  /** Wall clock in milliseconds; `performance.now` if absent. */
  readonly now?: () => number;
  /** Keep the running digest, for the laws. */
  readonly hash?: boolean;
  readonly viewMicros?: Micros;
};

/** A vanilla zustand store with the session's state and actions; `history()` is the recording behind it. */
export type Session = StoreApi<SessionState & SessionActions> & { history(): History };

/** A frame spends at most this much wall time on executing. */
const FRAME_MS = 8;
/** No run is longer than a simulated hour. */
const UNTIL_MAX_MS = 3_600_000;
/** How quickly the shown speed follows the measured one; frames are uneven. */
const SPEED_SMOOTHING = 0.2;

export const PAST_CHANGED = 'You changed the past. The old run is kept as Run A.';
export const RUN_STARTED_AGAIN = 'The run starts again with this change. The old run is kept as Run A.';
export const RUN_HAS_ENDED = 'The run ends here. Go on, or rewind, to act.';

/** Opens a scenario, paused. All actions are synchronous. */
export function createSession(options: SessionOptions): Session {
  const now = options.now ?? (() => performance.now());

  let world = options.world;
  let opened = options.scenario;
  let current: OwnedScenario = asOpened(opened);
  let history = record(current.scenario);
  let rows = new Rows(history, world);
  const shown = new Shown();

  let viewMicros: Micros = 0;
  /** After stepping by events the view may stand amid the events of one instant: at this one. */
  let viewEvent: number | undefined;
  let carryMicros = 0;
  let pausesDone = new Set<Micros>();
  const ownOfRun = new WeakMap<Run, readonly boolean[]>();
  /** The twin that was left, so that the deeds done in it are there on return. */
  let otherTwin: { readonly opened: Scenario; readonly current: OwnedScenario } | undefined;

  function record(scenario: Scenario): History {
    const folds = [...world.watchers, ...world.measures, ...playbackFolds] as readonly Fold[];
    requireDistinctIds(folds);
    return new History({
      world: world.kernel,
      parameters: scenario.parameters,
      seed: scenario.seed,
      script: toKernelScript(scenario, world),
      start: scenario.start,
      folds,
      now,
      hash: options.hash,
    });
  }

  const untilMicros = (): Micros => microsOfMs(current.scenario.untilMs);
  const isAtFrontierZero = (): boolean => history.frontierMicros === 0;

  function moment(): Moment {
    return viewEvent === undefined ? history.at(viewMicros) : history.atEvent(viewEvent);
  }

  /** `isLooked` as in `Shown.of`. */
  function show(change: Partial<SessionState> = {}, isLooked = true): void {
    store.setState({ ...shown.of(situation(), isLooked), ...change });
  }

  function situation(): Situation {
    return { world, opened, current, history, rows, viewMicros, here: moment() };
  }

  // ————— moving the view —————

  function lookAt(micros: Micros): void {
    viewMicros = micros;
    viewEvent = undefined;
    carryMicros = 0;
    if (micros > history.frontierMicros) history.advanceTo(micros);
  }

  function inBounds(micros: Micros): Micros {
    return Math.min(untilMicros(), Math.max(0, Math.round(micros)));
  }

  function openingMicros(): Micros {
    return inBounds(microsOfMs(current.scenario.opensAtMs ?? 0));
  }

  /** The earliest stop after `from` and not after `to` that has not been made yet. */
  function pauseBetween(from: Micros, to: Micros): Micros | undefined {
    const stops = (current.scenario.pauseAtMs ?? [])
      .map(microsOfMs)
      .filter((stop) => stop > from && stop <= to && !pausesDone.has(stop));
    return stops.length === 0 ? undefined : Math.min(...stops);
  }

  // ————— changing the scenario —————

  /** Goes on with another scenario of the same world: from the first difference where that is in the script, else anew. */
  function adopt(next: OwnedScenario): void {
    const before = current.scenario;
    current = { scenario: next.scenario, own: next.own };
    const isSameStart =
      before.seed === next.scenario.seed &&
      JSON.stringify(before.parameters) === JSON.stringify(next.scenario.parameters) &&
      JSON.stringify(before.start) === JSON.stringify(next.scenario.start);
    if (isSameStart) {
      const fromMicros = firstDifference(before.script, next.scenario.script);
      if (fromMicros !== undefined) history.branch(fromMicros, toKernelScript(next.scenario, world));
    } else history = record(next.scenario);
    rows = new Rows(history, world);
  }

  /** Takes up a scenario of whichever world, from its beginning. */
  function takeUp(scenario: Scenario, state: OwnedScenario): void {
    if (scenario.world !== world.id) {
      const other = options.worldOf?.(scenario.world);
      invariant(other !== undefined, `there is no world ${scenario.world}`);
      world = other;
    }
    opened = scenario;
    current = state;
    history = record(current.scenario);
    rows = new Rows(history, world);
    viewMicros = 0;
    viewEvent = undefined;
    carryMicros = 0;
    pausesDone = new Set();
  }

  function asRun(): Run {
    const lastOwn = current.scenario.script.findLast((_, index) => current.own[index]);
    const run: Run = {
      scenario: current.scenario,
      frontierMicros: Math.max(history.frontierMicros, lastOwn === undefined ? 0 : momentOf(lastOwn)),
    };
    ownOfRun.set(run, current.own);
    return run;
  }

  /** Changes an entry in place. Where it was executed already, this is a branch. */
  function changeEntry(index: number, next: OwnedScenario): void {
    const atMicros = momentOf(current.scenario.script[index]!);
    const isPast = atMicros <= history.frontierMicros;
    const runA = isPast ? asRun() : store.getState().runA;
    const event = viewMicros < atMicros ? viewEvent : undefined;
    adopt(next);
    lookAt(viewMicros);
    viewEvent = event;
    show({ runA, notice: isPast ? PAST_CHANGED : undefined });
  }

  /** A change that no script entry can carry: the run begins again. */
  function beginAgain(scenario: Scenario): void {
    const isPast = !isAtFrontierZero();
    const runA = isPast ? asRun() : store.getState().runA;
    adopt({ scenario, own: current.own });
    pausesDone = new Set();
    lookAt(isPast ? openingMicros() : 0);
    show({ runA, playing: isPast ? false : store.getState().playing, notice: isPast ? RUN_STARTED_AGAIN : undefined });
  }

  const actions: SessionActions = {
    open(scenario, at) {
      takeUp(scenario, asOpened(scenario));
      otherTwin = undefined;
      lookAt(openingMicros());
      if (at?.viewMicros !== undefined) lookAt(inBounds(at.viewMicros));
      const speed = boundedSpeed(scenario.speed);
      show({
        playing: false,
        speed,
        effectiveSpeed: speed,
        ghost: [],
        runA: undefined,
        selection: undefined,
        notice: undefined,
      });
    },

    openTwin(scenario) {
      const left = { opened, current };
      const ghost = shown.of(situation(), true).series;
      const moment = viewMicros;
      const isKnown = otherTwin !== undefined && isSameScenario(otherTwin.opened, scenario);
      takeUp(scenario, isKnown ? otherTwin!.current : asOpened(scenario));
      otherTwin = left;
      for (const stop of scenario.pauseAtMs ?? []) if (microsOfMs(stop) <= moment) pausesDone.add(microsOfMs(stop));
      lookAt(openingMicros());
      lookAt(inBounds(moment));
      show({ ghost, runA: undefined, notice: undefined });
    },

    play() {
      if (viewMicros < untilMicros()) store.setState({ playing: true, notice: undefined });
    },

    pause() {
      show({ playing: false });
    },

    seek(micros) {
      if (!Number.isFinite(micros)) return;
      lookAt(inBounds(micros));
      show();
    },

    stepEvent(direction) {
      const count = moment().eventCount + direction;
      carryMicros = 0;
      if (count < 0) lookAt(0);
      else if (count <= history.frontier.eventCount) {
        viewEvent = count;
        viewMicros = history.atEvent(count).lastEventMicros;
      } else {
        const next = history.frontier.nextAtMicros();
        if (next === undefined || next > untilMicros()) lookAt(untilMicros());
        else {
          history.stepOne();
          viewEvent = count;
          viewMicros = next;
        }
      }
      show({ playing: false });
    },

    stepMicros(micros) {
      if (!Number.isFinite(micros)) return;
      lookAt(inBounds(viewMicros + micros));
      show({ playing: false });
    },

    setSpeed(speed) {
      const bounded = boundedSpeed(speed);
      carryMicros = 0;
      store.setState({ speed: bounded, effectiveSpeed: bounded });
    },

    restart() {
      // Nothing is lost: the script keeps every deed, and the run to come is the same one.
      history.branch(0, toKernelScript(current.scenario, world));
      rows = new Rows(history, world);
      pausesDone = new Set();
      lookAt(openingMicros());
      show({ playing: false, notice: undefined });
    },

    goLive() {
      lookAt(history.frontierMicros);
      show();
    },

    goOn() {
      const { scenario, own } = current;
      const untilMs = Math.min(UNTIL_MAX_MS, scenario.untilMs + opened.untilMs);
      if (untilMs > scenario.untilMs) {
        adopt({ scenario: { ...scenario, untilMs }, own });
        show({ playing: true, notice: undefined });
      }
    },

    deed(command) {
      const atMicros = Math.max(moment().lastEventMicros, viewMicros) + 1;
      if (atMicros > untilMicros()) {
        store.setState({ notice: RUN_HAS_ENDED });
        return;
      }
      const next = withDeed(current, atMicros, command);
      const isPast = atMicros <= history.frontierMicros || next.left > 0;
      const runA = isPast ? asRun() : store.getState().runA;
      adopt(next);
      lookAt(atMicros);
      show({ runA, notice: isPast ? PAST_CHANGED : undefined });
      const missed = missedCommandsOf(store.getState().frontier).find((one) => one.index === next.index);
      if (missed !== undefined) {
        const sentence = `Nothing happened: ${spoken(world, missed.reason)}.`;
        store.setState({ notice: isPast ? `${sentence} ${PAST_CHANGED}` : sentence });
      }
    },

    setParameter(name, value) {
      const { scenario } = current;
      const isFromTheStart =
        isAtFrontierZero() || world.parameters.find((one) => one.name === name)?.changes === 'restart';
      const present = isFromTheStart ? scenario.parameters[name] : moment().view.parameters[name];
      if (JSON.stringify(present) === JSON.stringify(value)) return;
      if (!isFromTheStart) return actions.deed({ do: 'set', parameter: name, value: value as Json });
      beginAgain({ ...scenario, parameters: { ...scenario.parameters, [name]: value as Json } });
    },

    setSeed(seed) {
      if (seed !== current.scenario.seed) beginAgain({ ...current.scenario, seed });
    },

    removeEntry(index) {
      if (current.scenario.script[index] !== undefined) changeEntry(index, withoutEntry(current, index));
    },

    editEntry(index, command) {
      if (current.scenario.script[index] !== undefined) changeEntry(index, withCommand(current, index, command));
    },

    swapRunA() {
      const { runA } = store.getState();
      if (runA === undefined) return;
      const present = asRun();
      adopt({ scenario: runA.scenario, own: ownOfRun.get(runA) ?? runA.scenario.script.map(() => false) });
      history.advanceTo(Math.min(runA.frontierMicros, untilMicros()));
      lookAt(inBounds(viewMicros));
      show({ runA: present, notice: undefined, playing: false });
    },

    select(selection) {
      store.setState({ selection });
    },

    tell({ untilMicros: until, ...filter }) {
      const { frame } = store.getState();
      const isView = until !== undefined && until === viewMicros;
      const event = isView ? frame.eventCount : history.frontier.eventCount;
      return rows.tell(filter, { micros: Math.min(until ?? history.frontierMicros, history.frontierMicros), event });
    },

    advance(wallMs) {
      const { playing, speed, effectiveSpeed } = store.getState();
      if (!playing || !(wallMs > 0)) return;
      const wanted = wallMs * MICROS_PER_MS * speed + carryMicros;
      const whole = Math.floor(wanted);
      carryMicros = wanted - whole;
      const until = untilMicros();
      const stop = pauseBetween(viewMicros, Math.min(viewMicros + whole, until));
      const target = stop ?? Math.min(viewMicros + whole, until);
      const from = viewMicros;
      const isReached = target <= history.frontierMicros || history.advanceTo(target, FRAME_MS);
      if (target > from) viewEvent = undefined;
      viewMicros = isReached ? target : Math.max(from, history.frontierMicros);
      if (!isReached) carryMicros = 0;
      const measured = isReached ? speed : msOfMicros(viewMicros - from) / wallMs;
      const smoothed = effectiveSpeed + (measured - effectiveSpeed) * SPEED_SMOOTHING;
      const isEnd = isReached && (stop !== undefined || target === until);
      if (stop !== undefined && isReached) pausesDone.add(stop);
      shown.ageBy(wallMs);
      const isFull = isReached && smoothed > speed * 0.98;
      show({ playing: !isEnd, effectiveSpeed: isFull ? speed : Math.min(speed, smoothed) }, isEnd);
    },
  };

  lookAt(openingMicros());
  if (options.viewMicros !== undefined) lookAt(inBounds(options.viewMicros));
  const speed = boundedSpeed(opened.speed);
  const store: StoreApi<SessionState & SessionActions> = createStore<SessionState & SessionActions>(() => ({
    ...shown.of(situation(), true),
    playing: false,
    speed,
    effectiveSpeed: speed,
    ghost: [],
    runA: undefined,
    selection: undefined,
    notice: undefined,
    ...actions,
  }));
  return Object.assign(store, { history: () => history });
}

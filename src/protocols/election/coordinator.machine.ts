import { createMachine } from 'xstate';
import type { Json, Process } from '../../kernel/types.ts';
import { machineProcess, when } from '../machineProcess.ts';
import { bootCoordinator, NEW_COORDINATOR } from './coordinator.ts';
import {
  addJob,
  askForList,
  beginLeading,
  dropJob,
  hearCheck,
  hearWritten,
  look,
  stopLeading,
  takeList,
  write,
} from './rounds.ts';
import { doing, type Step } from './step.ts';
import { strategies, strategyOf } from './strategies/index.ts';
import type { ElectionStrategy } from './strategies/strategy.ts';
import type { Coordinator, CoordinatorDisk, StrategyId, Turn } from './types.ts';

/*
 * A coordinator under a strategy: the strategy says how it comes to lead and how it ceases to; the work is the same.
 */

type Act = Step<Coordinator>;

const on = (step: Act) => ({ actions: doing(step) });

function heard(steps: { readonly [type: string]: Act } = {}) {
  return Object.fromEntries(Object.entries(steps).map(([type, step]) => [type, on(step)]));
}

/** The data say whose turn it is; the state follows. */
function follow(...turns: readonly Turn[]) {
  return turns.map((turn) => ({ guard: when<Coordinator>((coordinator) => coordinator.turn === turn), target: turn }));
}

function entryOf(strategy: ElectionStrategy, turn: Turn): Act {
  return strategy.states[turn].entry ?? ((coordinator) => coordinator);
}

/** Two steps as one. */
function both(first: Act, second: Act): Act {
  return (coordinator, event, env, out) => second(first(coordinator, event, env, out), event, env, out);
}

/** The coordinator's machine under a strategy. */
export function coordinatorMachine(strategy: ElectionStrategy) {
  const boot: Act = (_, event, env, out) =>
    strategy.boot(bootCoordinator(event.disk as CoordinatorDisk | undefined, env), event, env, out);
  const { standingBy, campaigning, leading, steppedDown } = strategy.states;
  return createMachine({
    id: `coordinator-${strategy.id}`,
    context: { ...NEW_COORDINATOR, outbox: [] },
    initial: 'off',
    on: {
      jobAdded: on(addJob),
      jobGone: on(dropJob),
      listed: on(takeList),
      written: on(hearWritten),
      ...heard(strategy.always),
    },
    states: {
      off: {
        description: 'It has not started yet.',
        on: { boot: { target: 'standingBy', actions: doing(boot) } },
      },
      standingBy: {
        description: standingBy.description,
        entry: doing(entryOf(strategy, 'standingBy')),
        always: follow('campaigning', 'leading', 'steppedDown'),
        on: heard(standingBy.on),
      },
      campaigning: {
        description: campaigning.description,
        entry: doing(entryOf(strategy, 'campaigning')),
        always: follow('standingBy', 'leading', 'steppedDown'),
        on: heard(campaigning.on),
      },
      leading: {
        description: leading.description,
        entry: doing(both(beginLeading, entryOf(strategy, 'leading'))),
        exit: doing(stopLeading),
        always: follow('standingBy', 'campaigning', 'steppedDown'),
        on: {
          'timer.round': on(look),
          'timer.prepare': on(write),
          'timer.list': on(askForList),
          checked: on(hearCheck),
          ...heard(leading.on),
        },
      },
      steppedDown: {
        description: steppedDown.description,
        entry: doing(entryOf(strategy, 'steppedDown')),
        always: follow('standingBy', 'campaigning', 'leading'),
        on: heard(steppedDown.on),
      },
    },
  });
}

/** What page, terminal and inspector show of a coordinator: what it believes. */
function inspect(coordinator: Coordinator, state: string): Json {
  const { isLeading, token, leader, leaseEndMicros, lastRenewedMicros, observed, node, detector } = coordinator;
  const { jobs, round, writing, accepted, refused } = coordinator;
  return {
    state,
    isLeading,
    token: token ?? null,
    leader: leader ?? null,
    ...(leaseEndMicros === undefined ? {} : { leaseEndMicros, lastRenewedMicros: lastRenewedMicros ?? null }),
    ...(observed === undefined
      ? {}
      : { seen: { holder: observed.holder ?? null, revision: observed.revision, isExpired: observed.isExpired } }),
    ...(node === undefined ? {} : { place: node }),
    ...(detector.watched === undefined ? {} : { watches: detector.watched, suspects: detector.isSuspected }),
    jobs: jobs.slice(0, 20),
    ...(round === undefined ? {} : { preparing: round.assignments.map(({ jobId }) => jobId) }),
    writing: writing.map(({ jobId }) => jobId),
    accepted,
    refused,
  };
}

const processes = new Map<StrategyId, Process>(
  strategies.map((strategy) => [
    strategy.id,
    machineProcess<Coordinator>({ machine: coordinatorMachine(strategy), inspect }),
  ]),
);

/** A coordinator as a process, under a strategy. Its disk keeps the highest token that it has heard of. */
export function coordinatorUnder(id: StrategyId): Process {
  return processes.get(strategyOf(id).id)!;
}

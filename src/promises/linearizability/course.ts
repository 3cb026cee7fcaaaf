/**
 * One key's history as it comes: what is known, a witness that it is linearizable so far, and a checkpoint, from which
 * alone the search goes on. What lies before the checkpoint is kept for a while, for the words of a break.
 */
import { emptyVector } from '../../kernel/chunkedVector.ts';
import { invariant } from '../../kernel/invariant.ts';
import { emptyMap } from '../../kernel/persistentMap.ts';
import type { Call, Configuration, Events, Return } from './configuration.ts';
import { frontierAfter } from './frontier.ts';
import type { Model } from './model.ts';
import { extendWitness, type Witness, witnessAt } from './witness.ts';

/** All places where the history may stand after the returns with a lower number than `stage`. */
export type Checkpoint<S, I> = { readonly stage: number; readonly places: readonly Configuration<S, I>[] };

export type Course<S, I, O> = {
  readonly events: Events<S, I, O>;
  /** Oldest first; the last is where the search starts. */
  readonly checkpoints: readonly Checkpoint<S, I>[];
  /** How many calls may still return. */
  readonly openCount: number;
  /** No checkpoint is tried before this many returns: the last try was dear. */
  readonly checkpointFromStage: number;
  readonly standing:
    | { readonly kind: 'kept'; readonly witness: Witness<S, I> }
    /** Not linearizable; the last return is the one that no order allows. */
    | { readonly kind: 'broken' }
    /** The steps ran out; it is tried again once there are so many returns. */
    | { readonly kind: 'unknown'; readonly againAtStage: number };
};

/** A checkpoint holds no more places than this. */
const CHECKPOINT_PLACES_MAX = 64;
/** Steps for one try at a checkpoint, for each return since the last. */
const CHECKPOINT_STEPS_PER_RETURN = 100;
/** Calls that overlap without a pause: a checkpoint is tried after so many returns. */
const RETURNS_PER_CHECKPOINT = 16;
/** A search breadth first holds no more places than this at a time. */
const FRONTIER_PLACES_MAX = 1_024;
/** So many returns before the checkpoint are remembered. */
const RETURNS_REMEMBERED = 16;

export function startCourse<S, I, O>(model: Model<S, I, O>): Course<S, I, O> {
  const places = [{ state: model.initial, waiting: [], foretold: [], seen: [], callsSeen: 0 }];
  return {
    events: { model, calls: emptyVector(), returns: emptyVector(), outputs: emptyMap(), abandoned: emptyMap() },
    checkpoints: [{ stage: 0, places }],
    openCount: 0,
    checkpointFromStage: 0,
    standing: { kind: 'kept', witness: witnessAt(places, 0, 0) },
  };
}

/** The last checkpoint. */
export function baseOf<S, I, O>(course: Course<S, I, O>): Checkpoint<S, I> {
  const base = course.checkpoints[course.checkpoints.length - 1];
  invariant(base !== undefined, 'a course has a checkpoint');
  return base;
}

export function withCall<S, I, O>(course: Course<S, I, O>, call: Call<I>): Course<S, I, O> {
  const events = { ...course.events, calls: course.events.calls.append(call) };
  return { ...course, events, openCount: course.openCount + 1 };
}

export function withAbandoned<S, I, O>(course: Course<S, I, O>, call: Call<I>): Course<S, I, O> {
  const events = { ...course.events, abandoned: course.events.abandoned.set(call.index, true) };
  return withCheckpoint({ ...course, events, openCount: course.openCount - 1 });
}

/**
 * Hears the answers of one instant and looks for an order that allows them, within `stepLimit` model steps for each of
 * two ways. All answers are known before it looks: a call of the same instant may wait for one of them.
 */
export function withReturns<S, I, O>(
  course: Course<S, I, O>,
  heard: readonly Omit<Return<I, O>, 'callsBefore'>[],
  stepLimit: number,
): Course<S, I, O> {
  if (course.standing.kind === 'broken' || heard.length === 0) return course;
  let { returns, outputs } = course.events;
  for (const one of heard) {
    returns = returns.append({ ...one, callsBefore: course.events.calls.endIndex });
    outputs = outputs.set(one.call.index, one.output);
  }
  const events = { ...course.events, returns, outputs };
  return withCheckpoint(judged({ ...course, events, openCount: course.openCount - heard.length }, stepLimit));
}

function judged<S, I, O>(course: Course<S, I, O>, stepLimit: number): Course<S, I, O> {
  const { events, standing } = course;
  const end = events.returns.endIndex;
  if (standing.kind === 'unknown' && end < standing.againAtStage) return course;
  const { stage, places } = baseOf(course);
  const from = standing.kind === 'kept' ? standing.witness : witnessAt(places, 0, stage);
  const witness = extendWitness(events, places, stage, from, { stepsLeft: stepLimit });
  if (witness === 'none') return { ...course, standing: { kind: 'broken' } };
  if (witness !== 'outOfSteps') return { ...course, standing: { kind: 'kept', witness } };
  const after = frontierAfter(events, places, stage, FRONTIER_PLACES_MAX, { stepsLeft: stepLimit });
  if (after === undefined) {
    // The distance doubles, so that all tries together cost no more than twice the last.
    const againAtStage = end + Math.max(RETURNS_PER_CHECKPOINT, end - stage);
    return { ...course, standing: { kind: 'unknown', againAtStage } };
  }
  return after.length === 0 ? { ...course, standing: { kind: 'broken' } } : cutAt(course, after);
}

/** Sets a checkpoint where that is cheap: when nobody's answer is awaited, or after a while without such a moment. */
function withCheckpoint<S, I, O>(course: Course<S, I, O>): Course<S, I, O> {
  if (course.standing.kind !== 'kept') return course;
  const end = course.events.returns.endIndex;
  const { stage, places } = baseOf(course);
  const isDue = course.openCount === 0 || end - stage >= RETURNS_PER_CHECKPOINT;
  if (!isDue || end === stage || end < course.checkpointFromStage) return course;
  const stepsLeft = CHECKPOINT_STEPS_PER_RETURN * Math.max(RETURNS_PER_CHECKPOINT, end - stage);
  const after = frontierAfter(course.events, places, stage, FRONTIER_PLACES_MAX, { stepsLeft });
  if (after !== undefined && after.length <= CHECKPOINT_PLACES_MAX) return cutAt(course, after);
  return { ...course, checkpointFromStage: end + Math.max(RETURNS_PER_CHECKPOINT, end - stage) };
}

function cutAt<S, I, O>(course: Course<S, I, O>, places: readonly Configuration<S, I>[]): Course<S, I, O> {
  invariant(places.length > 0, 'a course that is kept stands somewhere');
  const { events } = course;
  const stage = events.returns.endIndex;
  const remembered = course.checkpoints.findLastIndex((one) => stage - one.stage >= RETURNS_REMEMBERED);
  const checkpoints = [...course.checkpoints.slice(Math.max(0, remembered)), { stage, places }];
  const first = checkpoints[0]!;
  return {
    ...course,
    events: {
      ...events,
      calls: events.calls.dropFront(callsSeenBy(first) - events.calls.firstIndex),
      returns: events.returns.dropFront(first.stage - events.returns.firstIndex),
      outputs: emptyMap(),
    },
    checkpoints,
    checkpointFromStage: stage,
    standing: { kind: 'kept', witness: witnessAt(places, 0, stage) },
  };
}

function callsSeenBy<S, I>(checkpoint: Checkpoint<S, I>): number {
  return checkpoint.places[0]?.callsSeen ?? 0;
}

/**
 * A history of operations that grows as a run plays, and whether it is linearizable (Herlihy & Wing, 1990). Histories
 * are immutable and share structure; each key is checked by itself.
 */
import { invariant } from '../../kernel/invariant.ts';
import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { Micros } from '../../kernel/types.ts';
import type { Call, Return } from './configuration.ts';
import { type Course, startCourse, withAbandoned, withCall, withReturns } from './course.ts';
import { type Explanation, explainBreak } from './explanation.ts';
import { begunOperation, type Invocation, type Model, type Operation } from './model.ts';

/** How much a search may cost. */
export type HistoryOptions = {
  /** Model steps for one return, depth first, and as many again breadth first; beyond that the verdict is `unknown`. */
  readonly stepLimit: number;
};

const DEFAULT_OPTIONS: HistoryOptions = { stepLimit: 20_000 };

export type HistoryVerdict<I, O> =
  | { readonly kind: 'kept' }
  | ({ readonly kind: 'broken' } & Explanation<I, O>)
  | { readonly kind: 'unknown'; readonly because: string };

type KeyHistory<S, I, O> = {
  /** All before the last instant. */
  readonly settled: Course<S, I, O>;
  /** The answers of the last instant: a call may still come that began before them, at the same microsecond. */
  readonly unsettled: readonly Omit<Return<I, O>, 'callsBefore'>[];
  /** With these answers. */
  readonly current: Course<S, I, O>;
  readonly verdict: HistoryVerdict<I, O>;
};

export type History<S, I, O> = {
  readonly model: Model<S, I, O>;
  readonly options: HistoryOptions;
  readonly atMicros: Micros;
  readonly open: PersistentMap<string, { readonly key: string; readonly call: Call<I> }>;
  readonly keys: PersistentMap<string, KeyHistory<S, I, O>>;
  /** The keys whose verdict is not `kept`, in the order in which they lost it. */
  readonly troubled: readonly string[];
};

export function startHistory<S, I, O>(model: Model<S, I, O>, options: Partial<HistoryOptions> = {}): History<S, I, O> {
  return {
    model,
    options: { ...DEFAULT_OPTIONS, ...options },
    atMicros: 0,
    open: emptyMap(),
    keys: emptyMap(),
    troubled: [],
  };
}

/** An operation begins. Times never go back; at the same microsecond, beginnings count as before answers. */
export function invoke<S, I, O>(history: History<S, I, O>, invocation: Invocation<I>): History<S, I, O> {
  const { id, client, atMicros } = invocation;
  invariant(atMicros >= history.atMicros, `operation ${id} begins in the past`);
  invariant(!history.open.has(id), `operation ${id} is already open`);
  const key = keyOf(history, invocation);
  const before = settledBefore(history, key, atMicros);
  const own = before.unsettled.filter((one) => one.call.invocation.client === client);
  const after = own.map((one) => one.call.index);
  const inputKey = JSON.stringify(invocation.input);
  const call: Call<I> = { index: before.settled.events.calls.endIndex, invocation, inputKey, after };
  const settled = withCall(before.settled, call);
  const current = withReturns(settled, before.unsettled, history.options.stepLimit);
  const open = history.open.set(id, { key, call });
  return withKey({ ...history, atMicros, open }, key, { settled, unsettled: before.unsettled, current });
}

/** The answer to an open operation. */
export function complete<S, I, O>(
  history: History<S, I, O>,
  id: string,
  output: O,
  atMicros: Micros,
  entryId: number,
): History<S, I, O> {
  invariant(atMicros >= history.atMicros, `the answer to operation ${id} comes in the past`);
  const { key, call } = openCall(history, id);
  const before = settledBefore(history, key, atMicros);
  const returned = { call, output, atMicros, entryId };
  const unsettled = [...before.unsettled, returned];
  const current = withReturns(before.current, [returned], history.options.stepLimit);
  const open = history.open.delete(id);
  return withKey({ ...history, atMicros, open }, key, { settled: before.settled, unsettled, current });
}

/** Nobody will hear the answer to an open operation. It stays one that may take effect, now, later or never. */
export function abandon<S, I, O>(history: History<S, I, O>, id: string): History<S, I, O> {
  const { key, call } = openCall(history, id);
  const before = history.keys.get(key)!;
  const settled = withAbandoned(before.settled, call);
  const current = before.unsettled.length === 0 ? settled : withAbandoned(before.current, call);
  return withKey({ ...history, open: history.open.delete(id) }, key, { settled, unsettled: before.unsettled, current });
}

/** Whether the history so far is linearizable. What is open counts as what may have taken effect or not. */
export function verdictOf<S, I, O>(history: History<S, I, O>): HistoryVerdict<I, O> {
  const verdicts = history.troubled.map((key) => history.keys.get(key)!.verdict);
  return verdicts.find((one) => one.kind === 'broken') ?? verdicts[0] ?? { kind: 'kept' };
}

/** The operations that have begun and neither returned nor been abandoned, by their beginnings. */
export function openOperations<S, I, O>(history: History<S, I, O>): readonly Operation<I, O>[] {
  return [...history.open.values()]
    .sort((a, b) => a.call.invocation.entryId - b.call.invocation.entryId)
    .map(({ key, call }) => begunOperation(call.invocation, key));
}

function keyOf<S, I, O>(history: History<S, I, O>, invocation: Invocation<I>): string {
  return invocation.key ?? history.model.partition(invocation.input);
}

function openCall<S, I, O>(history: History<S, I, O>, id: string) {
  const found = history.open.get(id);
  invariant(found !== undefined, `operation ${id} is not open`);
  return found;
}

/** The key's history at an instant: answers from before it are settled. */
function settledBefore<S, I, O>(
  history: History<S, I, O>,
  key: string,
  atMicros: Micros,
): Omit<KeyHistory<S, I, O>, 'verdict'> {
  const known = history.keys.get(key);
  if (known === undefined) {
    const course = startCourse(history.model);
    return { settled: course, unsettled: [], current: course };
  }
  const last = known.unsettled[known.unsettled.length - 1];
  if (last === undefined || last.atMicros === atMicros) return known;
  return { ...known, settled: known.current, unsettled: [] };
}

/** Puts a key's history in its place, with its verdict and its name among the troubled. */
function withKey<S, I, O>(
  history: History<S, I, O>,
  key: string,
  { settled, unsettled, current }: Omit<KeyHistory<S, I, O>, 'verdict'>,
): History<S, I, O> {
  const before = history.keys.get(key);
  const verdict = judge(history, key, current, before);
  const keys = history.keys.set(key, { settled, unsettled, current, verdict });
  if (verdict.kind === (before?.verdict.kind ?? 'kept')) return { ...history, keys };
  const others = history.troubled.filter((other) => other !== key);
  return { ...history, keys, troubled: verdict.kind === 'kept' ? others : [...others, key] };
}

function judge<S, I, O>(
  history: History<S, I, O>,
  key: string,
  current: Course<S, I, O>,
  before: KeyHistory<S, I, O> | undefined,
): HistoryVerdict<I, O> {
  switch (current.standing.kind) {
    case 'kept':
      return { kind: 'kept' };
    case 'broken':
      // A broken course hears no more returns.
      if (before?.verdict.kind === 'broken' && before.current.events.returns === current.events.returns) {
        return before.verdict;
      }
      return { kind: 'broken', ...explainBreak(current, key) };
    case 'unknown': {
      const { stepLimit } = history.options;
      const because = `The operations on ${key} overlap in so many ways that ${stepLimit} steps did not decide.`;
      return { kind: 'unknown', because };
    }
  }
}

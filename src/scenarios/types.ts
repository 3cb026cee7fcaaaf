import type { Command, Json, KernelWorld, Micros, Parameters, TraceEntry, WorldView } from '../kernel/types.ts';
import type { Figure, Measure } from '../measures/measure.ts';
import type { Watcher } from '../promises/promise.ts';

/** The one description of a parameter: sliders, schema, catalogue, bad-input sentences and the reference are made from it. */
export type ParameterDescription = {
  /** Unit as the last word: `visibilityTimeoutMs`. */
  readonly name: string;
  /** For the slider: "Visibility timeout". */
  readonly label: string;
  /** One plain sentence: what it does. */
  readonly sentence: string;
  readonly group: string;
  /** When a change takes hold (contracts §7). */
  readonly changes: 'now' | 'nextUse' | 'restart';
  /** Process kinds that are told at once (`parameterChanged`); empty where reading it at next use is enough. */
  readonly hearers?: readonly string[];
} & (
  | {
      readonly kind: 'number';
      readonly unit: 'ms' | 'perSecond' | 'probability' | 'count' | 'factor' | 'ppm';
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly default: number;
      /** A word for a value that means something special: `{ 0: 'off' }`. */
      readonly words?: { readonly [value: number]: string };
      readonly scale?: 'linear' | 'log';
    }
  | { readonly kind: 'boolean'; readonly default: boolean }
  | {
      readonly kind: 'choice';
      readonly choices: readonly { readonly value: string; readonly label: string; readonly sentence: string }[];
      readonly default: string;
    }
  | {
      readonly kind: 'numbers';
      readonly default: readonly number[];
      readonly min: number;
      readonly max: number;
      readonly most: number;
    }
);

/** A field of a command, described so that schema, menus and messages agree. */
export type FieldDescription = {
  readonly name: string;
  readonly kind:
    | 'address'
    | 'target'
    | 'number'
    | 'text'
    | 'boolean'
    | 'sides'
    | 'parameterName'
    | 'value'
    | 'item'
    | 'count';
  readonly optional?: true;
  readonly min?: number;
  readonly max?: number;
  readonly sentence: string;
};

/** A verb: the same word on the button, in the script, in the lesson and in the code. */
export type CommandDescription = {
  readonly do: string;
  /** For the button: "Crash". */
  readonly label: string;
  readonly sentence: string;
  readonly fields: readonly FieldDescription[];
  /** The kinds of process at whose node the menu offers it; absent: not in a node's menu. */
  readonly on?: readonly string[];
};

/** A place in the cast: which addresses may exist, and how it stands on the stage. */
export type CastDescription = {
  readonly kind: string;
  /** For people: "worker". */
  readonly label: string;
  /** The parameter that says how many (addresses `<kind>-1` …), or absent where there is one (`<kind>`). */
  readonly countParameter?: string;
  /** A second parameter, of how many more there are: their numbers go on. */
  readonly spareParameter?: string;
  readonly shape: 'chevron' | 'queue' | 'worker' | 'circle' | 'hexagon' | 'ledger' | 'tray' | 'store';
  /** Column on the stage, from left (0), and the order in it. */
  readonly column: number;
  readonly row: number;
};

/** A world, described in one place. All else (sliders, schema, catalogue, lamps, charts) is made from it. */
export type World = {
  readonly id: string;
  readonly title: string;
  readonly teaches: string;
  readonly parameters: readonly ParameterDescription[];
  readonly commands: readonly CommandDescription[];
  readonly roles: readonly { readonly name: string; readonly sentence: string }[];
  readonly cast: readonly CastDescription[];
  readonly kernel: KernelWorld;
  /** Where the world takes a given state (`kernel.startDisks`): one sentence if this is none, undefined if all is well. */
  checkStart?(start: Json, parameters: Parameters): string | undefined;
  readonly watchers: readonly Watcher[];
  readonly measures: readonly Measure[];
  /** What this world leaves out, honestly, one sentence each; `real` says what changes in a real service. */
  readonly notModelled: readonly { readonly what: string; readonly real: string }[];
  /**
   * Faults that the parameters ask for, drawn from the seed: a script of its own that joins the scenario's. Sorted by time.
   */
  unrest?(parameters: Parameters, seed: number): readonly ScenarioEntry[];
  /** A plain sentence for an entry worth telling, undefined for the others. `level` serves the log's filter. */
  tell(entry: TraceEntry): Sentence | undefined;
  /** Ids of the panels that a room offers for this world, in their order (`panels/registry.tsx`). */
  readonly panels: readonly string[];
  /** For a kind of process: the sentence that defines each of its states, by the state's path; undefined where it has none. */
  stateSentences?(kind: string): ReadonlyMap<string, string> | undefined;
  /** The headline above the stage, from figures: the one number, in words. */
  headline(id: string, figures: ReadonlyMap<string, Figure>): string;
};

export type Sentence = {
  readonly text: string;
  readonly level: 'deed' | 'trouble' | 'milestone' | 'detail';
  readonly itemId?: number;
};

/** The verb with its fields; addresses and roles are looked up when it runs. */
export type ScenarioEntry = Command & { readonly atMs: number };

export type Answer = { readonly text: string; readonly right?: true; readonly because?: string };

/** What must have happened by when, for the test that runs every preset. */
export type Expectation =
  | { readonly promise: string; readonly is: 'kept' | 'broken'; readonly byMs?: number }
  | { readonly figure: string; readonly atMs: number; readonly min?: number; readonly max?: number };

/** A situation as data (format 1). The first six fields and `start` decide the run; the rest teaches and shows. */
export type Scenario = {
  readonly format: 1;
  readonly world: string;
  /** A library scenario that this one differs from. */
  readonly preset?: string;
  readonly seed: number;
  readonly untilMs: number;
  readonly parameters: Parameters;
  readonly script: readonly ScenarioEntry[];
  readonly start?: Json;
  readonly title: string;
  /** Playback speed at which it opens. */
  readonly speed: number;
  readonly question?: string;
  readonly answers?: readonly Answer[];
  readonly headline?: string;
  readonly pauseAtMs?: readonly number[];
  readonly opensAtMs?: number;
  /** Ids of its twins. */
  readonly pair?: readonly string[];
  readonly panels?: readonly string[];
  readonly expects?: readonly Expectation[];
  /** One sentence under the title: what to look at. */
  readonly watch?: string;
};

/** Bad input: one clear sentence with what, where and what was expected. */
export type Problem = { readonly where: string; readonly sentence: string };

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export type { Command, Json, Micros, Parameters, WorldView };

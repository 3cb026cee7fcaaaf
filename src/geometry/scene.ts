import type { Address, Clock, Micros, ProcessStatus } from '../kernel/types.ts';
import type { Box, Point, Size } from './box.ts';
import type { Axis, Curve } from './curve.ts';
import type { CoordinatorFace, LockFace, StorageFace } from './electionScene.ts';
import type { MessageShape } from './messageShapes.ts';
import type { SceneCut, SceneRing, ServerFace } from './raftScene.ts';

/*
 * A scene is all that is to be seen of a world at one instant: numbers, path strings and words, no DOM. What moves
 * between two events comes as gauges and movers, whose place at an instant `motion.ts` computes.
 */

/** What colour tells: the seven states of the tokens. */
export type Tone = 'active' | 'working' | 'suspect' | 'failed' | 'delayed' | 'duplicate' | 'waiting';

/** Words with their place. `box` is the room that they take at most. */
export type SceneText = {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly sizePx: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly role: 'name' | 'state' | 'caption' | 'heading' | 'more';
  readonly tone?: Tone;
  readonly box: Box;
};

/** An image job as a card. */
export type SceneCard = {
  readonly key: string;
  readonly itemId: number;
  /** The middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly sizePx: number;
  /** Degrees of the OKLCH wheel. */
  readonly hue: number;
  readonly isPoison: boolean;
  /** From 2 on it is drawn as a stack with the count. */
  readonly deliveries: number;
  /** `ghost`: it is elsewhere too, this is its place in the books. */
  readonly look: 'solid' | 'ghost';
  readonly isSelected: boolean;
  /** A fencing token that travels with it, struck out where it was refused. */
  readonly token?: { readonly number: number; readonly isRefused: boolean };
};

/** A plain shape of a node's furniture. */
export type ScenePart = {
  readonly key: string;
  readonly role: 'lane' | 'slot' | 'bay' | 'call' | 'callBusy' | 'callOut' | 'meter' | 'meterFill' | 'fill';
  readonly box: Box;
  readonly hue?: number;
};

/** An outline that fills or runs down with time. */
export type SceneGauge = {
  readonly key: string;
  /** SVG path data; it starts at the top and goes round with the clock. */
  readonly d: string;
  readonly role: 'progress' | 'visibility' | 'delay' | 'election' | 'heartbeat' | 'lease' | 'expiry' | 'patience';
  readonly startMicros: Micros;
  readonly endMicros: Micros;
  /** The share that has passed, or the share that is left. */
  readonly shows: 'elapsed' | 'left';
  /** By whose clock; absent: true time. */
  readonly clock?: Clock;
  /** Since when it stands still. */
  readonly frozenMicros?: Micros;
};

/** Someone on the stage. */
export type SceneNode = {
  readonly address: Address;
  readonly kind: string;
  readonly shape:
    | 'chevron'
    | 'queue'
    | 'tray'
    | 'worker'
    | 'store'
    | 'ledger'
    | 'server'
    | 'coordinator'
    | 'lock'
    | 'storage';
  /** How much of it there is room for: `row`, `tile`, `dot` … */
  readonly variant: string;
  readonly axis: Axis;
  /** All of it, words included: what can be pressed. */
  readonly box: Box;
  /** The shape itself. */
  readonly body: Box;
  readonly status: ProcessStatus;
  readonly isSlow: boolean;
  readonly isLeaving: boolean;
  readonly tone: Tone;
  readonly isSelected: boolean;
  /** "Worker 2". */
  readonly name: string;
  /** "processing image 7, attempt 2". */
  readonly state: string;
  /** "image 7", or nothing. */
  readonly items: string;
  readonly texts: readonly SceneText[];
  readonly cards: readonly SceneCard[];
  readonly parts: readonly ScenePart[];
  readonly gauges: readonly SceneGauge[];
  /** Only of a server of a cluster. */
  readonly server?: ServerFace;
  /** Only of those who take part in an election: a coordinator, the lock service, the storage. */
  readonly coordinator?: CoordinatorFace;
  readonly lock?: LockFace;
  readonly storage?: StorageFace;
};

export type SceneLink = {
  readonly key: string;
  readonly d: string;
  readonly isTrunk: boolean;
  /** Where it is cut: a bar across, and an arrow for the direction that still works. */
  readonly cut:
    | { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number; readonly isOneWay: boolean }
    | undefined;
  /** Nothing passes, though the cut is not drawn on the link itself. */
  readonly isDark?: boolean;
};

/** Something on its way, or breaking, or bouncing off. */
export type Mover = {
  readonly key: string;
  readonly kind: 'message' | 'lost' | 'bounce';
  readonly card: SceneCard | undefined;
  readonly shape: MessageShape | undefined;
  readonly itemId: number | undefined;
  /** The trace id of a message that can be picked by itself. */
  readonly messageId?: number;
  readonly hue: number | undefined;
  readonly isSelected: boolean;
  readonly curve: Curve;
  readonly isBackwards: boolean;
  /**
   * How far from the ends of its curve it keeps, in pixels, in the curve's direction. Less than 0: it goes on beyond
   * the end, under what stands there. Absent: from end to end.
   */
  readonly insets?: { readonly startPx: number; readonly endPx: number };
  readonly startMicros: Micros;
  /** When it is at the end of the curve. */
  readonly endMicros: Micros;
  /** Where on its way it breaks, as a share; 1 where it does not. */
  readonly stopsAt: number;
  /** When it is no longer shown. */
  readonly goneMicros: Micros;
  /** Why it broke: "lost". Empty where the word stands at that place already. */
  readonly reason: string | undefined;
  /** Where that word stands, from the place of the break; absent: above it. */
  readonly reasonAside?: Point;
  /** How far to the right of its curve it travels, in pixels, so that both directions have their side. */
  readonly asidePx: number;
  /** Less than 1 where time runs almost too fast to follow it. */
  readonly opacity: number;
};

/** A link on which single messages can no longer be followed: so many are on it. */
export type SceneFlow = {
  readonly key: string;
  readonly d: string;
  readonly count: number;
  /** By Little's law, from how many there are and how long their way takes. */
  readonly perSecond: number;
  /** Where the rate is written: the middle of the link. Undefined where there is no room for words. */
  readonly at: Point | undefined;
};

export type Scene = {
  readonly size: Size;
  readonly unit: number;
  readonly axis: Axis;
  readonly nodes: readonly SceneNode[];
  readonly headings: readonly SceneText[];
  readonly links: readonly SceneLink[];
  readonly movers: readonly Mover[];
  /** Messages come out from under one node and go in under the next. Else they are drawn above the nodes. */
  readonly passesBeneath?: boolean;
  readonly flows: readonly SceneFlow[];
  /** Behind everything: who belongs together, and where nothing passes. */
  readonly rings?: readonly SceneRing[];
  readonly cuts?: readonly SceneCut[];
  /** What the last column of the stage in words is about; images unless told. */
  readonly itemsWord?: string;
  /** The way that the selected item has come, oldest first. */
  readonly trail: readonly { readonly key: string; readonly d: string }[];
};

import type { Fold, TraceEntry } from '../kernel/types.ts';
import type { Frame, Told } from './types.ts';

/** A script entry that found nothing to act on: its place in the script, and why. */
export type MissedCommand = { readonly index: number; readonly reason: string };

type CommandCount = { readonly given: number; readonly missed: readonly MissedCommand[] };

/** Script entries run in the script's order, so the nth `commandGiven` is entry n − 1. */
export const commandsMissed: Fold<CommandCount> = {
  id: 'commandsMissed',
  hears: ['commandGiven', 'commandMissed'],
  start: { given: 0, missed: [] },
  step(state, entry) {
    if (entry.kind === 'commandGiven') return { given: state.given + 1, missed: state.missed };
    const missed = { index: state.given - 1, reason: String(entry.data.reason) };
    return { given: state.given, missed: [...state.missed, missed] };
  },
};

const DROPS_KEPT = 40;

/** The last 40 `messageDropped` entries, oldest first, so that the stage can show where a message broke. */
export const recentDropsFold: Fold<readonly TraceEntry[]> = {
  id: 'recentDrops',
  hears: ['messageDropped'],
  start: [],
  step: (state, entry) => [...state.slice(-(DROPS_KEPT - 1)), entry],
};

/** Folds of playback itself, open in every run besides the world's watchers and measures. */
export const playbackFolds: readonly Fold[] = [commandsMissed, recentDropsFold] as readonly Fold[];

/**
 * The id under which a frame answers the last 300 told rows. It is no fold: 300 sentences in each keyframe would fill
 * the memory budget alone, so they are told again from the nearest keyframe, and go on from where they were told last.
 */
export const RECENT_LOG_ID = 'recentLog';
export const RECENT_LOG_ROWS = 300;

/** `messageDropped` entries up to the frame's instant, at most 40, oldest first. */
export function recentDropsOf(frame: Frame): readonly TraceEntry[] {
  return frame.fold<readonly TraceEntry[]>(recentDropsFold.id);
}

/** The last 300 told rows up to the frame's instant, oldest first. */
export function recentLogOf(frame: Frame): readonly Told[] {
  return frame.fold<readonly Told[]>(RECENT_LOG_ID);
}

export function missedCommandsOf(frame: Frame): readonly MissedCommand[] {
  return frame.fold<CommandCount>(commandsMissed.id).missed;
}

import { spokenAddress } from '../../kernel/addresses.ts';
import type { Micros } from '../../kernel/types.ts';
import type { Belief, GrantSpan, Overlap, WriteMark } from '../../measures/leaderElection/lanes.ts';
import { formatDuration, formatTime } from '../../ui/index.ts';

const ENDS: { readonly [because in NonNullable<Belief['because']>]: string } = {
  deadline: 'its renewals were not answered in time',
  lost: 'it heard that it holds the lead no more',
  released: 'it gave the lead back',
  higherToken: 'it heard of a higher token',
  learned: 'it heard of another leader',
  crashed: 'it crashed',
};

/** Why someone ceased to lead, in a few words. */
export function endInWords(because: Belief['because']): string {
  return because === undefined ? '' : ENDS[because];
}

function when({
  fromMicros,
  toMicros,
}: {
  readonly fromMicros: Micros;
  readonly toMicros: Micros | undefined;
}): string {
  return toMicros === undefined
    ? `from ${formatTime(fromMicros)} until now`
    : `from ${formatTime(fromMicros)} to ${formatTime(toMicros)}`;
}

/** "Coordinator 1 took itself for the leader with token 33, from 0:00.610 to 0:07.200: it heard of a higher token." */
export function beliefInWords(belief: Belief, name: string): string {
  const { token, because, pauses } = belief;
  const slept = pauses.length === 0 ? '' : ', paused meanwhile';
  const why = because === undefined ? '' : `: ${endInWords(because)}`;
  return `${name} took itself for the leader with token ${token}${slept}, ${when(belief)}${why}.`;
}

export function grantInWords(grant: GrantSpan, name: string): string {
  return `The lock service had ${name} for the holder with token ${grant.token}, ${when(grant)}.`;
}

/** "Coordinators 1 and 3 acted as leaders at once for 5.8 s, from … to …." */
export function overlapInWords(overlap: Overlap, micros: Micros): string {
  const names = overlap.who.map(spokenAddress);
  const all = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${all.slice(0, 1).toUpperCase()}${all.slice(1)} acted as leaders at once for ${formatDuration(micros)}, ${when(overlap)}.`;
}

export function writeInWords({ jobId, token, isAccepted, isStale, atMicros }: WriteMark, name: string): string {
  const what = isAccepted ? (isStale ? 'accepted, though it is stale' : 'accepted') : 'refused';
  return `A write of ${name} with token ${token} for image ${jobId} was ${what}, at ${formatTime(atMicros)}.`;
}

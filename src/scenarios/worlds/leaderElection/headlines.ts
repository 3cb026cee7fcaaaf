import type { Figure } from '../../../measures/measure.ts';

/** The one number above the stage, in words, from the figures of the instant. */
export function headlineOfLeaderElection(id: string, figures: ReadonlyMap<string, Figure>): string {
  const value = (name: string) => figures.get(name)?.value ?? 0;
  const count = (name: string) => String(value(name));
  const s = (name: string) => `${(Math.round(value(name) / 100) / 10).toFixed(1)} s`;
  const late = `${count('jobsLate')} ${value('jobsLate') === 1 ? 'job' : 'jobs'} late`;
  switch (id) {
    case 'splitBrain':
      return `two leaders for ${s('splitBrainMs')} · ${count('jobsAssignedTwice')} jobs assigned twice`;
    case 'stale':
      return `late writes: ${count('staleWritesAccepted')} accepted · ${count('staleWritesRefused')} refused`;
    case 'watches':
      return `${count('watchesFired')} woken · ${count('failovers')} ${times(value('failovers'))}`;
    case 'suspicions':
      return `${count('falseSuspicions')} false alarms · ${count('failovers')} ${times(value('failovers'))}`;
    case 'jobs':
      return `${count('completions')} done · ${late} · ${count('jobsLost')} lost`;
    default: {
      if (value('leader') === 0) return `no leader for ${s('leaderlessNowMs')} · ${late}`;
      const gap = value('failovers') === 0 ? '' : ` · the last gap was ${s('leaderlessLastMs')}`;
      return `coordinator ${count('leader')} leads with token ${count('token')}${gap} · ${late}`;
    }
  }
}

function times(count: number): string {
  return count === 1 ? 'change of leader' : 'changes of leader';
}

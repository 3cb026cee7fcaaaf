import type { Figure } from '../../../measures/measure.ts';

/** The one number above the stage, in words, from the figures of the instant. */
export function headlineOfReplicatedQueue(id: string, figures: ReadonlyMap<string, Figure>): string {
  const value = (name: string) => figures.get(name)?.value ?? 0;
  const count = (name: string) => String(value(name));
  const ms = (name: string) => `${Math.round(value(name))} ms`;
  // Who still wears a crown, but no majority can hear, leads nobody.
  const nobody = value('leadersNow') === 0 ? 'no leader for' : 'no leader that a majority hears for';
  const reign =
    value('leader') === 0
      ? `${nobody} ${ms('leaderlessNowMs')}`
      : `server ${count('leader')} leads term ${count('term')}`;
  switch (id) {
    case 'terms':
      return `${reign} · ${count('termsStarted')} ${value('termsStarted') === 1 ? 'term' : 'terms'} so far`;
    case 'leaders':
      return `${leadersNow(value('leadersNow'))} · ${count('commits')} committed`;
    case 'jobs':
      return `${count('jobsDone')} jobs done · ${count('jobsDoneTwice')} done twice`;
    case 'queue':
      return `${count('jobsSubmitted')} asked for · ${count('cards')} in the queue`;
    case 'operations':
      return `${count('operationsOk')} answered · ${count('operationsOpen')} open · ${count('operationsUnknown')} unknown`;
    case 'reads':
      return figures.get('lastRead')?.value === undefined
        ? `nothing read yet · ${count('operationsOpen')} open`
        : `last read: ${count('lastRead')} · last write confirmed: ${count('lastWrite')}`;
    case 'latency': {
      const last = figures.get('commitLatencyLastMs')?.value;
      return last === undefined ? reign : `${reign} · a write takes ${Math.round(last)} ms to commit`;
    }
    case 'available':
      return `without an answer: small side ${ms('smallSideUnavailableMs')} · big side ${ms('bigSideUnavailableMs')}`;
    case 'transfer': {
      const planned =
        figures.get('transferGapMs')?.value === undefined ? '' : ` · handing over took ${ms('transferGapMs')}`;
      const isCrashed = value('leaderlessLongestMs') > value('transferGapMs');
      return `${reign}${planned}${isCrashed ? ` · the crash cost ${ms('leaderlessLongestMs')}` : ''}`;
    }
    default:
      return `${reign} · ${count('commits')} committed`;
  }
}

function leadersNow(leaders: number): string {
  return leaders === 0 ? 'nobody leads' : leaders === 1 ? 'one leader' : `${leaders} leaders, in different terms`;
}

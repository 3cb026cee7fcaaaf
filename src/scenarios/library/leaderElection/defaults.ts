import type { Parameters, Scenario } from '../../types.ts';
import { secondsOf } from '../inWords.ts';
import { leaderElectionScenario } from './define.ts';

const crashAtMs = 5_000;
const linkMs = 5;

const ids = ['defaults-kubernetes', 'defaults-consul', 'defaults-etcd', 'defaults-zookeeper'];

type Lane = {
  readonly title: string;
  readonly watch: string;
  readonly parameters: Parameters;
  readonly rule: string;
  /** Time without a leader after the crash, least and most, in seconds. */
  readonly gap: readonly [number, number];
};

const order = 'ZooKeeper, then Kubernetes, then Consul, then etcd.';

function lane(id: string, { title, watch, parameters, rule, gap: [least, most] }: Lane): Scenario {
  return leaderElectionScenario(id, {
    title,
    watch,
    parameters: { linkMs, arrivalRatePerSecond: 0.5, ...parameters },
    script: [{ atMs: crashAtMs, do: 'crash', target: 'leader' }],
    speed: 4,
    opensAtMs: 4_000,
    untilMs: 70_000,
    panels: ['leadership', 'log', 'charts', 'promises'],
    pair: ids.filter((other) => other !== id),
    question: 'The same crash with the usual settings of four services. In which order do they have a new leader?',
    answers: [
      { text: 'Kubernetes, then ZooKeeper, then etcd, then Consul.' },
      { text: order, right: true, because: `${rule} Here that takes ${least} to ${most} seconds.` },
      { text: 'All at about the same time.' },
    ],
    expects: [
      { figure: 'leaderlessLastMs', atMs: 70_000, min: least * 1_000, max: most * 1_000 },
      { figure: 'leader', atMs: 70_000, min: 2 },
      { promise: 'atMostOneLeader', is: 'kept' },
      { promise: 'noJobLost', is: 'kept' },
    ],
  });
}

const kubernetes = {
  ...{ leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 },
  retryJitterFactor: 1.2,
} as const;
const longestRetryMs = kubernetes.retryPeriodMs * (1 + kubernetes.retryJitterFactor);

export const defaultsKubernetes = lane('defaults-kubernetes', {
  title: 'The defaults of Kubernetes',
  watch: 'Watch the stand-bys wait for the whole lease from their last sight of a change.',
  parameters: { strategy: 'lease', ...kubernetes, releasesOnStop: false },
  rule: `Stand-bys wait for a lease of ${secondsOf(kubernetes.leaseDurationMs)} from when they last saw a change, and look only after each ${kubernetes.retryPeriodMs / 1_000} to ${secondsOf(longestRetryMs)}.`,
  gap: [13, 24],
});

const consul = { sessionTimeoutMs: 15_000, lockDelayMs: 15_000 } as const;

export const defaultsConsul = lane('defaults-consul', {
  title: 'A lock as in Consul',
  watch: 'Watch the lock stay shut after the session has ended.',
  // Consul's API waits five seconds after a refused acquisition (DefaultLockRetryTime).
  parameters: { strategy: 'lockDelay', ...consul, retryPeriodMs: 5_000, retryJitterFactor: 0 },
  rule: `First the session must run out, ${secondsOf(consul.sessionTimeoutMs)} after its last sign of life; then the lock stays shut for another ${secondsOf(consul.lockDelayMs)}. (A real session may live up to twice as long.)`,
  gap: [25, 26],
});

const etcd = { sessionTimeoutMs: 60_000 } as const;

export const defaultsEtcd = lane('defaults-etcd', {
  title: 'A session as in etcd',
  watch: 'Watch everyone wait for the end of a long session.',
  parameters: { strategy: 'session', ...etcd },
  rule: `A session lives ${secondsOf(etcd.sessionTimeoutMs)} without a sign of life, unless its maker says otherwise; it gives one after each third of that.`,
  gap: [55, 56],
});

const zooKeeper = { sessionTimeoutMs: 10_000 } as const;

export const defaultsZooKeeper = lane('defaults-zookeeper', {
  title: 'A session as in ZooKeeper',
  watch: 'Watch one note fly, and one crown move.',
  parameters: { strategy: 'session', ...zooKeeper },
  rule: `Client and server agree on the timeout, for example ${secondsOf(zooKeeper.sessionTimeoutMs)}; when it is over, one note goes to the next in line.`,
  gap: [8, 9],
});

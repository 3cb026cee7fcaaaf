import type { ParameterDescription } from '../../../types.ts';
import { arrivalParameters } from '../../workQueue/arrivals.ts';
import { duration, toggle } from './shapes.ts';

const WORK = 'Work';
const NETWORK = 'Network and disks';
const UNREST = 'Faults by chance';

/** Descriptions of the work queue that hold here word for word. */
function borrowed(...names: readonly string[]): readonly ParameterDescription[] {
  return names.map((name) => arrivalParameters.find((parameter) => parameter.name === name)!);
}

/** The jobs, the leader's work on them, and who does them. */
export const workParameters: readonly ParameterDescription[] = [
  ...borrowed('arrivalRatePerSecond', 'arrivals', 'itemCount', 'producers'),
  duration(
    WORK,
    'assignIntervalMs',
    'Assign every',
    'At each full interval of its own clock the leader looks at its list of jobs.',
    1_000,
    { min: 10 },
  ),
  duration(WORK, 'prepareMs', 'Prepare', 'How long the leader prepares a write after it has looked.', 500, { min: 0 }),
  {
    name: 'workers',
    label: 'Workers',
    sentence: 'How many workers do what they are told. Fewer: the last ones finish and leave.',
    group: WORK,
    changes: 'now',
    kind: 'number',
    unit: 'count',
    min: 0,
    max: 20,
    step: 1,
    default: 3,
  },
  duration(WORK, 'processingMs', 'Work on an image', 'How long a worker works on an image.', 1_000, { min: 0 }),
  toggle(
    WORK,
    'idempotent',
    'Idempotent results',
    'The result store recognises a result that it has already, by the job’s number.',
    false,
  ),
];

/** Links and disks. */
export const networkParameters: readonly ParameterDescription[] = [
  duration(NETWORK, 'linkMs', 'Link delay', 'How long a message takes at least.', 200, { min: 0, max: 10_000 }),
  duration(NETWORK, 'linkJitterMs', 'Link jitter', 'How much longer than that a message may take, by chance.', 0, {
    min: 0,
    max: 10_000,
    words: { 0: 'none' },
  }),
  {
    name: 'messageLossProbability',
    label: 'Messages lost',
    sentence: 'How likely a message is lost on its way.',
    group: NETWORK,
    changes: 'nextUse',
    kind: 'number',
    unit: 'probability',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0,
  },
  duration(
    NETWORK,
    'lockServiceDiskSyncMs',
    'Disk of the lock service',
    'How long the lock service takes to write down what it is about to say.',
    5,
    { min: 0, max: 5_000 },
  ),
  duration(NETWORK, 'storageDiskSyncMs', 'Disk of storage', 'How long storage takes to write.', 5, {
    min: 0,
    max: 5_000,
  }),
];

/** Faults that are drawn from the seed. */
export const unrestParameters: readonly ParameterDescription[] = [
  duration(
    UNREST,
    'faultIntervalMs',
    'A fault about every',
    'Kills, pauses, wrong clocks, cuts, partitions and slow disks, drawn from the seed.',
    0,
    { min: 0, words: { 0: 'never' } },
  ),
  duration(UNREST, 'faultsUntilMs', 'Faults until', 'After this all faults are lifted, and it is quiet.', 30_000, {
    min: 0,
  }),
];

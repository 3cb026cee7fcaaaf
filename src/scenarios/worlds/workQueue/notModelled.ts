import type { World } from '../../types.ts';

/** What the work-queue world leaves out, and what a real service does instead. */
export const notModelledInWorkQueue: World['notModelled'] = [
  {
    what: 'The queue is one process with one disk.',
    real: 'A managed queue keeps each message on several machines. It stays up when one dies, and it may hand out a message twice because two of them disagree.',
  },
  {
    what: 'Items are handed out one at a time.',
    real: 'SQS hands out up to ten at once; clients prefetch. A slow first message then eats the visibility time of the others.',
  },
  {
    what: 'A dead letter carries the last reason.',
    real: 'SQS stores no reason. Service Bus has a field for it, and your code must fill it. Otherwise you read logs.',
  },
  {
    what: 'FIFO groups and deduplication follow the image’s number.',
    real: 'The sender names the group and the deduplication id of each message. SQS FIFO remembers an id for five minutes, Service Bus for ten by default. Neither makes the consumer idempotent.',
  },
  {
    what: 'Nothing costs money and nobody is throttled.',
    real: 'Each receive is paid for, empty ones too; in-flight messages are capped (about 120,000 in an SQS standard queue).',
  },
  {
    what: 'A failure is a coin, an outage, or a broken image.',
    real: 'Real failures come in company: a bad deployment, a full disk, a slow network that is neither up nor down.',
  },
  {
    what: 'Client libraries do nothing by themselves.',
    real: 'Many extend the visibility or the lock while you work, and retry inside the SDK. Know what yours does before you add your own.',
  },
  {
    what: 'All of it runs in one page, on simulated time.',
    real: 'Between real machines, clocks disagree, messages are large, and the thing that fails is often the one that should report it.',
  },
];

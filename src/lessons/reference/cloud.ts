/** A row of the table of services. */
export type CloudRow = {
  readonly area: string;
  readonly aws: readonly string[];
  readonly azure: readonly string[];
  readonly google: readonly string[];
  /** A scenario of the library that behaves in this way, where we have one. */
  readonly preset?: string;
  /** One sentence: where the parallel ends. */
  readonly ends: string;
};

export const cloudTable: readonly CloudRow[] = [
  {
    area: 'Work queues',
    aws: ['SQS', 'Kinesis'],
    azure: ['Service Bus', 'Event Hubs'],
    google: ['Pub/Sub', 'Tasks'],
    preset: 'defaults-sqs',
    ends: 'Kinesis and Event Hubs are logs: a reader keeps its place in them, and there is no hiding, no receive count and no dead letter for a single message; Cloud Tasks pushes its tasks to a handler and has no dead-letter queue.',
  },
  {
    area: 'Worker coordination',
    aws: ['ECS', 'Lambda'],
    azure: ['Container Instances', 'Functions'],
    google: ['Cloud Run', 'Functions'],
    preset: 'worker-dies',
    ends: 'These start, run and replace workers; which worker has which job is still settled by the queue in front of them.',
  },
  {
    area: 'Leader election',
    aws: ['ECS Service Discovery'],
    azure: ['Service Fabric'],
    google: ['GKE leader election'],
    preset: 'defaults-kubernetes',
    ends: 'ECS Service Discovery elects nobody, it only tells where the tasks are; Service Fabric chooses a primary among a stateful service’s replicas; on GKE one uses the Kubernetes lease, which in the words of its client library does not guarantee that only one acts as leader.',
  },
  {
    area: 'Distributed state',
    aws: ['DynamoDB', 'RDS'],
    azure: ['Cosmos DB', 'SQL Database'],
    google: ['Firestore', 'Spanner'],
    preset: 'stale-read',
    ends: 'What a read may return differs between them, and within one of them by a setting: ask for the consistency of the very call that you make.',
  },
  {
    area: 'Auto-scaling',
    aws: ['Auto Scaling groups'],
    azure: ['VM Scale Sets'],
    google: ['managed instance groups'],
    ends: 'They change the number of machines, often minutes after the load has changed, and know nothing of the jobs that a machine holds when it is taken away, unless you tell them.',
  },
];

/** What a vendor's document says of a queue, and which document. */
export type CloudFact = {
  readonly service: 'Amazon SQS' | 'Azure Service Bus' | 'Google Pub/Sub';
  readonly topic:
    | 'hiding time'
    | 'renewing'
    | 'dead letters'
    | 'what is counted'
    | 'where it returns'
    | 'delay before a retry'
    | 'duplicates'
    | 'sending back';
  readonly fact: string;
  /** The vendor's document, by name. */
  readonly source: string;
  /** The scenario that shows this vendor's defaults. */
  readonly preset: string;
};

const sqs = { service: 'Amazon SQS', preset: 'defaults-sqs' } as const;
const serviceBus = { service: 'Azure Service Bus', preset: 'defaults-service-bus' } as const;
const pubSub = { service: 'Google Pub/Sub', preset: 'defaults-pub-sub' } as const;

export const cloudFacts: readonly CloudFact[] = [
  {
    ...sqs,
    topic: 'hiding time',
    fact: 'Visibility timeout: 30 s unless set, from 0 s to 12 h. It begins when the message is returned to the consumer.',
    source: 'Amazon SQS Developer Guide, “Visibility timeout”',
  },
  {
    ...sqs,
    topic: 'renewing',
    fact: 'ChangeMessageVisibility replaces the time that is left: on a queue with 60 s, setting 10 s after 15 s makes the message visible at 25 s. Setting 0 releases it at once.',
    source: 'Amazon SQS API Reference, “ChangeMessageVisibility”',
  },
  {
    ...sqs,
    topic: 'dead letters',
    fact: 'Off until a redrive policy is set; maxReceiveCount then lies between 1 and 1,000. The message is moved in place of the delivery after the last allowed one.',
    source: 'Amazon SQS Developer Guide, “Dead-letter queues”',
  },
  {
    ...sqs,
    topic: 'what is counted',
    fact: 'Receives. A crash, a slow worker, an error and a look at the message in the console all count.',
    source: 'Amazon SQS Developer Guide, “Dead-letter queues”',
  },
  {
    ...sqs,
    topic: 'where it returns',
    fact: 'A standard queue promises no order, so a message that becomes visible again has no particular place.',
    source: 'Amazon SQS Developer Guide, “Standard queues”',
  },
  {
    ...sqs,
    topic: 'duplicates',
    fact: 'A standard queue delivers at least once: the visibility timeout is no guarantee against receiving a message twice. A FIFO queue drops a second send of the same deduplication id within 5 minutes.',
    source: 'Amazon SQS Developer Guide, “Visibility timeout” and “FIFO queue key terms”',
  },
  {
    ...sqs,
    topic: 'sending back',
    fact: 'A redrive makes new messages, with a new id and a new enqueue time, and mixes them with what arrives meanwhile; its speed can be set.',
    source: 'Amazon SQS Developer Guide, “Dead-letter queue redrive”',
  },
  {
    ...serviceBus,
    topic: 'hiding time',
    fact: 'Lock duration: 1 minute unless set, at most 5 minutes.',
    source: 'Microsoft Learn, “LockDuration” of Service Bus queues',
  },
  {
    ...serviceBus,
    topic: 'renewing',
    fact: 'The holder can renew the lock; the .NET processor does so by itself, for 5 minutes unless told otherwise. Completing after the lock was lost fails, although the work was done.',
    source:
      'Microsoft Learn, “Message transfers, locks, and settlement” and “ServiceBusProcessorOptions.MaxAutoLockRenewalDuration”',
  },
  {
    ...serviceBus,
    topic: 'dead letters',
    fact: 'On for every queue: MaxDeliveryCount is 10 unless set, and at least 1. A receiver can also dead-letter a message itself, with a reason.',
    source: 'Microsoft Learn, “QueueProperties.MaxDeliveryCount” and “Message transfers, locks, and settlement”',
  },
  {
    ...serviceBus,
    topic: 'what is counted',
    fact: 'Deliveries that end with an expired lock or are abandoned.',
    source: 'Microsoft Learn, “QueueProperties.MaxDeliveryCount”',
  },
  {
    ...serviceBus,
    topic: 'where it returns',
    fact: 'At or near the front of the queue.',
    source: 'Microsoft Learn, “Message transfers, locks, and settlement”',
  },
  {
    ...serviceBus,
    topic: 'duplicates',
    fact: 'Duplicate detection, when on, compares message ids within a window of 10 minutes (20 s to 7 days can be set) and drops a second send. It says nothing about second deliveries.',
    source: 'Microsoft Learn, “Duplicate detection”',
  },
  {
    ...pubSub,
    topic: 'hiding time',
    fact: 'Acknowledgement deadline: 10 s unless set, at most 600 s.',
    source: 'Google Cloud Pub/Sub API, “Subscription.ackDeadlineSeconds”',
  },
  {
    ...pubSub,
    topic: 'renewing',
    fact: 'The high-level client libraries extend the deadline by themselves, for up to an hour unless told otherwise.',
    source: 'Google Cloud documentation, “Extend ack time with lease management”',
  },
  {
    ...pubSub,
    topic: 'dead letters',
    fact: 'Off until a dead-letter topic is named; the limit then lies between 5 and 100 attempts, 5 unless set. It is a best effort, and a dead-letter topic without a subscription loses the message.',
    source: 'Google Cloud Pub/Sub API, “DeadLetterPolicy”',
  },
  {
    ...pubSub,
    topic: 'what is counted',
    fact: 'One, plus each refusal (NACK), plus each deadline that passed.',
    source: 'Google Cloud Pub/Sub API, “DeadLetterPolicy”',
  },
  {
    ...pubSub,
    topic: 'delay before a retry',
    fact: 'None unless set: it tries again at once. With exponential backoff chosen, the delay lies between 10 s and 600 s unless set otherwise.',
    source: 'Google Cloud documentation, “Subscription retry policy”; Pub/Sub API, “RetryPolicy”',
  },
  {
    ...pubSub,
    topic: 'duplicates',
    fact: 'At least once as it comes. The exactly-once option covers pull subscriptions within one region: no second delivery after an acknowledgement that succeeded. A message that was published twice stays two messages.',
    source: 'Google Cloud documentation, “Exactly-once delivery”',
  },
];

/** The work queue: producers, a broker with its dead-letter queue, workers, the image store they call, the results. */

export { broker, brokerMachine } from './broker.machine.ts';
export type { BrokerCounts, BrokerData, BrokerDisk, Waiter } from './broker.ts';
export { DEAD_LETTER_QUEUE } from './broker.ts';
export {
  type DeadLetterQueue,
  deadLetterQueue,
  deadLetterQueueMachine,
  type KeptLetter,
} from './deadLetterQueue.machine.ts';
export { type Call, type DependencyData, dependency, dependencyMachine } from './dependency.machine.ts';
export type { AfterFailure, FailedAttempt, WorkDistributor } from './distributor.ts';
export { distributorOf, distributors } from './distributors/index.ts';
export { type ProducerData, producer, producerMachine } from './producer.machine.ts';
export { type DeadLetter, type Failure, type QueueMessage, VISIBILITY_RAN_OUT } from './queueMessage.ts';
export { type LedgerRow, type ResultStoreData, resultStore, resultStoreMachine } from './resultStore.machine.ts';
export { worker, workerMachine } from './worker.machine.ts';
export { BROKER, DEPENDENCY, type Holding, type ImageWorker, RESULT_STORE } from './worker.ts';
export type { ImageOperation, ImageWorkItem, WorkItem } from './workItem.ts';
export {
  isOnItsWay,
  type Loss,
  type TrackedItem,
  type WorkStatus,
  type WorkTracker,
  workTrackerFold,
} from './workTracker.ts';

/** The linearizability checker: what others use of it. */
export {
  abandon,
  complete,
  type History,
  type HistoryOptions,
  type HistoryVerdict,
  invoke,
  openOperations,
  startHistory,
  verdictOf,
} from './history.ts';
export { type Invocation, type Model, type Operation, type Outcome, UNKNOWN, type Unknown } from './model.ts';
export { type JobQueueInput, type JobQueueOutput, type JobQueueState, jobQueueModel } from './models/jobQueue.ts';
export { type KeyValueInput, type KeyValueOutput, keyValueModel } from './models/keyValue.ts';
export { type ListAppendInput, type ListAppendOutput, listAppendModel } from './models/listAppend.ts';
export { type MutexInput, type MutexOutput, mutexModel } from './models/mutex.ts';
export { type SequentialObject, sequentialModel } from './models/sequential.ts';

/** Leader election: coordinators, a lock service, a storage that checks fencing tokens, and the jobs they are about. */

export { assignedWorker, assignedWorkerMachine } from './assignedWorker.machine.ts';
export { coordinatorMachine, coordinatorUnder } from './coordinator.machine.ts';
export { phiOf, suspicionMs } from './detector.ts';
export type * from './facts.ts';
export { jobBoard, jobBoardMachine } from './jobBoard.machine.ts';
export { lockService, lockServiceMachine } from './lockService.machine.ts';
export { coordinatorsOf, LOCK_SERVICE, numberOf, STORAGE } from './places.ts';
export { jobProducer } from './producing.ts';
export { hasLockService } from './rounds.ts';
export { storage, storageMachine } from './storage.machine.ts';
export { strategies, strategyOf } from './strategies/index.ts';
export type { ElectionStrategy } from './strategies/strategy.ts';
export { isJudgedByService, termsOf } from './terms.ts';
export type * from './types.ts';

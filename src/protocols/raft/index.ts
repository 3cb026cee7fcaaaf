export { NEW_DISK } from './booting.ts';
export { client } from './client.machine.ts';
export { contentInWords } from './inspecting.ts';
export { server, serverMachine } from './server.machine.ts';
export type * from './types.ts';
export { raftWorker } from './worker.machine.ts';

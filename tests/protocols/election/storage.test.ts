import { describe, expect, test } from 'vitest';
import { type JobBoard, jobBoard, type Storage, storage } from '../../../src/protocols/election/index.ts';
import { Bench } from './bench.ts';

const at = (changed = {}, disk?: unknown) => new Bench(storage, 'storage', changed, disk);
const write = (bench: Bench, jobId: number, token: number, from = 'coordinator-1', revision = 0) =>
  bench.told(from, 'write', { key: 'k', jobId, worker: 'worker-1', token, revision });

describe('fencing (Kleppmann 2016: a write with 33 after one with 34)', () => {
  test('a lower token than the highest seen is refused, the same one is taken', () => {
    const store = at();
    expect(write(store, 1, 34).facts('writeAccepted')).toHaveLength(1);
    expect(write(store, 2, 34).facts('writeAccepted')).toHaveLength(1);
    expect(write(store, 3, 33).facts('writeRefused')).toMatchObject([{ token: 33, highestToken: 34 }]);
    expect(store.sent('written')).toMatchObject([{ accepted: false, highestToken: 34 }]);
    expect(store.sent('assignment')).toEqual([]);
  });

  test('without the rule everything is taken, and the highest token is still known', () => {
    const store = at({ storageChecksTokens: false });
    write(store, 1, 34);
    expect(write(store, 2, 33).facts('writeAccepted')).toHaveLength(1);
    expect(store.data<Storage>().highestToken).toBe(34);
  });

  test('the highest token is on the disk before the answer leaves, and is there after a restart', () => {
    const store = write(at(), 1, 34);
    expect(store.effects().now.filter(({ kind }) => kind === 'send')).toEqual([]);
    expect(write(at({}, store.disk), 2, 33).facts('writeRefused')).toHaveLength(1);
  });

  test('storage that forgets takes the stale write after a restart', () => {
    const { disk } = write(at(), 1, 34);
    expect(write(at({ storageRemembersToken: false }, disk), 2, 33).facts('writeAccepted')).toHaveLength(1);
  });

  test('a write under another grant than the present one is refused where revisions are compared (etcd)', () => {
    const store = at({ storageComparesRevision: true }).told('lock-service', 'grantAnnounced', { revision: 5 });
    expect(write(store, 1, 33, 'coordinator-1', 5).facts('writeAccepted')).toHaveLength(1);
    store.told('lock-service', 'grantAnnounced', { revision: 9 });
    // The new leader has not written yet: by the token alone this would be taken.
    expect(write(store, 2, 33, 'coordinator-1', 5).facts('writeRefused')).toHaveLength(1);
    store.told('lock-service', 'grantAnnounced', { revision: 5 });
    expect(store.data<Storage>().grantRevision).toBe(9);
  });
});

describe('handing on', () => {
  test('the worker and the broker are told again until both have answered', () => {
    const store = write(at(), 1, 33);
    expect(store.sent().map(({ to }) => to)).toEqual(['coordinator-1', 'worker-1', 'broker']);
    expect(
      store
        .timer('again')
        .sent()
        .map(({ to }) => to),
    ).toEqual(['worker-1', 'broker']);
    store.told('broker', 'noted', { number: 1 });
    expect(
      store
        .timer('again')
        .sent()
        .map(({ to }) => to),
    ).toEqual(['worker-1']);
    expect(store.told('worker-1', 'finished', { number: 1 }).cancels('again')).toBe(true);
    expect(store.data<Storage>().open).toEqual([]);
  });

  test('whoever has answered is told no more', () => {
    const store = write(at(), 1, 33).told('worker-1', 'finished', { number: 1 });
    expect(
      store
        .timer('again')
        .sent()
        .map(({ to }) => to),
    ).toEqual(['broker']);
  });

  test('what is open after a restart is told again', () => {
    const again = at({}, write(at(), 1, 33).disk);
    expect(again.timerMs('again')).toBeGreaterThan(0);
    expect(again.timer('again').sent('assignment')).toMatchObject([{ to: 'worker-1', jobId: 1 }]);
  });

  test('the work of one who has left goes to one who is there', () => {
    const store = at({ workers: 1 }).told('coordinator-1', 'write', {
      key: 'k',
      jobId: 1,
      worker: 'worker-3',
      token: 33,
    });
    expect(store.timer('again').sent('assignment')).toMatchObject([{ to: 'worker-1' }]);
  });

  test('the ledger shows the latest writes and does not grow', () => {
    const store = at();
    for (let jobId = 1; jobId <= 100; jobId++) write(store, jobId, 33);
    expect(store.data<Storage>().ledger.at(-1)).toMatchObject({ number: 100, jobId: 100 });
    expect(store.data<Storage>().ledger.length).toBeLessThanOrEqual(24);
  });
});

describe('the job board', () => {
  const board = () => new Bench(jobBoard, 'broker');
  const submit = (bench: Bench, id: number) => bench.told('producer-1', 'submit', { key: `${id}`, item: { id } });

  test('a job is acknowledged and told to all coordinators when the disk has it', () => {
    const bench = submit(board(), 1);
    expect(bench.effects().now.filter(({ kind }) => kind === 'send')).toEqual([]);
    expect(bench.sent('jobAdded').map(({ to }) => to)).toEqual(['coordinator-1', 'coordinator-2', 'coordinator-3']);
    expect((bench.disk as JobBoard).waiting).toEqual([1]);
  });

  test('a submission that comes again is acknowledged and is no second job, also when it is assigned already', () => {
    const bench = submit(submit(board(), 1), 1);
    expect(bench.sent()).toMatchObject([{ kind: 'submitted', itemId: 1 }]);
    bench.told('storage', 'assigned', { key: 'k', number: 1, jobId: 1 });
    expect(bench.sent('noted')).toHaveLength(1);
    expect(submit(bench, 1).data<JobBoard>()).toMatchObject({ waiting: [], submitted: 1, assigned: 1 });
  });
});

import { describe, expect, it } from 'vitest';
import { microsOfMs } from '../../src/kernel/time.ts';
import type { WorldView } from '../../src/kernel/types.ts';
import type {
  BrokerDisk,
  DeadLetterQueue,
  ImageWorker,
  ProducerData,
  ResultStoreData,
  WorkTracker,
} from '../../src/protocols/workQueue/index.ts';
import { WorkQueueRun } from '../support/workQueue.ts';
import { CALM_MS, type Chaos, chaos } from '../support/workQueueChaos.ts';

/** Where all is calm for so long that everything that can end has ended. */
const END_MS = CALM_MS + 30_000;

type Loss = { readonly itemId: number; readonly atMs: number };

/**
 * What is lost, found the dumb way: after every event look into every process, disk and message for every image that
 * was ever acknowledged. It shares nothing with the tracker but the definition.
 */
class Searcher {
  readonly losses: Loss[] = [];
  readonly acknowledged = new Set<number>();
  readonly wanted = new Set<number>();
  private readonly done = new Set<number>();
  private heard = 0;

  look({ entries, simulation }: WorkQueueRun): void {
    for (; this.heard < entries.length; this.heard++) {
      const { kind, data } = entries[this.heard]!;
      const itemId = data.itemId as number;
      if (kind === 'itemEnqueued') {
        if (!this.done.has(itemId)) this.wanted.add(itemId);
        this.acknowledged.add(itemId);
      }
      if (kind === 'effectApplied') this.done.add(itemId);
    }
    const { view } = simulation;
    const found = somewhere(view);
    const kept = (view.process('result-store')!.disk as ResultStoreData | undefined)?.ledger;
    for (const itemId of this.wanted) {
      if (kept?.has(itemId)) this.done.add(itemId);
      if (this.done.has(itemId)) this.wanted.delete(itemId);
      else if (!found.has(itemId)) {
        this.wanted.delete(itemId);
        this.losses.push({ itemId, atMs: view.nowMicros / 1_000 });
      }
    }
  }
}

/** Every image that anyone holds, or that is in a message. */
function somewhere(view: WorldView): ReadonlySet<number> {
  const found = new Set<number>();
  for (const address of view.addresses()) {
    const { kind, status, state, data, disk } = view.process(address)!;
    if (kind === 'broker') {
      for (const queue of [data, disk] as (BrokerDisk | undefined)[]) {
        for (const message of queue?.messages.values() ?? []) found.add(message.item.id);
        for (const letter of queue?.outgoing.values() ?? []) found.add(letter.item.id);
      }
    }
    if (kind === 'dead-letter-queue') {
      for (const tray of [data, disk] as (DeadLetterQueue | undefined)[])
        for (const letter of tray?.letters ?? []) found.add(letter.item.id);
    }
    if (status === 'crashed') continue;
    if (kind === 'worker' && state.startsWith('working')) found.add((data as ImageWorker).holding!.item.id);
    if (kind === 'producer') for (const pending of (data as ProducerData).pending) found.add(pending.item.id);
    if (kind === 'result-store') for (const [itemId] of (data as ResultStoreData).ledger.entries()) found.add(itemId);
  }
  for (const { message } of view.inFlight()) {
    const { item, letter } = message as { item?: { id: number }; letter?: { item: { id: number } } };
    if (item !== undefined) found.add(item.id);
    if (letter !== undefined) found.add(letter.item.id);
    if (message.kind === 'store') found.add(message.itemId as number);
  }
  return found;
}

function watched({ parameters, script, seed }: Chaos): { readonly run: WorkQueueRun; readonly searcher: Searcher } {
  const run = new WorkQueueRun(parameters, script, seed);
  const searcher = new Searcher();
  const endMicros = microsOfMs(END_MS);
  for (let next = run.simulation.nextAtMicros(); next !== undefined && next <= endMicros; ) {
    run.simulation.step();
    searcher.look(run);
    next = run.simulation.nextAtMicros();
  }
  return { run: run.runUntil(END_MS), searcher };
}

const inOrder = (losses: readonly Loss[]) => losses.slice().sort((a, b) => a.atMs - b.atMs || a.itemId - b.itemId);

describe('whatever goes wrong', () => {
  const seeds = Array.from({ length: 44 }, (_, k) => k + 1);
  const told = new Map<string, number>();

  it.each(seeds)('run %i: the tracker says lost exactly what is nowhere, when it is', (seed) => {
    const { run, searcher } = watched(chaos(seed, { wipes: seed % 4 === 0 }));
    const tracker = run.simulation.foldState<WorkTracker>('noJobLost');
    const said = tracker.losses.map(({ itemId, atMicros }) => ({ itemId, atMs: atMicros / 1_000 }));
    expect(inOrder(said)).toEqual(inOrder(searcher.losses));
    expect(run.verdict('noJobLost').kind).toBe(searcher.losses.length > 0 ? 'broken' : 'kept');
    for (const promise of ['conservation', 'queueBounded']) expect(run.verdict(promise)).toEqual({ kind: 'kept' });
    // A queue whose clock was moved can note a first failure that is later than the last.
    if (run.facts('skewed').every(({ address }) => address !== 'broker'))
      expect(run.verdict('deadLetterKeepsReason').kind).toBe('kept');
    // Each image is counted once, and the book forgets who is nowhere any more.
    expect(run.figure('arrivals')).toBe(searcher.acknowledged.size);
    expect(Object.values(tracker.counts).reduce((a, b) => a + b, 0)).toBe(searcher.acknowledged.size);
    const found = somewhere(run.simulation.view);
    for (const [itemId, { status }] of tracker.open.entries())
      expect(found.has(itemId), `image ${itemId}, ${status}`).toBe(true);
    for (const { kind, data } of run.entries) {
      const what = kind === 'itemDeleted' ? `${kind}:${String(data.why)}` : kind;
      told.set(what, (told.get(what) ?? 0) + 1);
    }
    for (const { because } of tracker.losses) told.set(because.replace(/\d+/g, 'n'), 1);
  });

  it('and all of it did go wrong in these runs', () => {
    const kinds = [
      'crashed',
      'diskWiped',
      'left',
      'messageDropped',
      'messageDuplicated',
      'partitioned',
      'itemRefused',
      'itemExpired',
      'visibilityExpired',
      'staleReceiptRefused',
      'itemDeadLettered',
      'letterRedriven',
      'deliveryIgnored',
      'deliveryAbandoned',
      'itemDeleted:beforeWork',
      'itemDeleted:givenUp',
      'itemDeleted:done',
    ];
    expect(kinds.filter((kind) => (told.get(kind) ?? 0) < 5)).toEqual([]);
  });
});

describe('at least once', () => {
  const fixed = { maxAttempts: 0, retentionMs: 0, messageLossProbability: 0.2 };
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('run %i: nothing is lost where nobody gives up and no disk is wiped', (seed) => {
    const retryStrategy = ['requeue', 'immediate', 'exponential'][seed % 3];
    const run = new WorkQueueRun(...of(chaos(100 + seed, { fixed: { ...fixed, retryStrategy } }))).runUntil(END_MS);
    expect(run.facts('crashed').length).toBeGreaterThan(0);
    expect(run.facts('messageDropped', { reason: 'lost' }).length).toBeGreaterThan(0);
    expect(run.verdict('noJobLost')).toEqual({ kind: 'kept' });
  });
});

describe('at most once', () => {
  // A producer that submits again, a redrive and a doubled message each make a second job of one image.
  const fixed = {
    retryStrategy: 'none',
    submitAttempts: 1,
    maxReceiveCount: 0,
    messageDuplicationProbability: 0,
    messageLossProbability: 0.1,
    idempotent: false,
    jobTimeoutMs: 0,
    retentionMs: 0,
    // Often over before the queue has been told to forget the image.
    visibilityTimeoutMs: 250,
  };
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('run %i: no image takes effect twice', (seed) => {
    const run = new WorkQueueRun(...of(chaos(200 + seed, { fixed }))).runUntil(END_MS);
    expect(run.results.effects).toBeGreaterThan(0);
    expect(run.verdict('eachJobTakesEffectOnce')).toEqual({ kind: 'kept' });
    expect(run.figure('duplicates')).toBe(0);
  });
});

function of({ parameters, script, seed }: Chaos): [Chaos['parameters'], Chaos['script'], number] {
  return [parameters, script, seed];
}

import { describe, expect, it } from 'vitest';
import { nodeActions } from '../../../src/panels/NodeMenu/nodeActions.ts';
import { workQueue } from '../../../src/scenarios/worlds/workQueue/index.ts';
import { workQueueSession } from '../StagePanel/support.ts';
import { sessionOf } from '../withSession.tsx';

type Options = Parameters<typeof workQueueSession>[0];

function actionsOf(address: string, options: Options = {}) {
  return nodeActions(workQueue, workQueueSession(options).getState().frame.view, address);
}
const verbs = (address: string, options: Options = {}) => actionsOf(address, options).map((action) => action.do);

describe('what can be done to a node', () => {
  it('fits its state', () => {
    expect(verbs('worker-1')).toEqual(['crash', 'pause', 'slow']);
    const atMs = 200;
    expect(verbs('worker-1', { atMs, script: [{ atMs: 100, do: 'crash', target: 'worker-1' }] })).toEqual([
      'restart',
      'wipeDisk',
    ]);
    expect(verbs('worker-1', { atMs, script: [{ atMs: 100, do: 'pause', target: 'worker-1' }] })).toEqual([
      'crash',
      'resume',
      'slow',
    ]);
  });

  it('ends a slowness instead of adding another one', () => {
    const slow = actionsOf('worker-1', {
      atMs: 200,
      script: [{ atMs: 100, do: 'slow', target: 'worker-1', factor: 4 }],
    }).find((action) => action.do === 'slow')!;
    expect(slow.label).toBe('Usual pace');
    expect(slow.command).toEqual({ do: 'slow', target: 'worker-1', factor: 1 });
  });

  it('begins with what only this kind can do', () => {
    expect(verbs('producer-1')[0]).toBe('submit');
    const parameters = { dependencyConcurrency: 2 };
    expect(verbs('image-store', { parameters })[0]).toBe('outage');
    expect(verbs('image-store', { parameters, atMs: 200, script: [{ atMs: 100, do: 'outage' }] })[0]).toBe('recover');
  });

  it('sets clocks wrong where a lease is timed by them, and right again', () => {
    const session = sessionOf('kill-the-coordinator');
    const skews = (address: string) => {
      const { world, frame } = session.getState();
      return nodeActions(world, frame.view, address).filter((action) => action.do === 'skew');
    };
    expect(skews('coordinator-2').length).toBeGreaterThan(1);
    expect(skews('lock-service').length).toBeGreaterThan(1);
    expect(skews('storage')).toEqual([]);
    for (const { command } of skews('coordinator-2')) {
      session.getState().deed(command);
      session.getState().seek(session.getState().viewMicros + 1_000);
      expect(skews('coordinator-2').map(({ label }) => label)).toEqual(['Set its clock right']);
      session.getState().deed(skews('coordinator-2')[0]!.command);
      session.getState().seek(session.getState().viewMicros + 1_000);
    }
    expect(skews('coordinator-2').length).toBeGreaterThan(1);
  });

  it('stops a coordinator cleanly, first of all', () => {
    const { world, frame } = sessionOf('kill-the-coordinator').getState();
    expect(nodeActions(world, frame.view, 'coordinator-1').map((action) => action.do)).toEqual([
      ...['stop', 'crash', 'pause', 'skew', 'skew', 'skew', 'slow'],
    ]);
  });

  it('redrives where there are dead letters, and only there', () => {
    expect(verbs('dead-letter-queue')).not.toContain('redrive');
    const parameters = { failureProbability: 1, retryStrategy: 'requeue', maxReceiveCount: 1, processingMs: 100 };
    const actions = actionsOf('dead-letter-queue', { parameters, atMs: 8_000 });
    expect(actions.slice(0, 2).map((action) => action.command)).toEqual([
      { do: 'redrive' },
      { do: 'redrive', ratePerSecond: 1 },
    ]);
  });

  it('is understood by the run: every action changes something', () => {
    for (const address of ['worker-1', 'broker', 'producer-1', 'result-store', 'dead-letter-queue']) {
      for (const { command, sentence } of actionsOf(address, { atMs: 1_000 })) {
        const session = workQueueSession({ atMs: 1_000 });
        session.getState().deed(command);
        expect(session.getState().notice, `${address}: ${JSON.stringify(command)}`).toBeUndefined();
        expect(sentence.length).toBeGreaterThan(10);
      }
    }
  });

  it('is nothing for who is not there', () => {
    expect(actionsOf('worker-99')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { shareOf } from '../../src/geometry/motion.ts';
import { pick } from '../../src/geometry/picking.ts';
import { planRaft, raftCastOf, raftSceneOf } from '../../src/geometry/raftStage.ts';
import type { Scene, SceneNode } from '../../src/geometry/scene.ts';
import type { Command, Parameters } from '../../src/kernel/types.ts';
import type { Server } from '../../src/protocols/raft/index.ts';
import { RaftRun } from './support/raftRun.ts';

const SIZE = { width: 1000, height: 620 };

function sceneAt(run: RaftRun): Scene {
  const drops = run.facts('messageDropped');
  return raftSceneOf(planRaft(raftCastOf(run.view), SIZE), run.view, run.micros, { drops });
}

function nodeOf(scene: Scene, address: string): SceneNode {
  return scene.nodes.find((node) => node.address === address)!;
}

/** A run until somebody is in a state, at the latest until `untilMs`. */
function runTo(isThere: (run: RaftRun) => boolean, parameters: Parameters, script: [number, Command][] = []): RaftRun {
  const run = new RaftRun(parameters, script);
  for (let steps = 0; !isThere(run); steps++) {
    if (steps > 5_000) throw new Error('it never came to that');
    run.step();
  }
  return run;
}

const isInState = (state: string) => (run: RaftRun) =>
  run.view.addresses().some((address) => run.view.process(address)?.state === state);

describe('a server', () => {
  it('shows role and term as they are, of every server, at any moment', () => {
    const run = new RaftRun({}, [[600, { do: 'crash', target: 'leader' }]]);
    for (let ms = 0; ms <= 1_200; ms += 50) {
      run.to(ms);
      const scene = sceneAt(run);
      for (let n = 1; n <= 5; n++) {
        const process = run.view.process(`server-${n}`)!;
        const node = nodeOf(scene, `server-${n}`);
        expect(node.server?.role).toBe(process.state);
        expect(node.status).toBe(process.status);
        const disk = process.status === 'crashed' ? process.disk : (process.data as Server).disk;
        expect(node.server?.term).toBe((disk as Server['disk']).currentTerm);
      }
    }
  });

  it('has a dot for every voter while it asks for votes, filled for who granted it', () => {
    const run = runTo(isInState('candidate'), { preVote: false, checkQuorum: false });
    const address = run.view.addresses().find((one) => run.view.process(one)?.state === 'candidate')!;
    const looks = () => nodeOf(sceneAt(run), address).server!.votes.map(({ voter, look }) => [voter, look]);
    expect(looks()).toHaveLength(5);
    expect(looks().filter(([, look]) => look === 'granted')).toEqual([[address, 'granted']]);
    while (((run.view.process(address)!.data as Server).candidacy?.granted.length ?? 0) < 2) run.step();
    expect(looks().filter(([, look]) => look === 'granted')).toHaveLength(2);
  });

  it('loses its votes when it leads', () => {
    const run = runTo(isInState('leader'), {});
    expect(sceneAt(run).nodes.flatMap((node) => node.server?.votes ?? [])).toEqual([]);
  });

  it('has a ring that ends when it stands for election, by its own clock too', () => {
    const script: [number, Command][] = [[1, { do: 'skew', target: 'server-2', ratePpm: 2_000_000 }]];
    const run = new RaftRun({}, script).to(20);
    const scene = sceneAt(run);
    for (const address of ['server-1', 'server-2', 'server-3']) {
      const [ring] = nodeOf(scene, address).gauges;
      const timer = run.view.process(address)!.timers.find(({ name }) => name === 'election')!;
      expect(ring).toMatchObject({ role: 'election', shows: 'left' });
      // A clock counts whole microseconds.
      expect(shareOf(ring!, timer.dueMicros)).toBeCloseTo(0, 4);
      expect(shareOf(ring!, timer.dueMicros - 10_000)).toBeGreaterThan(0.02);
    }
    expect(nodeOf(scene, 'server-2').server?.clockTurn).toBeDefined();
    expect(nodeOf(scene, 'server-1').server?.clockTurn).toBeUndefined();
  });

  it('has a ring on one scale with all others: the shortest rest is the one that ends first', () => {
    const run = new RaftRun({ electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300 });
    for (const ms of [10, 60, 430]) {
      const scene = sceneAt(run.to(ms));
      for (const { address, gauges, server } of scene.nodes) {
        if (server?.role !== 'follower') continue;
        const timer = run.view.process(address)!.timers.find(({ name }) => name === 'election')!;
        expect(shareOf(gauges[0]!, run.micros)).toBeCloseTo((timer.dueMicros - run.micros) / 300_000, 4);
      }
    }
  });

  it('stands still with its ring while it is paused', () => {
    const run = new RaftRun({}, [[30, { do: 'pause', target: 'server-3' }]]).to(30);
    const [ring] = nodeOf(sceneAt(run), 'server-3').gauges;
    expect(shareOf(ring!, 30_000)).toBe(shareOf(ring!, 90_000));
  });

  it('looks different outside the configuration, as a learner, and in a joint change', () => {
    const parameters = { servers: 3, spareServers: 1 };
    const before = new RaftRun(parameters).to(400);
    expect(nodeOf(sceneAt(before), 'server-4').server?.membership).toBe('outside');
    expect(sceneAt(before).rings?.map(({ look }) => look)).toEqual(['members']);
    const seen = new Set<string>();
    let rings = 0;
    const run = new RaftRun(parameters, [[400, { do: 'addServer', target: 'server-4' }]]).to(399);
    for (let ms = 399; ms <= 900; ms += 2) {
      const scene = sceneAt(run.to(ms));
      seen.add(nodeOf(scene, 'server-4').server!.membership);
      rings = Math.max(rings, scene.rings?.length ?? 0);
    }
    expect([...seen]).toEqual(['outside', 'learner', 'joining', 'voter']);
    expect(rings).toBe(2);
  });
});

describe('a message', () => {
  const formsOf = (scene: Scene) => new Set(scene.movers.map(({ shape }) => shape?.form));

  it('has a shape of its own by what it says', () => {
    const asking = runTo((run) => run.view.inFlight().some(({ message }) => message.kind === 'preVote'), {});
    expect(sceneAt(asking).movers.map(({ shape }) => [shape?.form, shape?.isHollow])).toContainEqual(['diamond', true]);
    const voting = runTo((run) => run.view.inFlight().some(({ message }) => message.kind === 'requestVote'), {
      preVote: false,
    });
    expect(sceneAt(voting).movers.map(({ shape }) => [shape?.form, shape?.isHollow])).toContainEqual([
      'diamond',
      false,
    ]);
    const seen = new Set<string | undefined>();
    for (let ms = 300; ms < 700; ms += 4) for (const form of formsOf(sceneAt(voting.to(ms)))) seen.add(form);
    expect(seen).toContain('capsule');
    expect(seen).toContain('chip');
  });

  it('tells how many entries it carries, and nothing on a heartbeat', () => {
    const run = new RaftRun({ linkMs: 30 }).to(450);
    let checked = 0;
    for (let ms = 450; ms < 800; ms += 5) {
      const scene = sceneAt(run.to(ms));
      for (const { id, copy, message } of run.view.inFlight()) {
        if (message.kind !== 'appendEntries') continue;
        const mover = scene.movers.find(({ key }) => key === `m${id}.${copy}`)!;
        const count = (message.entries as readonly unknown[]).length;
        expect(mover.shape?.label).toBe(count === 0 ? undefined : String(count));
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(10);
  });

  it('has another side than what comes the other way', () => {
    const scene = (run: RaftRun) => planRaft(raftCastOf(run.view), SIZE);
    const { ways } = scene(new RaftRun({}));
    const there = ways.wayOf('server-1', 'server-3')!.points[10]!;
    const back = ways.wayOf('server-3', 'server-1')!.points[10]!;
    expect(Math.hypot(there.x - back.x, there.y - back.y)).toBeGreaterThan(12);
  });

  it('can be picked where it is', () => {
    const run = new RaftRun({ linkMs: 30 }).to(460);
    const scene = sceneAt(run);
    const { curve, startMicros, endMicros, messageId } = scene.movers.find(({ messageId: id }) => id !== undefined)!;
    const share = (run.micros - startMicros) / (endMicros - startMicros);
    const at = curve.points[Math.round(share * (curve.points.length - 1))]!;
    const picked = pick(scene, run.micros, at, 22);
    expect(picked?.kind).toBe('message');
    expect(run.view.inFlight().some(({ id }) => id === messageId)).toBe(true);
  });

  it('breaks where it was dropped, with the reason', () => {
    const run = new RaftRun({}, [[500, { do: 'cut', from: 'leader', to: 'any-follower' }]]).to(620);
    const broken = sceneAt(run).movers.filter(({ kind }) => kind === 'lost');
    expect(broken.some(({ reason }) => reason === 'cut off')).toBe(true);
  });
});

describe('a cut', () => {
  it('lies between the sides of a partition that a line can keep apart', () => {
    const sides = [['server-1', 'server-2'], ['rest']];
    const run = new RaftRun({ clients: 0 }, [[300, { do: 'partition', sides }]]).to(310);
    const scene = sceneAt(run);
    const [cut] = scene.cuts!;
    const [x1, y1, x2, y2] = cut!.d!.match(/-?[\d.]+/g)!.map(Number) as [number, number, number, number];
    const sideOf = (address: string) => {
      const { x, y } = nodeOf(scene, address).server!.centre;
      return Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
    };
    expect(sideOf('server-1')).toBe(sideOf('server-2'));
    for (const other of ['server-3', 'server-4', 'server-5']) expect(sideOf(other)).toBe(-sideOf('server-1'));
    expect(scene.links.filter(({ isDark }) => isDark)).toHaveLength(6);
  });

  it('has letters where no line keeps the sides apart', () => {
    const sides = [['server-1', 'server-3'], ['rest']];
    const run = new RaftRun({ clients: 0 }, [[300, { do: 'partition', sides }]]).to(310);
    const [cut] = sceneAt(run).cuts!;
    expect(cut?.d).toBeUndefined();
    expect(cut?.tags.filter(({ text }) => text === 'A').map(({ key }) => key)).toEqual(['server-1', 'server-3']);
  });

  it('of one way is an arrow that points where it is open', () => {
    const cut = { do: 'cut', from: 'server-1', to: 'server-4', bothWays: false } as const;
    const scene = sceneAt(new RaftRun({}, [[300, cut]]).to(310));
    const link = scene.links.find(({ key }) => key === 'server-1>server-4')!;
    const [from, to] = [nodeOf(scene, 'server-4').server!.centre, nodeOf(scene, 'server-1').server!.centre];
    expect(link.cut?.isOneWay).toBe(true);
    expect(link.cut!.dx * (to.x - from.x) + link.cut!.dy * (to.y - from.y)).toBeGreaterThan(0);
  });
});

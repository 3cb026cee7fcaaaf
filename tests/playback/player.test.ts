import { describe, expect, it } from 'vitest';
import { createPlayer, PAUSED_WHILE_AWAY, type PlayerHost } from '../../src/playback/player.ts';
import { createSession, type Session } from '../../src/playback/session.ts';
import { tokenScenario, tokenWorld } from '../support/tokenWorld.ts';

/** A browser whose frames come when the test says so. */
class FakeHost implements PlayerHost {
  atMs = 1_000;
  /** What the clock of the frames missed. */
  sleptMs = 0;
  hidden = false;
  private waiting = new Map<number, (atMs: number) => void>();
  private nextId = 1;
  private listeners = new Set<() => void>();

  requestFrame(callback: (atMs: number) => void): number {
    this.waiting.set(this.nextId, callback);
    return this.nextId++;
  }
  cancelFrame(id: number): void {
    this.waiting.delete(id);
  }
  isHidden(): boolean {
    return this.hidden;
  }
  wallMs(): number {
    return this.atMs + this.sleptMs;
  }
  onVisibility(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  get isAsked(): boolean {
    return this.waiting.size > 0;
  }
  frame(afterMs: number): void {
    this.atMs += afterMs;
    const callbacks = [...this.waiting.values()];
    this.waiting.clear();
    for (const callback of callbacks) callback(this.atMs);
  }
  setHidden(hidden: boolean): void {
    this.hidden = hidden;
    for (const listener of this.listeners) listener();
  }
}

function setUp(): { session: Session; host: FakeHost; player: { destroy(): void } } {
  const session = createSession({ world: tokenWorld, scenario: tokenScenario({ untilMs: 60_000 }), now: () => 0 });
  const host = new FakeHost();
  return { session, host, player: createPlayer(session, host) };
}

describe('the player', () => {
  it('asks for frames only while the session plays, and advances by the time between them', () => {
    const { session, host } = setUp();
    expect(host.isAsked).toBe(false);
    session.getState().play();
    host.frame(16);
    host.frame(16);
    host.frame(20);
    expect(session.getState().viewMicros).toBe(36_000);
    session.getState().pause();
    expect(host.isAsked).toBe(false);
    host.atMs += 3_000;
    session.getState().play();
    host.frame(16);
    host.frame(10);
    expect(session.getState().viewMicros).toBe(46_000);
  });

  it('stops in a hidden tab and does not catch up', () => {
    const { session, host } = setUp();
    session.getState().play();
    host.frame(16);
    host.frame(16);
    host.setHidden(true);
    expect(host.isAsked).toBe(false);
    host.atMs += 4_000;
    host.setHidden(false);
    host.frame(16);
    expect(session.getState().viewMicros).toBe(16_000);
    host.frame(16);
    expect(session.getState().viewMicros).toBe(32_000);
  });

  it('waits at the same moment after a long absence', () => {
    const { session, host } = setUp();
    session.getState().play();
    host.frame(16);
    host.frame(16);
    host.frame(3_600_000);
    expect(session.getState()).toMatchObject({ viewMicros: 16_000, playing: false, notice: PAUSED_WHILE_AWAY });
    expect(host.isAsked).toBe(false);
  });

  it('waits after a sleep in which the clock of the frames stood still', () => {
    const { session, host } = setUp();
    session.getState().play();
    host.frame(16);
    host.frame(16);
    host.setHidden(true);
    host.sleptMs += 600_000;
    host.setHidden(false);
    host.frame(16);
    expect(session.getState()).toMatchObject({ viewMicros: 16_000, playing: false, notice: PAUSED_WHILE_AWAY });
    session.getState().play();
    host.frame(16);
    host.frame(16);
    expect(session.getState()).toMatchObject({ viewMicros: 32_000, playing: true, notice: undefined });
  });

  it('waits where the page was left before its first frame', () => {
    const { session, host } = setUp();
    session.getState().play();
    host.setHidden(true);
    host.atMs += 60_000;
    host.setHidden(false);
    host.frame(16);
    expect(session.getState()).toMatchObject({ viewMicros: 0, playing: false, notice: PAUSED_WHILE_AWAY });
  });

  it('does not count a pause of the run as an absence', () => {
    const { session, host } = setUp();
    session.getState().play();
    host.frame(16);
    session.getState().pause();
    host.atMs += 60_000;
    session.getState().play();
    host.frame(16);
    host.frame(16);
    expect(session.getState()).toMatchObject({ viewMicros: 16_000, playing: true });
  });

  it('lets go of everything', () => {
    const { session, host, player } = setUp();
    session.getState().play();
    player.destroy();
    expect(host.isAsked).toBe(false);
    session.getState().pause();
    session.getState().play();
    expect(host.isAsked).toBe(false);
  });
});

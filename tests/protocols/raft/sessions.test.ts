import { describe, expect, it } from 'vitest';
import {
  askSession,
  keptReply,
  NO_SESSIONS,
  registerSession,
  rememberReply,
  SESSIONS_MOST,
  type Sessions,
  type SessionUse,
  touchSession,
} from '../../../src/protocols/raft/sessions.ts';

const use = (number: number, rest: Partial<SessionUse> = {}): SessionUse => ({
  client: 'client-1',
  session: 1,
  number,
  firstOpenNumber: 0,
  ...rest,
});

const one = registerSession(NO_SESSIONS, 'client-1', 1);

/** Sessions 1, 2, … up to `count`. */
function registerMany(count: number): Sessions {
  let sessions = NO_SESSIONS;
  for (let index = 1; index <= count; index += 1) sessions = registerSession(sessions, `client-${index}`, index);
  return sessions;
}

describe('a session', () => {
  it('keeps a reply and gives it back, for its own number alone', () => {
    const sessions = rememberReply(one, use(5), { value: 50 }, 2);
    expect(askSession(sessions, 1, 5)).toEqual({ is: 'kept', result: { value: 50 } });
    expect(askSession(sessions, 1, 6)).toEqual({ is: 'new' });
    expect(keptReply(sessions, 1, 5)).toEqual({ value: 50 });
    expect(keptReply(sessions, 1, 6)).toBeUndefined();
  });

  it('forgets the replies that the client has, and calls such a number expired, not new', () => {
    let sessions = rememberReply(one, use(5), { value: 50 }, 2);
    sessions = rememberReply(sessions, use(6), { value: 60 }, 3);
    sessions = rememberReply(sessions, use(7, { firstOpenNumber: 6 }), { value: 70 }, 4);
    expect(sessions.get(1)!.replies.map((reply) => reply.number)).toEqual([6, 7]);
    expect(askSession(sessions, 1, 5)).toEqual({ is: 'expired' });
  });

  it('takes replies out of order: a later number may take effect first', () => {
    const sessions = rememberReply(one, use(6, { firstOpenNumber: 5 }), { value: 60 }, 2);
    expect(askSession(sessions, 1, 5)).toEqual({ is: 'new' });
  });

  it('does not remember again what it forgot when an old repetition arrives late', () => {
    let sessions = rememberReply(one, use(7, { firstOpenNumber: 7 }), { value: 70 }, 2);
    sessions = touchSession(sessions, use(7, { firstOpenNumber: 3 }), 3);
    expect(askSession(sessions, 1, 5)).toEqual({ is: 'expired' });
  });

  it('that was never registered is expired, not fresh', () => {
    expect(askSession(one, 2, 1)).toEqual({ is: 'expired' });
    expect(touchSession(one, use(1, { session: 2 }), 5)).toBe(one);
  });

  it('is opened by a reply only in a table of the leader alone', () => {
    const sessions = rememberReply(NO_SESSIONS, use(5), { value: 50 }, 2);
    expect(keptReply(sessions, 1, 5)).toEqual({ value: 50 });
  });
});

describe('the bound on sessions', () => {
  it('forgets the one that was out of use for longest', () => {
    const full = registerMany(SESSIONS_MOST);
    const over = registerSession(full, 'client-new', 1_000);
    expect(over.size).toBe(SESSIONS_MOST);
    expect(askSession(over, 1, 1)).toEqual({ is: 'expired' });
    expect(askSession(over, 2, 1)).toEqual({ is: 'new' });
  });

  it('counts a reply and a repetition as use', () => {
    let full = registerMany(SESSIONS_MOST);
    full = rememberReply(full, use(1), { value: 1 }, 500);
    full = touchSession(full, use(1, { session: 2 }), 501);
    const over = registerSession(registerSession(full, 'client-new', 1_000), 'client-newer', 1_001);
    expect([1, 2, 3, 4, 5].filter((session) => over.has(session))).toEqual([1, 2, 5]);
  });

  it('holds in a table of the leader alone too', () => {
    const over = rememberReply(registerMany(SESSIONS_MOST), use(1, { session: 900 }), { value: 1 }, 901);
    expect(over.size).toBe(SESSIONS_MOST);
  });
});

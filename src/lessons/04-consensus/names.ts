import type { NamePair } from '../lesson.ts';

/** The words on this page, beside those of the Raft paper (Ongaro and Ousterhout 2014, Figure 2) and the dissertation. */
export const names: readonly NamePair[] = [
  {
    ours: 'Leader, follower, candidate',
    theirs: 'the same',
    is: 'What a server is at the moment: it decides the order, copies it, or asks to be the next to decide.',
  },
  {
    ours: 'Term',
    theirs: 'currentTerm',
    is: 'A number that counts the attempts at having a leader; it stands on every message, and a lower one is out of date.',
  },
  {
    ours: 'Patience',
    theirs: 'election timeout',
    is: 'How long a server waits without hearing from a leader before it stands for election; it is drawn anew each time.',
  },
  {
    ours: 'Ballot',
    theirs: 'RequestVote',
    is: 'A candidate’s request for a vote, and the answer to it.',
  },
  {
    ours: 'Entry',
    theirs: 'log entry',
    is: 'One command in the log, with its place and with the term in which a leader took it in.',
  },
  {
    ours: 'Append',
    theirs: 'AppendEntries',
    is: 'The leader’s message that carries entries to a follower; when it carries none it only says that the leader lives.',
  },
  {
    ours: 'Committed',
    theirs: 'commitIndex',
    is: 'Up to here the log is final: it will never be changed, and clients may be told.',
  },
  {
    ours: 'Queue',
    theirs: 'state machine',
    is: 'What carries out the committed commands in their order; the same log gives the same queue on every server.',
  },
  {
    ours: 'Session',
    theirs: 'client session, serial number',
    is: 'What the queue remembers of a client, so that a request that comes twice is carried out once.',
  },
];

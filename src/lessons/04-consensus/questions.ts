import type { RoomQuestion } from '../lesson.ts';

/**
 * Ten questions for the room. Ask, let everyone write one sentence, then show. About four minutes each: take four or
 * five of them in a session, at the places that the run sheet names.
 */
export const questions: readonly RoomQuestion[] = [
  {
    n: 1,
    question: 'Five servers: how many may die, with writes still going through? And how many of six?',
    misconception: 'One more server, one more that may die.',
    note: 'Two of five, and two of six as well: more than half of six is four. The sixth server costs a copy and an acknowledgement, and buys nothing. Then ask for four: one. So the numbers are odd. Open the scenario, kill two, then a third. Point at the log: it still grows at the leader, and its committed edge stands still.',
    presets: ['kill-two-kill-three'],
    ask: 'after-the-elections',
  },
  {
    n: 2,
    question: 'What is a term, if it is not a time?',
    misconception: 'A term is a stretch of clock time, and every term has a leader.',
    note: 'It is a counter of attempts. An attempt may fail, and then its term has no leader at all: show that in the split vote. Its use is to tell old from new. Whoever sees a higher number knows that its own knowledge is out of date, and whoever receives a lower one refuses it. Ask where they have met such a number: the fencing token of Workshop 3, a version column, an ETag.',
    presets: ['split-vote'],
    ask: 'after-the-elections',
  },
  {
    n: 3,
    question: 'Two crowns on the screen at the same moment. Is that a bug?',
    misconception: 'Raft guarantees one leader at a time.',
    note: 'It guarantees one leader in each term (Raft paper, §5.2). The older of the two does not know yet that it was replaced. It can take in writes, but it cannot commit them: for that it needs a majority, and the majority has moved on. Read the terms beside the crowns. Then the step further: it cannot write, but what may it still answer? That is the stale read, in the Test stage.',
    presets: ['partition-3-2', 'minority-writes'],
    ask: 'after-the-elections',
  },
  {
    n: 4,
    question: 'The entry lies on three of five servers. Is it committed?',
    misconception: 'A majority of copies is the same as a commitment.',
    note: 'Not if the entry is of an older term (Raft paper, §5.4.2 and Figure 8). A server without it may still be elected, since its own last entry is of a newer term, and then overwrites it. A leader counts copies only for entries of its own term; what lies before them becomes final along with them. The hardest of the ten. Draw nothing; step through it twice, without the rule and with it.',
    presets: ['figure-8', 'figure-8-with-the-rule'],
    ask: 'after-the-logs',
  },
  {
    n: 5,
    question: 'Your call timed out. Did it happen?',
    misconception: 'A time-out means no.',
    note: 'Nobody can tell from here. The request was lost, or the leader died before it was committed, or after, or only the answer was lost. To the client all of these are the same silence. So there are three outcomes of a call, not two: yes, no, and unknown; etcd’s “API guarantees” say so of etcd in plain words. Ask what their HTTP client does today after a time-out, and whether anybody decided that.',
    presets: ['lost-reply'],
    ask: 'after-the-lost-answer',
  },
  {
    n: 6,
    question: '“Our broker gives you exactly once.” What exactly happens once, and where does that end?',
    misconception: 'It is the delivery that happens once.',
    note: 'Messages are sent and delivered as often as it takes. What can happen once is the effect, inside a boundary: where the state and the record of what was done are changed in one step. Here both are in the replicated queue. Show the three runs with the same six submissions and the same three losses: four jobs, seven jobs, six jobs. Then ask about the mail that a worker sends. It lies outside.',
    presets: ['at-most-once', 'at-least-once', 'exactly-once'],
    ask: 'after-the-lost-answer',
  },
  {
    n: 7,
    question: 'How long must the queue remember which requests it has already carried out?',
    misconception: 'For ever; or five minutes, as everyone does.',
    note: 'As long as a repeat may still come, and nobody knows how long that is. The memory is state: it costs room, it is copied like everything else, and one day it is cleared. From then on, once is a bet. Real numbers: Amazon SQS FIFO queues compare for 5 minutes, DynamoDB transactions keep a client’s token for 10. And if only the leader remembers? Then its death makes everyone forget: in the controls, among the rules to break, switch off “Request numbers are replicated”.',
    presets: ['lost-reply-with-sessions', 'exactly-once'],
    ask: 'after-the-lost-answer',
  },
  {
    n: 8,
    question: 'A read changes nothing. So may the leader simply answer it from its memory?',
    misconception: 'Reads at the leader are always safe.',
    note: 'It may have been replaced without knowing it. Read index: ask a majority first whether one still leads; costs a round trip (dissertation, §6.4). Lease: trust that nobody else can lead yet; costs faith in the clocks (§6.4.1). Stale: answer at once; costs the truth. Let them choose for three cases: a bank balance, a dashboard, a lock. The answers should differ.',
    presets: ['stale-read', 'stale-read-index', 'stale-read-lease', 'stale-read-lease-drift'],
    ask: 'at-the-end',
  },
  {
    n: 9,
    question: 'CAP says “two of three”. Which two did this cluster choose?',
    misconception: 'One picks two, once, for the whole system.',
    note: 'Nobody picks the cut: it comes. While it lasts, each operation on the cut-off side must either be refused or be answered without knowing the latest. The big side gives up nothing but the time of an election. Without a cut the price is another one: waiting for a majority that may be far away. Show the three runs, then the three continents.',
    presets: ['cap-consistent', 'cap-stale', 'cap-wait', 'three-continents'],
    ask: 'at-the-end',
  },
  {
    n: 10,
    question: 'When would you not use consensus?',
    misconception: 'It makes things reliable, so more of it is better.',
    note: 'Each write costs a round to a majority, and all writes go through one leader. So keep in it what is small and important: who leads, which share lies where, which change came first. Let the bulk flow through queues with idempotent consumers. Ask everyone: which state of our system deserves it, and which got it by accident? Look at DynamoDB, Cosmos DB, Spanner and etcd with that question.',
    presets: ['three-continents'],
    ask: 'at-the-end',
  },
];

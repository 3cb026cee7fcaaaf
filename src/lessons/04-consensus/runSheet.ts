import { leasePart } from '../03-leader-election/runSheet.ts';
import type { RunSheetRow } from '../lesson.ts';

/** The 90 minutes, for who leads. */
export const runSheet: readonly RunSheetRow[] = [
  {
    fromMinute: 0,
    minutes: 4,
    stage: 'context',
    do: 'Put the link and its QR code on the wall. Everyone opens it, paused. Ask for the one machine at work that must not die: what stands still if it does? Then the first button of Context: the queue on one server.',
    presets: ['kill-the-leader'],
  },
  {
    fromMinute: 4,
    minutes: 8,
    stage: 'context',
    do: 'Two copies and a cut cable: let the room find out why two are not enough. Then the log, the majority and the names. Everyone bets on who will lead.',
    presets: ['elect'],
  },
  {
    fromMinute: 12,
    minutes: 14,
    stage: 'observe',
    do: 'Kill the leader, with bets; stop before the vote and ask who will win. Then the split vote, two and three dead, and the cut. Read the terms aloud each time.',
    presets: ['kill-the-leader', 'split-vote', 'kill-two-kill-three', 'partition-3-2', 'minority-writes'],
  },
  {
    fromMinute: 26,
    minutes: 8,
    stage: 'discuss',
    do: 'One sentence on paper for each question, then the answers, then the scenario.',
    presets: ['kill-two-kill-three', 'split-vote', 'partition-3-2'],
    questions: [1, 2, 3],
  },
  {
    fromMinute: 34,
    minutes: 11,
    stage: 'observe',
    do: 'Logs that differ, then the entry on three of five. Ask before you play it. Step through it twice: without the rule, and with it.',
    presets: ['figure-7', 'figure-8', 'figure-8-with-the-rule'],
    questions: [4],
    slack: 'Leave out the logs that differ, and go straight to the entry on three of five.',
  },
  {
    fromMinute: 45,
    minutes: 6,
    stage: 'observe',
    do: 'The lost answer, without sessions and with them; then the same losses under three ways of asking again. Write the three counts on the board.',
    presets: ['lost-reply', 'lost-reply-with-sessions', 'at-most-once', 'at-least-once', 'exactly-once'],
    questions: [5, 6],
  },
  {
    fromMinute: 51,
    minutes: 13,
    stage: 'implement',
    do: 'In pairs: choose patience, heartbeat, pre-vote, the way of asking again and the way of reading, so that every situation is met at once.',
    presets: ['too-tight', 'disruptive'],
  },
  {
    fromMinute: 64,
    minutes: 9,
    stage: 'test',
    do: 'Run each pair’s settings over a hundred seeds. Compare the counts. Open one seed that failed and read what happened.',
    presets: ['too-tight'],
    questions: [7],
  },
  {
    fromMinute: 73,
    minutes: 10,
    stage: 'test',
    do: 'The stale read in its four forms, about a minute each. Then one cut and three promises: whose requests fail, on which side, for how long?',
    presets: ['stale-read', 'stale-read-index', 'stale-read-lease-drift', 'cap-consistent', 'cap-stale', 'cap-wait'],
    questions: [8, 9],
    slack: 'Leave out the lease reads.',
  },
  {
    fromMinute: 83,
    minutes: 5,
    stage: 'reflect',
    do: 'Three continents, then the last question. Each person names one piece of state at work that deserves this price, and one that pays it and does not deserve it.',
    presets: ['three-continents'],
    questions: [10],
  },
  {
    fromMinute: 88,
    minutes: 2,
    stage: 'reflect',
    do: 'Everyone copies the link of the run that they want to keep, and sends it to one colleague.',
    presets: [],
  },
];

/** “Kill the leader”, in 20 minutes, without preparation: for a talk, a team meeting, a stand. */
export const killTheLeader: readonly RunSheetRow[] = [
  {
    fromMinute: 0,
    minutes: 2,
    stage: 'observe',
    do: 'The scenario stands on the wall, paused. Everyone bets: how long is nobody in charge?',
    presets: ['kill-the-leader'],
  },
  {
    fromMinute: 2,
    minutes: 3,
    stage: 'observe',
    do: 'Play. It stops before the vote: who will win, and why? Play on. Then press the big button yourself, at a moment that the room calls out.',
    presets: ['kill-the-leader'],
  },
  {
    fromMinute: 5,
    minutes: 4,
    stage: 'observe',
    do: 'The room calls out what to break next. Show the split vote, then two dead and three dead.',
    presets: ['split-vote', 'kill-two-kill-three'],
  },
  {
    fromMinute: 9,
    minutes: 4,
    stage: 'observe',
    do: 'Cut the cluster in two. Two crowns: is that split brain? Point at the terms, and at the one committed edge that moves.',
    presets: ['partition-3-2'],
  },
  leasePart,
  {
    fromMinute: 17,
    minutes: 2,
    stage: 'reflect',
    do: 'One person breaks it on a phone and sends the link. Open it on the wall: the same run, to the microsecond.',
    presets: ['kill-the-leader'],
  },
  {
    fromMinute: 19,
    minutes: 1,
    stage: 'discuss',
    do: 'End with the question what a term is. The fencing token of Workshop 3 and the term are the same idea: a number by which old is told from new.',
    presets: [],
    questions: [2],
  },
];

import type { World } from '../../types.ts';

/** What the replicated-queue world leaves out, and what a real service does instead. */
export const notModelledInReplicatedQueue: World['notModelled'] = [
  {
    what: 'A message costs the same however large it is.',
    real: 'Bandwidth is a limit: a large snapshot delays the heartbeats behind it, so real servers send it on its own connection or throttle it.',
  },
  {
    what: 'A disk either has a write or not, and never lies.',
    real: 'Writes tear, disks go bad silently, and some say “done” before it is true. Real logs carry checksums. A server whose disk lost what it promised must not vote again under its old name.',
  },
  {
    what: 'Nobody lies: a server is silent or slow, but follows the rules.',
    real: 'Raft does not guard against servers that send false messages. That takes other protocols (Byzantine fault tolerance), more servers and more messages.',
  },
  {
    what: 'Handling a message takes no time.',
    real: 'Under load the leader itself becomes slow: its processor, not the network, decides how many writes a second it takes.',
  },
  {
    what: 'A session is forgotten only when 64 newer ones were used.',
    real: 'Real systems also expire them after a time, which the servers must agree upon. A client that comes back after that has lost its protection against doing things twice.',
  },
  {
    what: 'There is one group of servers for all data.',
    real: 'Large systems run thousands of Raft groups, one for each range of keys, share heartbeats among them, and spread the leaders over the machines.',
  },
  {
    what: 'Clients know all servers from the start.',
    real: 'They find them by DNS, a load balancer or a list that can be out of date.',
  },
  {
    what: 'Reads are served by the leader, or stale by anybody.',
    real: 'Followers can serve fresh reads too, if they ask the leader for its read index first.',
  },
  {
    what: 'The three continents have constant distances.',
    real: 'Routes change, and the slowest one in a hundred messages can take many times as long as the middle one.',
  },
  {
    what: 'All of it runs in one page, on simulated time.',
    real: 'Between real machines, clocks disagree, messages are large, and the thing that fails is often the one that should report it.',
  },
];

/** Something to read next. Plain links: the page itself asks nothing of these sites. */
export type Reading = {
  readonly title: string;
  readonly by?: string;
  readonly url: string;
  /** One sentence: why this one. */
  readonly why: string;
};

export const reading: readonly Reading[] = [
  {
    title: 'Designing Data-Intensive Applications',
    by: 'Martin Kleppmann',
    url: 'https://dataintensive.net/',
    why: 'If you read one book, read this: replication, transactions, the trouble with distributed systems, and streams.',
  },
  {
    title: 'Database Internals',
    by: 'Alex Petrov',
    url: 'https://www.databass.dev/',
    why: 'Its second half takes failure detection, leader election, replication and consensus apart, piece by piece.',
  },
  {
    title: 'Understanding Distributed Systems',
    by: 'Roberto Vitillo',
    url: 'https://understandingdistributed.systems/',
    why: 'The shortest way from programming one machine to running many, written for people who build applications.',
  },
  {
    title: 'AWS Architecture Blog',
    by: 'Amazon Web Services',
    url: 'https://aws.amazon.com/blogs/architecture/',
    why: 'How large systems are put together on AWS; home of the measurements of backoff and jitter that we reproduce.',
  },
  {
    title: 'Azure Architecture Center',
    by: 'Microsoft',
    url: 'https://learn.microsoft.com/azure/architecture/',
    why: 'A catalogue of patterns (retry, circuit breaker, competing consumers, leader election), each with when not to use it.',
  },
  {
    title: 'Jepsen',
    by: 'Kyle Kingsbury',
    url: 'https://jepsen.io/',
    why: 'Real databases and queues, broken on purpose, with what they promised beside what they did.',
  },
  {
    title: 'The Paper Trail',
    by: 'Henry Robinson',
    url: 'https://www.the-paper-trail.org/',
    why: 'Explains the famous results, and why they matter, to readers who do not want to begin with the proofs.',
  },
  {
    title: 'The Raft Consensus Algorithm',
    by: 'Diego Ongaro and John Ousterhout',
    url: 'https://raft.github.io/',
    why: 'The paper, talks, and a list of implementations of the consensus algorithm that was made to be understood.',
  },
  {
    title: 'Paxos Made Simple',
    by: 'Leslie Lamport',
    url: 'https://lamport.azurewebsites.net/pubs/paxos-simple.pdf',
    why: 'The older algorithm in its inventor’s plain words; read it after Raft and see how much of it you know already.',
  },
  {
    title: 'Time, Clocks, and the Ordering of Events in a Distributed System',
    by: 'Leslie Lamport',
    url: 'https://lamport.azurewebsites.net/pubs/time-clocks.pdf',
    why: 'Where “happened before” comes from: the idea behind every causal chain that you see on this page.',
  },
];

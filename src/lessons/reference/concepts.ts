/** A word that the lessons use, explained so that one may decide for or against the thing. */
export type ConceptEntry = {
  readonly id: string;
  readonly name: string;
  /** A challenge is a difficulty that one has; a pattern is something that one can do. */
  readonly kind: 'challenge' | 'pattern';
  readonly what: string;
  /** When to use it; for a challenge: where one meets it. */
  readonly when: string;
  /** When not to; for a challenge: where it does not arise. */
  readonly whenNot: string;
  readonly costs: string;
  /** The scenario of the library that shows it; undefined: one is coming. */
  readonly scenario?: string;
  readonly related?: readonly string[];
};

export const concepts: readonly ConceptEntry[] = [
  {
    id: 'race-conditions',
    name: 'Race conditions',
    kind: 'challenge',
    what: 'The outcome depends on who comes first, and nothing makes sure that the wrong order cannot happen.',
    when: 'Wherever two parties look at something and then act on what they saw, with a gap in between.',
    whenNot: 'Where looking and acting are one indivisible step, or where only one party ever acts.',
    costs:
      'A bug that passes nearly every test. The cure costs an indivisible step somewhere, and that step can become the narrow place.',
    scenario: 'two-grab-one',
    related: ['visibility-timeouts', 'fencing-tokens', 'idempotency'],
  },
  {
    id: 'failure-detection',
    name: 'Failure detection',
    kind: 'challenge',
    what: 'Deciding, from silence alone, that someone is dead. Dead, slow, paused and cut off look the same from outside.',
    when: 'Whenever work has to be taken over from someone who stopped.',
    whenNot: 'When a late answer is as good as an early one: then simply wait.',
    costs:
      'A choice between two mistakes. A short patience declares the living dead; a long one leaves the work of the dead lying.',
    scenario: 'timeout-too-short',
    related: ['visibility-timeouts', 'heartbeats', 'health-checks'],
  },
  {
    id: 'consensus',
    name: 'Consensus',
    kind: 'challenge',
    what: 'Several machines agree on one value, or one order of values, though some of them may fail and messages get lost.',
    when: 'For small, important state: who leads, who holds which share, which change came first.',
    whenNot: 'For bulk data, or where a merge of both versions is acceptable.',
    costs: 'A round trip to a majority for each decision, and no decisions at all without a majority.',
    scenario: 'partition-3-2',
    related: ['quorums', 'replicated-state-machines', 'leader-election', 'consistency'],
  },
  {
    id: 'fairness',
    name: 'Fairness',
    kind: 'challenge',
    what: 'How evenly the work, or the waiting, is spread over those who share it.',
    when: 'When some customers, or some workers, are much busier than others.',
    whenNot: 'When only the total matters, as in a night’s batch.',
    costs:
      'An even share of jobs is not an even share of work, and strict turns can leave a fast worker idle behind a slow one.',
    related: ['work-stealing', 'backpressure'],
  },
  {
    id: 'consistency',
    name: 'Consistency',
    kind: 'challenge',
    what: 'What a reader may expect to see after someone has written: the newest value always, or in time, or in some agreed order.',
    when: 'Wherever there is more than one copy, and a cache is a copy.',
    whenNot: 'With a single copy that answers one request after the other.',
    costs:
      'The stricter the promise, the more waiting for other copies, and the less one can answer while cut off from them.',
    scenario: 'stale-read',
    related: ['linearizability', 'cap', 'consensus'],
  },
  {
    id: 'quorums',
    name: 'Quorums',
    kind: 'pattern',
    what: 'A number of members large enough that any two such groups have a member in common; most often, more than half.',
    when: 'When copies must decide though some of them are out of reach, and two sides must never decide differently.',
    whenNot: 'With two copies: more than half of two is both, so either one that fails stops everything.',
    costs:
      'Each decision waits for the slowest member of the quickest majority. Without a majority there are no decisions. An even number of members costs one more and stands no more deaths.',
    scenario: 'kill-two-kill-three',
    related: ['consensus', 'replicated-state-machines', 'cap'],
  },
  {
    id: 'replicated-state-machines',
    name: 'Replicated state machines',
    kind: 'pattern',
    what: 'Several servers carry out the same commands in the same order, and so come to the same state. The order stands in a log on which they agree.',
    when: 'For state that must outlive its machines and must look like one thing: a queue, a lock, a table of who does what.',
    whenNot:
      'When carrying out a command depends on chance, on a clock or on the world outside: then equal logs give different states.',
    costs:
      'Every command goes through one order and one leader. Logs must be shortened by snapshots. An effect outside, such as a mail, happens once for each server unless only one of them does it.',
    scenario: 'figure-7',
    related: ['consensus', 'quorums', 'client-sessions'],
  },
  {
    id: 'linearizability',
    name: 'Linearizability',
    kind: 'challenge',
    what: 'Every operation seems to happen at one instant between its call and its answer. Whoever asks after another was answered never sees less than that one did.',
    when: 'Wherever people or programs compare notes: a balance, a seat, a lock.',
    whenNot: 'Where an old answer does no harm, as in most dashboards; there it is paid for and not used.',
    costs:
      'A read must make sure that it is not out of date: by a round to a majority, or by trust in clocks. While cut off from the majority it cannot be answered.',
    scenario: 'stale-read-index',
    related: ['consistency', 'quorums', 'cap'],
  },
  {
    id: 'cap',
    name: 'CAP',
    kind: 'challenge',
    what: 'While the network is cut in two, the side without the majority must either refuse, or answer without knowing the latest. “Consistent, available, partition-tolerant: choose two” is the short form, and it misleads.',
    when: 'For each kind of request, as soon as there is more than one copy: decide what it should do while cut off.',
    whenNot:
      'As a label for a whole system, or as an excuse while nothing is cut: then the price of agreement is waiting, which is another question.',
    costs:
      'Refusing costs answers on the cut-off side. Answering costs certainty: the value may be old, and writes taken on both sides must be merged or dropped.',
    scenario: 'cap-consistent',
    related: ['consistency', 'linearizability', 'quorums'],
  },
  {
    id: 'client-sessions',
    name: 'Client sessions',
    kind: 'pattern',
    what: 'Each client gives its requests numbers, and the replicated state keeps the latest number and its answer for each client. A repeat gets the old answer and has no second effect.',
    when: 'When a call can time out and has to be asked again, and doing it twice would do harm.',
    whenNot: 'When the effect lies outside the state that keeps the record, or when the request is harmless to repeat.',
    costs:
      'The record is state: it is copied, kept in snapshots, and one day cleared. A client that comes back later than that is told so, or its repeat counts as new.',
    scenario: 'lost-reply-with-sessions',
    related: ['idempotency', 'exactly-once', 'replicated-state-machines'],
  },
  {
    id: 'message-queues',
    name: 'Message queues',
    kind: 'pattern',
    what: 'A place between those who ask for work and those who do it. It keeps each job until someone has finished it.',
    when: 'When work may be done later, arrives in bursts, or must survive the death of whoever does it.',
    whenNot: 'When the answer is needed now: then a queue only adds waiting, and hides that you are overloaded.',
    costs:
      'One more thing that can fail, answers that come later, and a line that grows without a sound when work arrives faster than it is done.',
    scenario: 'one-is-not-enough',
    related: ['backpressure', 'visibility-timeouts', 'dead-letter-queues'],
  },
  {
    id: 'dead-letter-queues',
    name: 'Dead-letter queues',
    kind: 'pattern',
    what: 'A second queue for jobs that were handed out as often as the limit allows. They lie there with their story until a person decides.',
    when: 'With every queue whose jobs matter: without it a hopeless job is tried for ever, or vanishes when its retention ends.',
    whenNot: 'When nobody will look. A tray without an owner and an alarm is a slow way of losing things.',
    costs:
      'Someone has to read, mend and send back. And the limit counts receives, so slow or restarted workers can send healthy jobs there.',
    scenario: 'dead-letters',
    related: ['poison-messages', 'visibility-timeouts'],
  },
  {
    id: 'visibility-timeouts',
    name: 'Visibility timeouts',
    kind: 'pattern',
    what: 'After a worker has received a job, the queue hides it for a while. If nobody deletes it in that time, it shows itself again. Service Bus speaks of a lock, Pub/Sub of an acknowledgement deadline.',
    when: 'When a worker may die with a job in its hands and the job must survive that.',
    whenNot: 'As protection against double work: it makes that rare, never impossible.',
    costs: 'Too short: work is done twice. Too long: the job of a dead worker waits.',
    scenario: 'visibility-too-short',
    related: ['heartbeats', 'at-least-once', 'idempotency'],
  },
  {
    id: 'auto-scaling',
    name: 'Auto-scaling',
    kind: 'pattern',
    what: 'The number of workers follows the load by itself, by a rule such as “this much waiting work for each worker”.',
    when: 'When load changes more than you want to pay for at its peak.',
    whenNot: 'When the narrow place is elsewhere: more workers on a struggling database make it worse.',
    costs:
      'It comes late, since machines need time to start; it can swing back and forth; and what is switched off may hold a job.',
    related: ['health-checks', 'backpressure'],
  },
  {
    id: 'health-checks',
    name: 'Health checks',
    kind: 'pattern',
    what: 'Someone asks each worker regularly whether it is fit for work, and stops sending it work after several bad answers.',
    when: 'Where work is sent to a worker, rather than fetched by it.',
    whenNot: 'As a test of everything behind the worker: then one sick database makes every worker look ill at once.',
    costs: 'A delay of several periods before anyone notices, and the danger of taking out all workers together.',
    scenario: 'timeout-too-short',
    related: ['failure-detection', 'circuit-breakers', 'auto-scaling'],
  },
  {
    id: 'circuit-breakers',
    name: 'Circuit breakers',
    kind: 'pattern',
    what: 'When too many calls fail, further ones are refused at once for a while. Then a few are let through to see: one in Polly, ten in resilience4j by default.',
    when: 'For calls to something that several others need too, and that recovers faster when it is left alone.',
    whenNot: 'For work that can simply wait in a queue: backoff does that with less to adjust.',
    costs:
      'Healthy requests are refused as well, and a breaker for many targets at once punishes the good with the bad.',
    related: ['exponential-backoff', 'health-checks', 'backpressure'],
  },
  {
    id: 'work-stealing',
    name: 'Work stealing',
    kind: 'pattern',
    what: 'Each worker has a line of its own, and one that runs dry takes jobs from another’s line.',
    when: 'When jobs differ much in length, so that no plan made beforehand is right.',
    whenNot: 'When a job needs something that only its own worker has at hand, such as warm data.',
    costs: 'Workers must be able to reach into one another’s lines safely, and stolen jobs lose their order.',
    related: ['fairness'],
  },
  {
    id: 'exponential-backoff',
    name: 'Exponential backoff',
    kind: 'pattern',
    what: 'After each failure one waits a multiple of the last wait, up to a cap.',
    when: 'When the failure will probably pass, and when you do not know how soon.',
    whenNot: 'For failures that will never pass, and where an answer is worthless after a moment.',
    costs: 'Jobs wait longer than they had to. Without jitter, those who failed together return together.',
    scenario: 'exponential',
    related: ['jitter', 'circuit-breakers', 'poison-messages'],
  },
  {
    id: 'leader-election',
    name: 'Leader election',
    kind: 'pattern',
    what: 'Several candidates settle which one of them is in charge, and settle it again when that one is gone.',
    when: 'When exactly one should decide, and any of several could.',
    whenNot: 'When a queue, or an idempotent step done by anyone, would do: that needs nobody in charge.',
    costs: 'A gap without a leader at each change, and at times two that both believe they lead.',
    scenario: 'kill-the-coordinator',
    related: ['leases', 'fencing-tokens', 'split-brain', 'consensus'],
  },
  {
    id: 'heartbeats',
    name: 'Heartbeats',
    kind: 'pattern',
    what: '“Still here”, said again and again. For a queued job it renews the hiding time; the new time replaces what is left of the old one.',
    when: 'When work takes an unknown time but a death should be noticed soon.',
    whenNot: 'As proof of progress: a worker that is stuck can go on saying it.',
    costs: 'Messages all the time, and a false alarm whenever a few of them are late.',
    scenario: 'timeout-too-long',
    related: ['failure-detection', 'visibility-timeouts', 'leader-election'],
  },
  {
    id: 'fencing-tokens',
    name: 'Fencing tokens',
    kind: 'pattern',
    what: 'A number that rises with every grant of a lease. Whoever receives a write refuses a number lower than the highest it has seen. The term in Raft is the same idea.',
    when: 'When a holder may be paused, wake up late, and write without knowing that another holds the lease by now.',
    whenNot: 'When the receiver cannot compare numbers, as with a mail: then only less harm is possible, not none.',
    costs: 'The receiver has to check every write and to remember the highest number, across a restart too.',
    scenario: 'paused-zombie-fenced',
    related: ['leases', 'split-brain', 'race-conditions'],
  },
  {
    id: 'leases',
    name: 'Leases',
    kind: 'pattern',
    what: 'A right that ends by itself unless it is renewed. Whoever holds it may act until then; when the holder dies, nobody has to take it away.',
    when: 'When one of several should be in charge, or have a thing to itself, and may die without giving it back.',
    whenNot:
      'As proof that nobody else acts: a holder that sleeps wakes up after the end and does not know it. Where that does harm, fence the writes as well.',
    costs:
      'After a death everyone waits until the lease is over. Messages all the time to renew it. And trust that no clock runs much faster than another.',
    scenario: 'one-way-cut',
    related: ['leader-election', 'fencing-tokens', 'split-brain'],
  },
  {
    id: 'split-brain',
    name: 'Split brain',
    kind: 'challenge',
    what: 'Two parts of a system both believe that they are in charge, and both act. Each is healthy, and each has good reasons.',
    when: 'Wherever someone takes over from one who fell silent. A cut cable, a pause or a slow clock is enough.',
    whenNot:
      'Where to believe is not enough to act: a leader that needs a majority for every step, or storage that refuses the older token.',
    costs:
      'Work done twice and states that differ, found out later. Preventing it costs a gap without a leader; making it harmless costs a check at the receiver.',
    scenario: 'two-leaders',
    related: ['leader-election', 'fencing-tokens', 'quorums', 'cap'],
  },
  {
    id: 'idempotency',
    name: 'Idempotency',
    kind: 'pattern',
    what: 'Doing it twice has the same effect as doing it once, usually since the receiver knows the job again by a key.',
    when: 'Wherever something can be delivered more than once, which is nearly everywhere.',
    whenNot: 'Where doing it twice is harmless anyway, such as writing the same thumbnail in the same place.',
    costs:
      'The keys must be kept, checked in the same step as the effect, and one day forgotten. The wasted work stays.',
    scenario: 'idempotent',
    related: ['at-least-once', 'exactly-once', 'visibility-timeouts'],
  },
  {
    id: 'at-least-once',
    name: 'At least once, at most once',
    kind: 'pattern',
    what: 'Work first and delete afterwards: at least once, duplicates are possible. Delete first and work afterwards: at most once, loss is possible.',
    when: 'At least once for what must not be missing; at most once for what is worthless when late or harmful when doubled.',
    whenNot: 'Without having decided. Every queue does one of the two, whether you chose it or not.',
    costs: 'At least once asks for idempotent consumers; at most once asks for living with gaps.',
    scenario: 'ack-first',
    related: ['idempotency', 'exactly-once', 'visibility-timeouts'],
  },
  {
    id: 'exactly-once',
    name: 'Exactly once',
    kind: 'challenge',
    what: 'A promise about effects inside a boundary: there, something that arrives more than once counts once. How often it is sent or delivered is not part of the promise.',
    when: 'Inside one system that keeps both the state and the record of what was already done, and changes them in one step.',
    whenNot:
      'Across that boundary: the mail, the payment, the printer. Pub/Sub, for one, states its scope: pull subscriptions, within a region.',
    costs:
      'Remembering what was done, for as long as a repeat may still come. When that memory ends, so does the promise.',
    scenario: 'exactly-once',
    related: ['at-least-once', 'idempotency', 'client-sessions'],
  },
  {
    id: 'backpressure',
    name: 'Backpressure',
    kind: 'pattern',
    what: 'Whoever is full says so, and whoever sends slows down or stops, instead of the line growing without end.',
    when: 'When work can arrive faster than it is done for longer than your memory, or your customers’ patience, lasts.',
    whenNot: 'When those who send cannot slow down: then decide openly what to refuse.',
    costs: 'The trouble moves to whoever sends, and they need an answer for it.',
    related: ['message-queues', 'circuit-breakers', 'auto-scaling'],
  },
  {
    id: 'poison-messages',
    name: 'Poison messages',
    kind: 'challenge',
    what: 'A job that can never succeed, however often it is tried: a broken file, a missing right, a customer who is gone.',
    when: 'In every queue that lives long enough. Where order is kept, one of them stops all those behind it.',
    whenNot: 'Do not mistake for it what would pass with time: a timeout, or “busy, try later”.',
    costs: 'Each try takes a worker’s time. A limit and a tray end that, and each then costs a person’s look.',
    scenario: 'poison',
    related: ['dead-letter-queues', 'exponential-backoff'],
  },
  {
    id: 'jitter',
    name: 'Jitter',
    kind: 'pattern',
    what: 'Chance in the waiting time, so that those who failed together do not return together. Full jitter draws anywhere between nothing and the bound; equal and decorrelated jitter are two relatives.',
    when: 'With every delay that many take at the same moment: retries, timers, renewals, nightly jobs.',
    whenNot: 'When there is only one who waits.',
    costs:
      'One cannot foretell a single wait. Full jitter also halves the mean wait, so the attempts are used up sooner.',
    scenario: 'herd-with-jitter',
    related: ['exponential-backoff'],
  },
];

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../src/protocols/raft/membership.ts';
import { isQuorum, majorityOf, quorumIndex, tallyVotes, type VoteOutcome } from '../../../src/protocols/raft/quorum.ts';

/*
 * Majorities, simple and joint (DISS 3.4, 3.6, 4.3): a table of cases, and brute force over all sets of servers against the
 * definition.
 */

const joint = (voters: readonly string[], outgoing?: readonly string[]): Configuration => ({
  voters,
  learners: [],
  outgoing,
});

/** A majority by its definition: of every way to split the voters, one part is more than half. */
const isMajority = (voters: readonly string[], members: ReadonlySet<string>) =>
  voters.length === 0 || 2 * voters.filter((voter) => members.has(voter)).length > voters.length;

const setsOf = (voters: readonly string[]): ReadonlySet<string>[] =>
  Array.from({ length: 2 ** voters.length }, (_, bits) => new Set(voters.filter((_, k) => (bits >> k) % 2 === 1)));

/** The highest index that all of some quorum have reached; the index of nobody counts as 0. */
function indexByDefinition({ voters, outgoing = [] }: Configuration, at: (voter: string) => number): number {
  const all = [...new Set([...voters, ...outgoing])];
  let best = -1;
  for (const members of setsOf(all)) {
    if (!isMajority(voters, members) || !isMajority(outgoing, members)) continue;
    best = Math.max(best, members.size === 0 ? Number.POSITIVE_INFINITY : Math.min(...[...members].map(at)));
  }
  return best;
}

/** Won: these make a quorum. Lost: no quorum is left, even if all who have not answered said yes. */
function outcomeByDefinition(configuration: Configuration, yes: readonly string[], no: readonly string[]): VoteOutcome {
  const { voters, outgoing = [] } = configuration;
  const holds = (members: ReadonlySet<string>) => isMajority(voters, members) && isMajority(outgoing, members);
  if (holds(new Set(yes))) return 'won';
  const possible = [...voters, ...outgoing].filter((voter) => !no.includes(voter));
  return holds(new Set(possible)) ? 'pending' : 'lost';
}

const ids = (text: string): string[] => (text === '' ? [] : text.split(' ').map((n) => `server-${n}`));

describe('the index that a quorum has', () => {
  it.each([
    // voters, outgoing, indices of servers 1, 2, … (where none is known: 0), committed
    ['1', undefined, [0], 0],
    ['1', undefined, [12], 12],
    ['1 2', undefined, [12, 5], 5],
    ['1 2', undefined, [0, 5], 0],
    ['1 2 3', undefined, [12, 0, 0], 0],
    ['1 2 3', undefined, [12, 5, 0], 5],
    ['1 2 3', undefined, [12, 12, 0], 12],
    ['1 2 3', undefined, [101, 103, 104], 103],
    ['1 2 3 4', undefined, [101, 104, 103, 103], 103],
    ['1 2 3 4', undefined, [101, 101, 103, 103], 101],
    ['1 2 3 4 5', undefined, [101, 104, 103, 103, 100], 103],
    ['1 2 3 4 5', undefined, [101, 0, 103, 103, 0], 101],
    // The members change, the indices stay (HC: commitment).
    ['1 2 3', undefined, [10, 20, 30, 0, 40], 20],
    ['3 4 5', undefined, [10, 20, 30, 0, 40], 30],
    ['1 2 3 4', undefined, [30, 25, 10, 23], 23],
    // Two sets of voters: the slower one decides.
    ['1 2 3', '1 2 3', [12, 5, 6], 6],
    ['1 2 3', '4 5 6', [100, 101, 102, 0, 0, 0], 0],
    ['1 2 3', '4 5 6', [100, 101, 102, 7, 8, 9], 8],
    ['1 2 3', '3 4 5', [2, 9, 5, 4, 3], 4],
    ['1', '1 2', [7, 3], 3],
    ['1 2 3 4', '1', [1, 9, 9, 9], 1],
  ] as const)('voters %s, outgoing %s: %j is %i', (voters, outgoing, indices, committed) => {
    const configuration = joint(ids(voters), outgoing === undefined ? undefined : ids(outgoing));
    const at = (voter: string) => indices[Number(voter.slice(7)) - 1]!;
    expect(quorumIndex(configuration, at)).toBe(committed);
    expect(indexByDefinition(configuration, at)).toBe(committed);
  });

  it('is without bound where there are no voters', () => {
    expect(quorumIndex(joint([]), () => 3)).toBe(Number.POSITIVE_INFINITY);
    expect(quorumIndex(joint(ids('1'), []), () => 3)).toBe(3);
  });
});

describe('an election', () => {
  it.each([
    // voters, outgoing, yes, no, outcome
    ['1', undefined, '', '', 'pending'],
    ['1', undefined, '', '1', 'lost'],
    ['1', undefined, '1', '', 'won'],
    ['1 2', undefined, '1', '', 'pending'],
    ['1 2', undefined, '1', '2', 'lost'],
    ['1 2', undefined, '1 2', '', 'won'],
    ['1 2 3', undefined, '1', '2', 'pending'],
    ['1 2 3', undefined, '', '1 2', 'lost'],
    ['1 2 3', undefined, '2 3', '1', 'won'],
    ['1 2 3 4', undefined, '1 2', '3', 'pending'],
    ['1 2 3 4', undefined, '1 2', '3 4', 'lost'],
    ['1 2 3 4', undefined, '1 2 3', '4', 'won'],
    ['1 2 3 4 5', undefined, '1 2', '3 4', 'pending'],
    ['1 2 3 4 5', undefined, '1 2 5', '3 4', 'won'],
    ['1 2 3', '4 5 6', '1 2 3', '', 'pending'],
    ['1 2 3', '4 5 6', '1 2 3', '4 5', 'lost'],
    ['1 2 3', '4 5 6', '1 2 4 5', '3 6', 'won'],
    ['1 2 3', '3 4 5', '1 2 3', '', 'pending'],
    ['1 2 3', '3 4 5', '2 3 4', '1 5', 'won'],
    ['2 3 4', '1 2 3 4', '2 3', '1', 'pending'],
  ] as const)('voters %s, outgoing %s: yes %s, no %s: %s', (voters, outgoing, yes, no, outcome) => {
    const configuration = joint(ids(voters), outgoing === undefined ? undefined : ids(outgoing));
    expect(tallyVotes(configuration, ids(yes), ids(no))).toBe(outcome);
    expect(outcomeByDefinition(configuration, ids(yes), ids(no))).toBe(outcome);
  });

  it('is won where there is nobody to refuse', () => {
    expect(tallyVotes(joint([]), [], [])).toBe('won');
  });

  it('counts nobody twice, and no one who has no vote', () => {
    expect(tallyVotes(joint(ids('1 2 3')), ids('1 1 1'), [])).toBe('pending');
    expect(tallyVotes(joint(ids('1 2 3')), ids('1 4 5 6'), [])).toBe('pending');
    expect(tallyVotes(joint(ids('1 2 3')), [], ids('4 5 6'))).toBe('pending');
  });
});

describe('laws of quorums, over all sets of up to five servers', () => {
  const five = ids('1 2 3 4 5');
  const someVoters = fc.subarray(five, { minLength: 1 });
  const someIndices = fc.array(fc.nat(12), { minLength: 5, maxLength: 5 });
  const answers = fc.array(fc.constantFrom('yes', 'no', 'silent'), { minLength: 5, maxLength: 5 });
  const at = (indices: readonly number[]) => (voter: string) => indices[five.indexOf(voter)]!;

  it('are what the definition says, for indices and for votes', () => {
    fc.assert(
      fc.property(
        someVoters,
        fc.option(someVoters, { nil: undefined }),
        someIndices,
        answers,
        (a, b, indices, said) => {
          const configuration = joint(a, b);
          expect(quorumIndex(configuration, at(indices))).toBe(indexByDefinition(configuration, at(indices)));
          const yes = five.filter((_, k) => said[k] === 'yes');
          const no = five.filter((_, k) => said[k] === 'no');
          expect(tallyVotes(configuration, yes, no)).toBe(outcomeByDefinition(configuration, yes, no));
          const members = new Set(yes);
          const isBoth = isMajority(a, members) && isMajority(b ?? [], members);
          expect(isQuorum(configuration, (voter) => members.has(voter))).toBe(isBoth);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('does not matter which of two sets is the old one', () => {
    fc.assert(
      fc.property(someVoters, someVoters, someIndices, answers, (a, b, indices, said) => {
        expect(quorumIndex(joint(a, b), at(indices))).toBe(quorumIndex(joint(b, a), at(indices)));
        const yes = five.filter((_, k) => said[k] === 'yes');
        const no = five.filter((_, k) => said[k] === 'no');
        expect(tallyVotes(joint(a, b), yes, no)).toBe(tallyVotes(joint(b, a), yes, no));
      }),
    );
  });

  it('two quorums of one configuration always meet, and more than half is the least that does', () => {
    for (const voters of setsOf(five)) {
      const all = [...voters];
      const quorums = setsOf(all).filter((members) => isQuorum(joint(all), (voter) => members.has(voter)));
      for (const one of quorums) {
        expect(one.size).toBeGreaterThanOrEqual(majorityOf(all.length) * Math.sign(all.length));
        for (const other of quorums) {
          if (all.length > 0) expect([...one].some((voter) => other.has(voter))).toBe(true);
        }
      }
    }
  });

  it('quorums of configurations that differ by one server meet (DISS 4.1), of siblings not always (Ongaro 2015)', () => {
    const meet = (a: readonly string[], b: readonly string[]) => {
      const quorums = (voters: readonly string[]) => setsOf(voters).filter((members) => isMajority(voters, members));
      return quorums(a).every((one) => quorums(b).every((other) => [...one].some((voter) => other.has(voter))));
    };
    for (let size = 1; size <= 6; size++) {
      const voters = ids('1 2 3 4 5 6').slice(0, size);
      const added = [...voters, 'server-9'];
      expect(meet(voters, added)).toBe(true);
      // One leader adds a server, the next, who does not know, removes one: they meet only where the number was odd.
      if (size > 1) expect(meet(added, voters.slice(1))).toBe(size % 2 === 1);
    }
  });
});

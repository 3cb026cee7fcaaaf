import type { CommandDescription, FieldDescription } from '../../types.ts';

const coordinator: FieldDescription = {
  name: 'target',
  kind: 'target',
  sentence: 'Which coordinator: an address such as coordinator-2, or a role that is looked up when it happens.',
};

/** What one can do in this world, beside what every world understands. */
export const leaderElectionCommands: readonly CommandDescription[] = [
  {
    do: 'stop',
    label: 'Stop cleanly',
    sentence: 'The coordinator gives back what it holds and goes down, until it is restarted.',
    fields: [coordinator],
    on: ['coordinator'],
  },
  {
    do: 'elect',
    label: 'Try to lead now',
    sentence: 'It makes its next try to lead now. It does not take the lead from anyone who still holds it.',
    fields: [coordinator],
    on: ['coordinator'],
  },
  {
    do: 'submit',
    label: 'Submit a job',
    sentence: 'The producer submits one more image.',
    fields: [],
    on: ['producer'],
  },
];

import type { CommandDescription, FieldDescription } from '../../types.ts';

const server: FieldDescription = {
  name: 'target',
  kind: 'target',
  sentence: 'Which server: an address such as server-2, or a role that is looked up when it happens.',
};

const client: FieldDescription = { name: 'client', kind: 'target', sentence: 'Which client asks.' };

const key: FieldDescription = { name: 'key', kind: 'text', sentence: 'The name of the value.' };

/** What one can do in this world, beside what every world understands. */
export const replicatedQueueCommands: readonly CommandDescription[] = [
  {
    do: 'transfer',
    label: 'Transfer leadership here',
    sentence: 'The leader brings this server up to date and lets it take over.',
    fields: [server],
    on: ['server'],
  },
  {
    do: 'elect',
    label: 'Force an election',
    sentence: 'Its election timeout runs out now.',
    fields: [server],
    on: ['server'],
  },
  {
    do: 'addServer',
    label: 'Add to the cluster',
    sentence: 'The leader is asked to take this server into the cluster.',
    fields: [server],
    on: ['server'],
  },
  {
    do: 'removeServer',
    label: 'Remove from the cluster',
    sentence: 'The leader is asked to go on without this server.',
    fields: [server],
    on: ['server'],
  },
  {
    do: 'submit',
    label: 'Submit a job',
    sentence: 'A client puts one more image job into the queue.',
    fields: [
      { ...client, optional: true },
      { name: 'item', kind: 'item', optional: true, sentence: 'The number of the job; without it, the next one.' },
    ],
    on: ['client'],
  },
  {
    do: 'read',
    label: 'Read',
    sentence: 'A client reads a value.',
    fields: [
      client,
      key,
      {
        name: 'at',
        kind: 'target',
        optional: true,
        sentence: 'Ask this server; without it, the one it takes for the leader.',
      },
    ],
  },
  {
    do: 'write',
    label: 'Write',
    sentence: 'A client writes a value.',
    fields: [client, key, { name: 'value', kind: 'number', min: 0, max: 1_000_000, sentence: 'The value, a number.' }],
  },
];

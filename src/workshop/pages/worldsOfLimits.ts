/** Stand-in until the worlds are there. */
export const worlds: readonly {
  readonly id: string;
  readonly title: string;
  readonly notModelled: readonly { readonly what: string; readonly real: string }[];
}[] = [
  {
    id: 'work-queue',
    title: 'Work queue',
    notModelled: [{ what: 'The broker is one process.', real: 'A real queue is a cluster, and may lose its leader.' }],
  },
];

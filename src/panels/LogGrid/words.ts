import type { LogRow, LogStanding } from '../../geometry/logGrid.ts';

/** What stands at a place of a row, in sentences. `name`: what people call the server. */
export function placeInWords(row: LogRow, index: number, name: string): string {
  const cell = row.cells.find((one) => one.index === index);
  const struck = row.struck.find((one) => one.index === index);
  const gone =
    struck === undefined
      ? ''
      : ` Struck out: ${struck.words}${struck.term === undefined ? '' : `, of term ${struck.term}`}.`;
  if (cell !== undefined) {
    const disk = cell.isOnDisk ? '' : ' Its disk does not have it yet.';
    return `${name}, entry ${index}: ${cell.words}, of term ${cell.term}. ${STANDINGS[cell.standing]}${disk}${gone}`;
  }
  if (row.snapshot !== undefined && index <= row.snapshot.lastIndex) {
    return `${name}: its snapshot stands for all entries up to ${row.snapshot.lastIndex}.`;
  }
  return `${name} has no entry ${index}.${gone}`;
}

const STANDINGS: { readonly [standing in LogStanding]: string } = {
  applied: 'It knows that this is committed, and has applied it.',
  committed: 'It knows that this is committed, and has not applied it yet.',
  uncommitted: 'It does not know of this as committed.',
  kept: 'The server is down; this is on its disk. What is committed it will learn again.',
};

/** What a server does, in a word. */
export function roleInWords({ status, role }: LogRow): string {
  if (status === 'crashed') return 'down';
  if (status === 'paused') return 'paused';
  return ROLES[role] ?? role;
}

const ROLES: { readonly [state: string]: string } = { preCandidate: 'asking', off: 'not yet up' };

/** What the leader believes of a follower. */
export function marksInWords({ marks }: LogRow): string | undefined {
  if (marks === undefined) return undefined;
  const has =
    marks.matchIndex === 0
      ? 'does not know yet which entries it has'
      : `knows that it has all up to entry ${marks.matchIndex}`;
  if (marks.mode === 'sendingSnapshot') return `The leader ${has}, and sends it a snapshot.`;
  const looks = marks.mode === 'probing' ? ' It still looks for the place where both logs agree.' : '';
  return `The leader ${has}, and sends entry ${marks.nextIndex} next.${looks}`;
}

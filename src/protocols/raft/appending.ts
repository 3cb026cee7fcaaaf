import type { Env } from '../../kernel/types.ts';
import { append } from './log.ts';
import type { Configuration } from './membership.ts';
import type { ClientCommand } from './operations.ts';
import { progressOf, sendToAll } from './sending.ts';
import { note, type Out, withDisk } from './step.ts';
import type { Entry, Server } from './types.ts';

type Content =
  | { readonly kind: 'noOp' }
  | { readonly kind: 'configuration'; readonly configuration: Configuration }
  | { readonly kind: 'command'; readonly command: ClientCommand };

/**
 * The leader appends an entry of its own and sends it on, while its own disk is still writing it (DISS 10.2.1). A
 * configuration holds at once, for the leader and for whom it counts (DISS 4.1).
 */
export function appendOwn(before: Server, content: Content, env: Env, out: Out): Server {
  const { currentTerm, log } = before.disk;
  const index = log.lastIndex + 1;
  const entry: Entry = { index, term: currentTerm, ...content };
  note(out, { kind: 'entryAppended', index, term: currentTerm, what: content.kind });
  let server = withDisk(before, { log: append(log, entry) });
  if (content.kind === 'configuration') {
    server = { ...server, configuration: content.configuration, configurationIndex: index };
    const leadership = server.leadership!;
    server = { ...server, leadership: { ...leadership, progress: progressOf(server, leadership, env) } };
  }
  if (env.parameters.answersAfterSync !== true) {
    // The broken rule: it counts itself before its disk has the entry.
    server = { ...server, leadership: { ...server.leadership!, durableIndex: index } };
  }
  return sendToAll(server, false, env, out);
}

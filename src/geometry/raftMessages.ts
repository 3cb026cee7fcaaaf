import type { Message } from '../kernel/types.ts';
import type { RaftMessage } from '../protocols/raft/index.ts';
import { hueOfTerm } from './hue.ts';
import type { MessageShape } from './messageShapes.ts';

const shape = (form: MessageShape['form'], more: Partial<MessageShape> = {}): MessageShape => ({
  form,
  isHollow: false,
  hasCross: false,
  isCourtesy: false,
  ...more,
});

/**
 * How a message of a cluster looks: questions for a vote are diamonds, votes are ballots, entries a capsule with their
 * number, a heartbeat is a dot, a piece of a snapshot a box. Answers are hollow; refusals have a cross.
 */
export function shapeOfRaftMessage(given: Message): MessageShape {
  const message = given as unknown as RaftMessage;
  switch (message.kind) {
    case 'preVote':
      return shape('diamond', { isHollow: true });
    case 'requestVote':
      return shape('diamond');
    case 'preVoteReply':
      return shape('ballot', { isHollow: true, hasCross: !message.granted, isCourtesy: true });
    case 'requestVoteReply':
      return shape('ballot', { isHollow: !message.granted, hasCross: !message.granted });
    case 'appendEntries':
      return message.entries.length === 0
        ? shape('dot', { isCourtesy: true })
        : shape('capsule', { label: String(message.entries.length) });
    case 'appendEntriesReply':
      // The answer to a heartbeat looks like the answer to entries: both say up to where the logs agree.
      return message.success
        ? shape('dot', { isHollow: true, isCourtesy: true })
        : shape('capsule', { isHollow: true, hasCross: true });
    case 'installSnapshot':
      return shape('box', { label: String(message.chunk + 1) });
    case 'installSnapshotReply':
      return shape('box', { isHollow: true, label: String(message.chunksTaken) });
    case 'timeoutNow':
      return shape('crown');
    case 'request':
      return shape('chip', { label: String(message.number) });
    case 'reply':
      return shape('chip', { isHollow: true, hasCross: message.status !== 'ok', label: String(message.number) });
    default:
      return shape('dot');
  }
}

/** The hue of a message between servers: that of its sender's term, so that stale ones show. */
export function hueOfRaftMessage(message: Message): number | undefined {
  return typeof message.term === 'number' ? hueOfTerm(message.term) : undefined;
}

import type { Message } from '../kernel/types.ts';
import { hueOfItem, hueOfTerm } from './hue.ts';
import type { MessageShape } from './messageShapes.ts';

const shape = (form: MessageShape['form'], more: Partial<MessageShape> = {}): MessageShape => ({
  form,
  isHollow: false,
  hasCross: false,
  isCourtesy: false,
  ...more,
});

const hollow = { isHollow: true } as const;
const courtesy = { isCourtesy: true } as const;
const refusal = { isHollow: true, hasCross: true } as const;

const SHAPES: { readonly [kind: string]: MessageShape } = {
  // To and from the lock service, a lease.
  observe: shape('dot', courtesy),
  record: shape('dot', { ...hollow, ...courtesy }),
  acquire: shape('diamond'),
  granted: shape('crown'),
  denied: shape('diamond', refusal),
  renew: shape('ring', courtesy),
  renewed: shape('ring', { ...hollow, ...courtesy }),
  lost: shape('ring', refusal),
  release: shape('triangle'),
  check: shape('box', { label: '?' }),
  grantAnnounced: shape('crown', { ...hollow, ...courtesy }),
  // A line of sessions.
  join: shape('diamond'),
  standing: shape('diamond', hollow),
  look: shape('dot', courtesy),
  ping: shape('ring', courtesy),
  pong: shape('ring', { ...hollow, ...courtesy }),
  leave: shape('triangle'),
  watchFired: shape('box', { label: '!' }),
  // Among coordinators.
  heartbeat: shape('dot', courtesy),
  election: shape('diamond'),
  answer: shape('diamond', hollow),
  victory: shape('crown'),
  // The list of jobs.
  jobAdded: shape('square', courtesy),
  jobGone: shape('square', { ...hollow, ...courtesy }),
  list: shape('dot', courtesy),
  listed: shape('capsule', { ...hollow, ...courtesy }),
  // Storage.
  assigned: shape('square', courtesy),
  noted: shape('square', { ...hollow, ...courtesy }),
  finished: shape('square', hollow),
  submitted: shape('card', { ...hollow, ...courtesy }),
  stored: shape('card', { ...hollow, ...courtesy }),
};

/**
 * How a message of an election looks that is drawn as no job's card. To ask for the lead is a diamond, to grant it a crown,
 * a renewal a ring, a heartbeat a dot; answers are hollow, refusals have a cross.
 */
export function shapeOfElectionMessage(message: Message): MessageShape {
  switch (message.kind) {
    case 'checked':
      return shape('box', message.holds === true ? hollow : refusal);
    case 'pong':
    case 'standing':
      return message.node === null
        ? { ...SHAPES[message.kind]!, hasCross: true, isCourtesy: false }
        : SHAPES[message.kind]!;
    case 'listed':
      return { ...SHAPES.listed!, label: String((message.jobs as readonly number[]).length) };
    default:
      return SHAPES[message.kind] ?? shape('dot');
  }
}

/** A message that is drawn as the card of its job; `token` where a fencing token travels with it. */
export type CarriedJob = {
  readonly jobId: number;
  readonly token: { readonly number: number; readonly isRefused: boolean } | undefined;
  /** The answer about a write: the card itself stays where it is. */
  readonly isAnswer: boolean;
};

/** The job that travels with a message: as a new job, as a write or the answer to it, as an assignment, as a result. */
export function carriedJob(message: Message): CarriedJob | undefined {
  switch (message.kind) {
    case 'submit': {
      const { id } = message.item as unknown as { readonly id: number };
      return { jobId: id, token: undefined, isAnswer: false };
    }
    case 'write':
    case 'written': {
      const isAnswer = message.kind === 'written';
      const token = { number: message.token as number, isRefused: isAnswer && message.accepted !== true };
      return { jobId: message.jobId as number, token, isAnswer };
    }
    case 'assignment':
      return { jobId: message.jobId as number, token: undefined, isAnswer: false };
    case 'store':
      return { jobId: message.itemId as number, token: undefined, isAnswer: false };
    default:
      return undefined;
  }
}

/** The hue of a message: that of its job, or of the token that it carries, so that old ones show. */
export function hueOfElectionMessage(message: Message): number | undefined {
  const job = message.jobId ?? message.itemId;
  if (typeof job === 'number') return hueOfItem(job);
  return typeof message.token === 'number' ? hueOfTerm(message.token) : undefined;
}

/** Whether it may fade before others when time runs too fast to follow it. */
export function isCourtesy(message: Message): boolean {
  if (message.kind === 'written') return message.accepted === true;
  return carriedJob(message) === undefined && shapeOfElectionMessage(message).isCourtesy;
}

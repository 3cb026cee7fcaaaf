import type { Message, TraceEntry } from '../../../kernel/types.ts';
import { spoken } from '../../names.ts';
import type { Sentence } from '../../types.ts';
import { type DroppedMessage, kernelTeller, say, seconds } from '../kernelSentences.ts';
import { leaderElectionCast } from './cast.ts';
import { leaderElectionParameters } from './parameters/index.ts';

type Data = { readonly [field: string]: unknown };

const tellKernel = kernelTeller({ cast: leaderElectionCast, parameters: leaderElectionParameters, ofMessage });

/** What people call the messages. */
const MESSAGE_WORDS: { readonly [kind: string]: string } = {
  submit: 'a new job',
  submitted: 'acknowledgement of a job',
  jobAdded: 'word of a new job',
  jobGone: 'word that a job is assigned',
  list: 'question for the list',
  listed: 'the list of jobs',
  observe: 'look at the lease',
  record: 'what the lease says',
  acquire: 'request for the lease',
  granted: 'grant of the lease',
  denied: 'refusal of the lease',
  renew: 'renewal',
  renewed: 'answer to a renewal',
  lost: 'word that the lease is gone',
  release: 'lease given back',
  check: 'question “do I still lead?”',
  checked: 'answer to “do I still lead?”',
  join: 'request for a place in line',
  look: 'question about the line',
  standing: 'place in line',
  ping: 'sign of life',
  pong: 'answer to a sign of life',
  leave: 'end of a session',
  watchFired: 'wake-up call',
  heartbeat: 'heartbeat',
  election: 'call for an election',
  answer: 'answer of a higher one',
  victory: 'announcement of the winner',
  write: 'write',
  written: 'answer to a write',
  grantAnnounced: 'word of the present grant',
  assignment: 'assignment',
  assigned: 'word that a job is assigned',
  noted: 'acknowledgement',
  finished: 'report that a job is done',
  store: 'result',
  stored: 'acknowledgement of a result',
};

/** Those who elect talk all the time; what carries a job or a write, or was struck on purpose, is worth a warning. */
const WORTH_A_WARNING = ['submit', 'write', 'assignment', 'store', 'renewed', 'granted'];

function ofMessage(message: Message, reason: string): DroppedMessage {
  const { kind, jobId, itemId, item } = message as Message & {
    readonly jobId?: number;
    readonly itemId?: number;
    readonly item?: { readonly id: number };
  };
  const id = jobId ?? itemId ?? item?.id;
  const level = reason === 'byHand' || WORTH_A_WARNING.includes(kind) ? 'trouble' : 'detail';
  return {
    level,
    words: MESSAGE_WORDS[kind] ?? kind,
    about: id === undefined ? '' : ` about job ${id}`,
    itemId: id,
  };
}

/** What people call the one with this address: "coordinator 1", "the lock service". */
function name(address: unknown): string {
  return spoken({ cast: leaderElectionCast }, String(address));
}

/** What an entry of the leader-election world means, in a plain sentence; undefined for what is not worth a row. */
export function tellLeaderElection(entry: TraceEntry): Sentence | undefined {
  return tellLeadership(entry) ?? tellJob(entry) ?? tellKernel(entry);
}

function tellLeadership(entry: TraceEntry): Sentence | undefined {
  const who = name(entry.address);
  const data = entry.data as Data;
  const token = String(data.token);
  switch (entry.kind) {
    case 'campaigned':
      return say('detail', `${who} wants to lead`);
    case 'leadershipBegan':
      return say('milestone', `${who} leads, with token ${token}`);
    case 'leadershipEnded':
      return say(
        data.because === 'released' ? 'milestone' : 'trouble',
        `${who} leads no longer (token ${token}): ${ENDED[String(data.because)] ?? String(data.because)}`,
      );
    case 'leaderSuspected': {
      const phi = data.phi === undefined ? '' : `, with a suspicion of ${String(data.phi)}`;
      return say('trouble', `${who} takes ${name(data.who)} for dead${phi}`);
    }
    case 'suspicionWrong':
      return say('milestone', `${who} was wrong: ${name(data.who)} is alive`);
    case 'leaseGranted':
      return say('milestone', `${who} grants the lead to ${name(data.holder)}, with token ${token}`);
    case 'leaseRenewed':
      return say('detail', `${who} renews what ${name(data.holder)} holds`);
    case 'leaseReleased':
      return say('milestone', `${name(data.holder)} has given the lead back`);
    case 'leaseExpired':
      return data.judgedBy === 'service'
        ? say('trouble', `${who} ends what ${name(data.holder)} held: it was not renewed in time`)
        : say(
            'detail',
            `${who} has seen no change for a whole lease: for it the lease of ${name(data.holder)} is over`,
          );
    case 'lockDelayBegan':
      return say('trouble', `${who} keeps the lock shut for ${seconds(data.forMs)}`);
    case 'lockDelayEnded':
      return say('milestone', `${who} opens the lock: the delay is over`);
    case 'watchFired':
      return say('detail', `${who} wakes ${name(data.to)}: the one it watched is gone`);
    default:
      return undefined;
  }
}

const ENDED: { readonly [because: string]: string } = {
  deadline: 'its renewals were not answered in time',
  lost: 'it does not hold the lead any more',
  released: 'it has let go',
  higherToken: 'it has met a higher token',
  learned: 'it has heard of another leader',
};

function tellJob(entry: TraceEntry): Sentence | undefined {
  const who = name(entry.address);
  const data = entry.data as Data;
  const jobId = (data.jobId ?? data.itemId) as number | undefined;
  const job = `job ${String(jobId)}`;
  switch (entry.kind) {
    case 'itemCreated':
      return say('detail', `${who} makes ${job} (${String(data.imageName)})`, jobId);
    case 'submissionFailed':
      return say('trouble', `${who} gives up on submitting ${job}: ${String(data.reason)}`, jobId);
    case 'jobAdded':
      return say('detail', `${job} is on the list`, jobId);
    case 'jobAssigned':
      return say('detail', `${job} is off the list: it is assigned`, jobId);
    case 'assignmentPrepared':
      return say('detail', `${who} writes ${job} to storage, with token ${String(data.token)}`, jobId);
    case 'writeAccepted':
      return say(
        'detail',
        `${who} accepts ${job} for ${name(data.worker)}, written by ${name(data.from)} with token ${String(data.token)}`,
        jobId,
      );
    case 'writeRefused': {
      const why =
        (data.token as number) < (data.highestToken as number)
          ? `it has seen token ${String(data.highestToken)}`
          : 'it was not made under the present grant';
      return say(
        'trouble',
        `${who} refuses ${job} from ${name(data.from)} with token ${String(data.token)}: ${why}`,
        jobId,
      );
    }
    case 'workStarted':
      return say('detail', `${who} starts on ${job}`, jobId);
    case 'workSucceeded':
      return say('detail', `${who} has finished ${job}`, jobId);
    case 'effectApplied':
      return (data.times as number) > 1
        ? say('trouble', `${job} takes effect again, this time by ${name(data.by)}`, jobId)
        : say('milestone', `${job} is done: its result is stored`, jobId);
    case 'duplicateRecognised':
      return say('milestone', `the result store has ${job} already and leaves it as it is`, jobId);
    default:
      return undefined;
  }
}

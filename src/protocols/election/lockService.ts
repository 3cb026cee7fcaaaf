import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Env, Message, Parameters } from '../../kernel/types.ts';
import type { MachineEvent } from '../acting.ts';
import { STORAGE } from './places.ts';
import { cancelTimer, note, type Out, type Step, send, startTimer } from './step.ts';
import { isJudgedByService, termsOf } from './terms.ts';
import type { LockService, SessionNode, Token } from './types.ts';

/*
 * The lock service: grants a lease with a time to live, or keeps the line of candidates. It answers when its disk knows
 * what it says. What it hears: `observe`, `acquire`, `renew`, `release`, `check` (a lease); `join`, `look`, `ping`,
 * `leave` (sessions in a line).
 */

type Act = Step<LockService>;

export const NEW_LOCK_SERVICE: LockService = {
  grant: undefined,
  revision: 0,
  lastToken: 0,
  isDelayed: false,
  delayedSinceMicros: 0,
  nodes: [],
  watches: [],
  nextNode: 1,
};

/** Comes up with what its disk kept. Whatever runs gets its whole time again, as after a failover of Consul or ZooKeeper. */
export const boot: Act = (_, { disk }, env, out) => {
  const first = env.parameters.firstToken as number;
  const service = (disk as LockService | undefined) ?? { ...NEW_LOCK_SERVICE, lastToken: first - 1, nextNode: first };
  if (service.grant !== undefined) startExpiry(env, out);
  if (service.isDelayed) out.now.push(startTimer('lockDelay', env.parameters.lockDelayMs));
  for (const { owner } of service.nodes) startSession(owner, env, out);
  return service;
};

// ————— leases —————

/** What the record says now (a GET of the Lease object). */
export const observe: Act = (service, event, _, out) => {
  answer(out, event, { kind: 'record', ...recordOf(service) });
  return service;
};

/**
 * Someone wants the lease. Where stand-bys judge, the record changes only if it is still the one that the asker saw
 * (compare-and-set on the resource version); whether it is old is the asker's business (client-go). Where the service
 * judges, the lease is free or it is not.
 */
export const acquire: Act = (service, event, env, out) => {
  const { parameters } = env;
  const from = event.from as Address;
  const holder = service.grant?.holder;
  const isFree = isJudgedByService(parameters)
    ? !service.isDelayed && (holder === undefined || holder === from)
    : event.expectedRevision === service.revision;
  if (!isFree) {
    answer(out, event, { kind: 'denied', ...recordOf(service) });
    return service;
  }
  const token = parameters.tokenRisesAtGrant === true ? service.lastToken + 1 : (parameters.firstToken as number);
  const revision = service.revision + 1;
  out.durably.push(note({ kind: 'leaseGranted', token, holder: from }));
  answer(out, event, { kind: 'granted', token, revision });
  announce(revision, parameters, out);
  startExpiry(env, out);
  const { nowMicros } = env;
  return {
    ...service,
    revision,
    lastToken: token,
    grant: {
      holder: from,
      token,
      renewedMicros: nowMicros,
      expiryMicros: nowMicros + microsOfMs(termsOf(parameters).durationMs),
      grantRevision: revision,
    },
  };
};

/** The holder is still there. Only who holds the very grant may extend it. */
export const renew: Act = (service, event, env, out) => {
  const from = event.from as Address;
  const { grant } = service;
  if (grant === undefined || grant.holder !== from || grant.token !== event.token) {
    answer(out, event, { kind: 'lost', token: event.token as Token, ...recordOf(service) });
    return service;
  }
  const revision = service.revision + 1;
  out.durably.push(note({ kind: 'leaseRenewed', token: grant.token, holder: from }));
  answer(out, event, { kind: 'renewed', token: grant.token, revision });
  announce(grant.grantRevision, env.parameters, out);
  startExpiry(env, out);
  const { nowMicros } = env;
  const expiryMicros = nowMicros + microsOfMs(termsOf(env.parameters).durationMs);
  return { ...service, revision, grant: { ...grant, renewedMicros: nowMicros, expiryMicros } };
};

/** The holder lets go. No delay follows: it has said itself that it is done. */
export const release: Act = (service, event, _, out) => {
  const { grant } = service;
  if (grant === undefined || grant.holder !== event.from || grant.token !== event.token) return service;
  out.now.push(cancelTimer('expiry'));
  out.durably.push(note({ kind: 'leaseReleased', token: grant.token, holder: grant.holder }));
  return { ...service, grant: undefined, revision: service.revision + 1 };
};

/** Whether a token is that of the present grant. */
export const check: Act = (service, event, _, out) => {
  const { grant } = service;
  answer(out, event, { kind: 'checked', holds: grant?.holder === event.from && grant?.token === event.token });
  return service;
};

/** The lease was not renewed in time, by the service's own clock. Consul keeps the lock shut for a while after that. */
export const expire: Act = (service, _, env, out) => {
  const { grant } = service;
  if (grant === undefined) return service;
  out.durably.push(note({ kind: 'leaseExpired', holder: grant.holder, judgedBy: 'service' }));
  const free = { ...service, grant: undefined, revision: service.revision + 1 };
  const { strategy, lockDelayMs } = env.parameters;
  if (strategy !== 'lockDelay' || lockDelayMs === 0) return free;
  // From when the disk knows of the end: with a slow disk the delay would else be shorter than it is said to be.
  out.durably.push(
    startTimer('lockDelay', lockDelayMs),
    note({ kind: 'lockDelayBegan', forMs: lockDelayMs as number }),
  );
  return { ...free, isDelayed: true, delayedSinceMicros: env.nowMicros };
};

export const endDelay: Act = (service, _, __, out) => {
  out.durably.push(note({ kind: 'lockDelayEnded' }));
  return { ...service, isDelayed: false };
};

function recordOf({ grant, revision, lastToken }: LockService) {
  return { holder: grant?.holder ?? null, leaseToken: grant?.token ?? lastToken, revision };
}

function startExpiry({ parameters }: Env, out: Out): void {
  if (parameters.strategy !== 'session' && isJudgedByService(parameters)) {
    out.now.push(startTimer('expiry', termsOf(parameters).durationMs));
  }
}

/** Storage that compares revisions is told of the present grant, again at each renewal: a lost word is made good. */
function announce(revision: number, parameters: Parameters, out: Out): void {
  if (parameters.storageComparesRevision === true) {
    out.durably.push(send(STORAGE, { kind: 'grantAnnounced', revision }));
  }
}

function answer(out: Out, event: MachineEvent, message: Message): void {
  const number = event.number as number;
  out.durably.push(send(event.from as Address, { ...message, key: `${event.from}.${number}`, number }));
}

// ————— sessions in a line (ZooKeeper recipes: leader election) —————

/** A candidate opens a session and gets the next place in line (SEQUENCE | EPHEMERAL). Who has one keeps it. */
export const join: Act = (service, event, env, out) => {
  const owner = event.from as Address;
  startSession(owner, env, out);
  if (service.nodes.some((node) => node.owner === owner)) return look(service, event, env, out);
  const nodes = [...service.nodes, { number: service.nextNode, owner }];
  const joined = { ...service, nodes, nextNode: service.nextNode + 1 };
  return look(crown(joined, env, out), event, env, out);
};

/**
 * Where a candidate stands in line. If it is not the first, it is told when the next lower one is gone; in the naive
 * recipe, everyone watches the first.
 */
export const look: Act = (service, event, env, out) => {
  const from = event.from as Address;
  const place = service.nodes.findIndex((node) => node.owner === from);
  const node = service.nodes[place];
  if (node === undefined) {
    answer(out, event, { kind: 'standing', node: null });
    return service;
  }
  const isFirst = place === 0;
  const leader = service.nodes[0]!.owner;
  const token = tokenOf(node, env.parameters);
  answer(out, event, { kind: 'standing', node: node.number, isFirst, leader, token, revision: node.number });
  if (isFirst) return service;
  const of = service.nodes[env.parameters.watchesPredecessorOnly === true ? place - 1 : 0]!.number;
  if (service.watches.some((watch) => watch.by === from && watch.of === of)) return service;
  return { ...service, watches: [...service.watches, { by: from, of }] };
};

/** A candidate is alive. The answer says where it stands, so that a lost notification is found out. */
export const ping: Act = (service, event, env, out) => {
  const from = event.from as Address;
  const node = service.nodes.find(({ owner }) => owner === from);
  const first = service.nodes[0];
  if (node === undefined) {
    answer(out, event, { kind: 'pong', node: null });
    return service;
  }
  startSession(from, env, out);
  answer(out, event, { kind: 'pong', node: node.number, isFirst: node === first, leader: first!.owner });
  if (node !== first || service.grant === undefined) return service;
  const { nowMicros } = env;
  announce(service.grant.grantRevision, env.parameters, out);
  out.durably.push(note({ kind: 'leaseRenewed', token: service.grant.token, holder: from }));
  const expiryMicros = nowMicros + microsOfMs(termsOf(env.parameters).durationMs);
  return { ...service, grant: { ...service.grant, renewedMicros: nowMicros, expiryMicros } };
};

/** A candidate closes its session. */
export const leave: Act = (service, event, env, out) => {
  const owner = event.from as Address;
  const { grant } = service;
  if (grant?.holder === owner) out.durably.push(note({ kind: 'leaseReleased', token: grant.token, holder: owner }));
  out.now.push(cancelTimer(sessionTimer(owner)));
  return removeNode(service, owner, env, out);
};

/** A session ran out: its node goes, and so does whatever it held. */
export const expireSession: Act = (service, { name }, env, out) => {
  const owner = (name as string).slice(SESSION.length);
  if (service.grant?.holder === owner) {
    out.durably.push(note({ kind: 'leaseExpired', holder: owner, judgedBy: 'service' }));
  }
  return removeNode(service, owner, env, out);
};

function removeNode(service: LockService, owner: Address, env: Env, out: Out): LockService {
  const gone = service.nodes.find((node) => node.owner === owner);
  if (gone === undefined) return service;
  const nodes = service.nodes.filter((node) => node !== gone);
  const fired = service.watches.filter((watch) => watch.of === gone.number && watch.by !== owner);
  const watches = service.watches.filter((watch) => watch.of !== gone.number && watch.by !== owner);
  for (const { by } of fired) {
    out.durably.push(note({ kind: 'watchFired', to: by }), send(by, { kind: 'watchFired', node: gone.number }));
  }
  return crown({ ...service, nodes, watches, revision: service.revision + 1 }, env, out);
}

/** The lowest number holds the lead, whether or not it knows it yet. */
function crown(service: LockService, env: Env, out: Out): LockService {
  const first = service.nodes[0];
  if (first?.owner === service.grant?.holder) return service;
  if (first === undefined) return { ...service, grant: undefined };
  const { nowMicros, parameters } = env;
  const token = tokenOf(first, parameters);
  out.durably.push(note({ kind: 'leaseGranted', token, holder: first.owner }));
  announce(first.number, parameters, out);
  return {
    ...service,
    lastToken: token,
    revision: service.revision + 1,
    grant: {
      holder: first.owner,
      token,
      renewedMicros: nowMicros,
      expiryMicros: nowMicros + microsOfMs(termsOf(parameters).durationMs),
      grantRevision: first.number,
    },
  };
}

/** The node's number is the token: who leads later has the higher one. */
function tokenOf({ number }: SessionNode, parameters: Parameters): Token {
  return parameters.tokenRisesAtGrant === true ? number : (parameters.firstToken as number);
}

const SESSION = 'session:';

function sessionTimer(owner: Address): string {
  return `${SESSION}${owner}`;
}

function startSession(owner: Address, { parameters }: Env, out: Out): void {
  out.now.push(startTimer(sessionTimer(owner), termsOf(parameters).durationMs));
}

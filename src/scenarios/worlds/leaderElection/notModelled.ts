import type { World } from '../../types.ts';

/** What the leader-election world leaves out, and what a real service does instead. */
export const notModelledInLeaderElection: World['notModelled'] = [
  {
    what: 'The lock service is one process with one disk.',
    real: 'etcd, Consul, ZooKeeper and the store behind Kubernetes are several servers that agree by consensus. One of them may die without anyone noticing.',
  },
  {
    what: 'A coordinator that stepped down stays up and may lead again.',
    real: 'A Kubernetes controller usually ends its process when it loses the lease, and starts anew, with an empty memory.',
  },
  {
    what: 'A leader stops at its deadline within the instant.',
    real: 'What it has begun, such as a call to another service, a thread or a child process, goes on for a while.',
  },
  {
    what: 'Storage handles one write at a time and compares a number in each.',
    real: 'Many things that a leader changes can’t compare a number: a mail server, a payment provider, a machine. There one can only reduce the harm.',
  },
  {
    what: 'A ZooKeeper client is told of a lost connection by a timer alone.',
    real: 'It has a TCP connection that often breaks at once, tries other servers, and is told of events that it missed when it comes back.',
  },
  {
    what: 'Consul’s health checks and gossip are left out: a session ends by its time to live.',
    real: 'A Consul session usually hangs on the health of its node, which other nodes find out by gossip, faster and with false alarms.',
  },
  {
    what: 'Clocks run too fast or too slow at a steady rate.',
    real: 'They are corrected all the time, jump, stand still while a virtual machine is moved, and differ between the cores of one machine.',
  },
  {
    what: 'Everybody knows all coordinators from the start.',
    real: 'They come and go with each deployment, and who belongs to the group is itself a question that needs an answer.',
  },
  {
    what: 'Messages are small, and handling one takes no time.',
    real: 'A leader under load answers late. The busiest process is the first to miss its renewals.',
  },
];

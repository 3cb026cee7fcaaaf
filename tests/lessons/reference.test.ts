import { describe, expect, it } from 'vitest';
import { lessons } from '../../src/lessons/index.ts';
import { cloudFacts, cloudTable } from '../../src/lessons/reference/cloud.ts';
import { concepts } from '../../src/lessons/reference/concepts.ts';
import { reading } from '../../src/lessons/reference/reading.ts';
import { workshops } from '../../src/lessons/reference/workshops.ts';
import { presetIds } from './support/library.ts';

describe('the concepts', () => {
  const ids = concepts.map((concept) => concept.id);

  it('hold all that the page promises, each once', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [
      ...['race-conditions', 'failure-detection', 'consensus', 'fairness', 'consistency', 'message-queues'],
      ...['dead-letter-queues', 'visibility-timeouts', 'auto-scaling', 'health-checks', 'circuit-breakers'],
      ...['work-stealing', 'exponential-backoff', 'leader-election', 'heartbeats', 'fencing-tokens'],
      ...['leases', 'split-brain'],
      ...['idempotency', 'at-least-once', 'exactly-once', 'backpressure', 'poison-messages', 'jitter'],
    ]) {
      expect(ids).toContain(id);
    }
  });

  it.each(concepts)('$name says what, when, when not and at what cost, and names what exists', (concept) => {
    for (const words of [concept.what, concept.when, concept.whenNot, concept.costs]) expect(words).toMatch(/\S.*\.$/s);
    for (const id of concept.related ?? []) expect(ids).toContain(id);
    expect(concept.related).not.toContain(concept.id);
    if (concept.scenario !== undefined) expect(presetIds).toContain(concept.scenario);
  });
});

describe('the cloud', () => {
  it('has the services, area by area', () => {
    const rows = cloudTable.map(({ area, aws, azure, google }) => [area, aws, azure, google]);
    expect(rows).toEqual([
      ['Work queues', ['SQS', 'Kinesis'], ['Service Bus', 'Event Hubs'], ['Pub/Sub', 'Tasks']],
      ['Worker coordination', ['ECS', 'Lambda'], ['Container Instances', 'Functions'], ['Cloud Run', 'Functions']],
      ['Leader election', ['ECS Service Discovery'], ['Service Fabric'], ['GKE leader election']],
      ['Distributed state', ['DynamoDB', 'RDS'], ['Cosmos DB', 'SQL Database'], ['Firestore', 'Spanner']],
      ['Auto-scaling', ['Auto Scaling groups'], ['VM Scale Sets'], ['managed instance groups']],
    ]);
  });

  it('says where each parallel ends, in one sentence', () => {
    for (const row of cloudTable) {
      expect(row.ends, row.area).toMatch(/^[^.]+\.$/);
      if (row.preset !== undefined) expect(presetIds).toContain(row.preset);
    }
  });

  it('gives a source for every fact, and no fact twice', () => {
    for (const entry of cloudFacts) {
      expect(entry.source.length, entry.fact).toBeGreaterThan(10);
      expect(presetIds).toContain(entry.preset);
    }
    const topics = cloudFacts.map((entry) => `${entry.service}: ${entry.topic}`);
    expect(new Set(topics).size).toBe(topics.length);
  });
});

describe('the reading list', () => {
  it('leads to ten works over https, each with a reason', () => {
    expect(reading.map((entry) => entry.title)).toEqual([
      'Designing Data-Intensive Applications',
      'Database Internals',
      'Understanding Distributed Systems',
      'AWS Architecture Blog',
      'Azure Architecture Center',
      'Jepsen',
      'The Paper Trail',
      'The Raft Consensus Algorithm',
      'Paxos Made Simple',
      'Time, Clocks, and the Ordering of Events in a Distributed System',
    ]);
    for (const entry of reading) {
      expect(new URL(entry.url).protocol).toBe('https:');
      expect(entry.why).toMatch(/\.$/);
    }
  });
});

describe('the workshops', () => {
  it('are four, and an open one has its lesson', () => {
    expect(workshops.map((workshop) => workshop.number)).toEqual([1, 2, 3, 4]);
    const open = workshops.filter((workshop) => workshop.state === 'open').map((workshop) => workshop.lesson);
    expect(open).toEqual(lessons.map((lesson) => lesson.id));
  });
});

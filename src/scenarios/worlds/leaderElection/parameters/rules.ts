import type { ParameterDescription } from '../../../types.ts';
import { toggle } from './shapes.ts';

const STORAGE = 'Storage';
const RULES = 'Rules to break';

/** What storage looks at, and rules that can be broken on purpose: the sentence says what follows when one is off. */
export const ruleParameters: readonly ParameterDescription[] = [
  toggle(
    STORAGE,
    'storageChecksTokens',
    'Storage compares tokens',
    'Storage refuses a write with a lower token than the highest it has seen. Off: it takes every write.',
    true,
  ),
  toggle(
    STORAGE,
    'storageComparesRevision',
    'Storage compares revisions',
    'The lock service tells storage of each grant, and storage takes only writes made under the present one.',
    false,
  ),
  toggle(
    RULES,
    'leaderStopsAtDeadline',
    'Stop at the deadline',
    'A leader that could not renew stops at its deadline. Off: it goes on, and there may be two.',
    true,
  ),
  toggle(
    RULES,
    'storageRemembersToken',
    'Storage remembers the highest token',
    'Storage keeps the highest token on its disk. Off: after a restart it takes anything again.',
    true,
  ),
  toggle(
    RULES,
    'tokenRisesAtGrant',
    'Tokens rise',
    'Each grant has a higher token than the one before. Off: all have the same, and nothing can be compared.',
    true,
  ),
  toggle(
    RULES,
    'leaderChecksBeforeWrite',
    'Ask before each write',
    'Before it prepares a write, a leader asks the lock service whether it still leads.',
    false,
  ),
];

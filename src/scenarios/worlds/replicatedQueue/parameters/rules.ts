import type { ParameterDescription } from '../../../types.ts';
import { NEXT_USE } from './shapes.ts';

/** A rule that can be broken on purpose: the sentence says what follows when it is off. */
function rule(name: string, label: string, sentence: string): ParameterDescription {
  return { name, label, sentence, group: 'Rules to break', changes: NEXT_USE, kind: 'boolean', default: true };
}

/** The rules that make Raft safe. Each off is a lesson: some promise breaks. */
export const ruleParameters: readonly ParameterDescription[] = [
  rule(
    'commitsOwnTermOnly',
    'Count only the own term',
    'A leader commits by counting copies only of entries of its own term. Off: it counts older ones too (Figure 8).',
  ),
  rule(
    'voteSurvivesRestart',
    'Votes are kept on disk',
    'A server remembers after a restart whom it voted for. Off: it may vote twice in a term.',
  ),
  rule(
    'answersAfterSync',
    'Write first, then answer',
    'A server answers when its disk has the data. Off: a crash can take back what it said.',
  ),
  rule(
    'checksLogUpToDate',
    'Vote only for a full log',
    'A server votes only for one whose log is at least as new as its own. Off: a leader may lack committed entries.',
  ),
  rule(
    'refusesStaleTerm',
    'Refuse old terms',
    'A server refuses what a leader of an older term says. Off: a deposed leader still overwrites logs.',
  ),
  rule(
    'changesAfterOwnCommit',
    'Change members only after a commit',
    'A leader changes the members only once it has committed in its own term. Off: two majorities may miss each other.',
  ),
  rule(
    'replicatesSessions',
    'Request numbers are replicated',
    'What clients have asked already is part of the replicated state. Off: only the leader’s memory knows it.',
  ),
  rule(
    'randomisesTimeout',
    'Timeouts by chance',
    'Each election timeout is drawn anew. Off: all wait equally long, and ask at the same time.',
  ),
];

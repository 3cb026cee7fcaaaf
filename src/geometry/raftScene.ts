import type { Address } from '../kernel/types.ts';
import type { Point } from './box.ts';

/** What a server does in the cluster, as its machine's state says. */
export type ServerRole = 'leader' | 'candidate' | 'preCandidate' | 'follower' | 'off';

/**
 * Where a server stands in the configuration: `learner` gets the log and has no vote; `joining` and `leaving` are in
 * only one of the two sets of a joint change; `outside` is in none.
 */
export type Membership = 'voter' | 'learner' | 'joining' | 'leaving' | 'outside';

export type VoteDot = {
  readonly voter: Address;
  readonly at: Point;
  readonly look: 'granted' | 'refused' | 'open';
};

/** How a server looks beside its words and its ring. */
export type ServerFace = {
  readonly role: ServerRole;
  readonly membership: Membership;
  /** A change of the members by joint consensus is under way. */
  readonly isJoint: boolean;
  readonly term: number;
  readonly centre: Point;
  /** Of the circle itself; the ring of its timer is `ringRadius`. */
  readonly radius: number;
  readonly ringRadius: number;
  /** How large glyph and term are. */
  readonly termPx: number;
  /** Only of a candidate, or of who asks before it becomes one. */
  readonly votes: readonly VoteDot[];
  readonly votePx: number;
  /** Writes to its disk that are under way. */
  readonly writes: number;
  /** By how much the face of its clock is turned, as a share of a whole turn; undefined where its clock is right. */
  readonly clockTurn: number | undefined;
};

/** Where nothing passes between two sides. */
export type SceneCut = {
  readonly key: string;
  /** A line between them; undefined where no straight line keeps them apart. */
  readonly d: string | undefined;
  /** Who is on which side, where there is no line: a letter at each. */
  readonly tags: readonly { readonly key: string; readonly at: Point; readonly text: string }[];
};

/** A picture behind the nodes: the ring of the cluster; two while its members change. */
export type SceneRing = { readonly key: string; readonly d: string; readonly look: 'members' | 'outgoing' };

/** A server's glyph as a path in a box of 24, drawn about its middle. */
export type Glyph = { readonly d: string; readonly isHollow: boolean };

import type { Message } from '../kernel/types.ts';
import type { ImageWorkItem } from '../protocols/workQueue/index.ts';

/**
 * How a message looks that carries no image. An acknowledgement is the hollow form of what it answers; a refusal has a
 * cross.
 */
export type MessageShape = {
  readonly form:
    | ('dot' | 'ring' | 'square' | 'triangle' | 'diamond')
    | ('card' | 'ballot' | 'capsule' | 'box' | 'chip' | 'crown');
  readonly isHollow: boolean;
  readonly hasCross: boolean;
  /** Courtesies fade first when time runs too fast to follow them. */
  readonly isCourtesy: boolean;
  /** A short number on it: how many entries, which request. */
  readonly label?: string;
};

const shape = (form: MessageShape['form'], more: Partial<MessageShape> = {}): MessageShape => ({
  form,
  isHollow: false,
  hasCross: false,
  isCourtesy: true,
  ...more,
});

const SHAPES: { readonly [kind: string]: MessageShape } = {
  submitted: shape('card', { isHollow: true }),
  submissionRefused: shape('card', { isHollow: true, hasCross: true, isCourtesy: false }),
  receive: shape('dot'),
  nothing: shape('dot', { isHollow: true }),
  stopAsking: shape('dot'),
  delete: shape('square'),
  deleted: shape('square', { isHollow: true }),
  release: shape('triangle', { isCourtesy: false }),
  released: shape('triangle', { isHollow: true }),
  changeVisibility: shape('dot'),
  visibilityChanged: shape('dot', { isHollow: true }),
  deadLetter: shape('triangle', { isCourtesy: false }),
  refused: shape('square', { hasCross: true, isCourtesy: false }),
  call: shape('diamond', { isCourtesy: false }),
  callDone: shape('diamond', { isHollow: true }),
  callRefused: shape('diamond', { isHollow: true, hasCross: true, isCourtesy: false }),
  stored: shape('card', { isHollow: true }),
  letterKept: shape('card', { isHollow: true }),
  redriven: shape('card', { isHollow: true }),
};

const UNKNOWN = shape('dot');

/** The shape of a message by its kind; one that the stage does not know is a dot. */
export function shapeOfMessage(kind: string): MessageShape {
  return SHAPES[kind] ?? UNKNOWN;
}

/** Messages that are drawn as the card of the image that they carry. `store` carries its result. */
const CARRIERS = ['submit', 'received', 'store', 'redrive'];

/** Whether the image itself travels with this message. A worker's `deadLetter` is only a word; the broker's a letter. */
export function carriesImage(message: Message): boolean {
  return CARRIERS.includes(message.kind) || message.letter !== undefined;
}

/** The image that a message is about, as far as the message says. */
export function imageOf(
  message: Message,
): { readonly id: number; readonly item: ImageWorkItem | undefined } | undefined {
  const letter = message.letter as { readonly item: ImageWorkItem } | undefined;
  const item = (message.item as ImageWorkItem | undefined) ?? letter?.item;
  if (item !== undefined) return { id: item.id, item };
  return typeof message.itemId === 'number' ? { id: message.itemId, item: undefined } : undefined;
}

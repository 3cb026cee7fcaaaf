import { readStored, store } from './storage.ts';

/** A scenario that this person changed or kept: its link says everything. */
export type Draft = { readonly key: string; readonly title: string; readonly link: string; readonly savedAtMs: number };

const KEY = 'lockstep.drafts';
const DRAFTS_MOST = 20;

function isDrafts(value: unknown): value is readonly Draft[] {
  return (
    Array.isArray(value) &&
    value.every(
      (one) => typeof one?.key === 'string' && typeof one?.link === 'string' && typeof one?.title === 'string',
    )
  );
}

/** The latest first. */
export function readDrafts(): readonly Draft[] {
  return readStored(KEY, isDrafts) ?? [];
}

/** Keeps a draft under its key; only the draft of that key is replaced, and the oldest beyond twenty leaves. */
export function keepDraft(draft: Draft): boolean {
  const others = readDrafts().filter(({ key }) => key !== draft.key);
  return store(KEY, [draft, ...others].slice(0, DRAFTS_MOST));
}

export function forgetDraft(key: string): void {
  store(
    KEY,
    readDrafts().filter((draft) => draft.key !== key),
  );
}

/** A name of its own for each visit that begins to change something: two tabs never share a draft. */
export function newDraftKey(): string {
  return `${Date.now().toString(36)}-${Math.floor(Math.random() * 1e9).toString(36)}`;
}

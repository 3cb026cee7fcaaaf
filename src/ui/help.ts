import { useEffect, useSyncExternalStore } from 'react';

/** A group of keys for the sheet that `?` opens, in the order in which things appear on the page. */
export type HelpSection = {
  readonly title: string;
  readonly rows: readonly { readonly keys: readonly string[]; readonly what: string }[];
};

let sections: readonly HelpSection[] = [];
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** Adds a section as long as the part is on the page. Hand in the same object each time. */
export function useHelpSection(section: HelpSection | undefined): void {
  useEffect(() => {
    if (section === undefined) return;
    sections = [...sections, section];
    tell();
    return () => {
      sections = sections.filter((other) => other !== section);
      tell();
    };
  }, [section]);
}

/** All sections that are on the page now. */
export function useHelpSections(): readonly HelpSection[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => sections,
  );
}

/** Whether a key press belongs to what is being typed or pressed, so that a shortcut must leave it alone. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** The three looks. `projector`: light ground, high contrast, larger type. */
export const THEMES = ['light', 'dark', 'projector'] as const;
export type Theme = (typeof THEMES)[number];

/** What a person chose; `system` follows the machine. */
export type ThemeChoice = Theme | 'system';

export const isTheme = (word: unknown): word is Theme => THEMES.some((theme) => theme === word);

/** A link's `theme=` goes before the stored choice, and that before the machine's wish. What is no theme is passed over. */
export function resolveTheme(from: {
  readonly link?: string | null;
  readonly stored?: string | null;
  readonly prefersDark: boolean;
}): Theme {
  if (isTheme(from.link)) return from.link;
  if (isTheme(from.stored)) return from.stored;
  return from.prefersDark ? 'dark' : 'light';
}

/** Writes the theme where the tokens read it. */
export function applyTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  root.dataset.theme = theme;
}

const KEY = 'lockstep.theme';

/** The stored choice; `system` where there is none, or where the browser keeps nothing (private windows). */
export function readThemeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(KEY);
    return isTheme(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function storeThemeChoice(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
}

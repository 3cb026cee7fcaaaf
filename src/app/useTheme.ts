import { useLayoutEffect, useState } from 'react';
import {
  applyTheme,
  isTheme,
  readThemeChoice,
  resolveTheme,
  storeThemeChoice,
  type Theme,
  type ThemeChoice,
  useMediaQuery,
} from '../ui/index.ts';

/**
 * The theme in force. A link's `theme=` holds for this visit, also on the pages that one goes to from there, until the person
 * chooses; it is not stored, because someone else's link must not change what is mine.
 */
export function useTheme(inLink: string | null): {
  readonly theme: Theme;
  readonly choice: ThemeChoice;
  readonly choose: (choice: ThemeChoice) => void;
} {
  const [choice, setChoice] = useState(readThemeChoice);
  const [visit, setVisit] = useState<{ readonly link: string | null; readonly theme: Theme | null }>({
    link: null,
    theme: null,
  });
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)');
  if (inLink !== visit.link) setVisit({ link: inLink, theme: isTheme(inLink) ? inLink : visit.theme });

  const theme = resolveTheme({ link: visit.theme, stored: choice, prefersDark });
  useLayoutEffect(() => applyTheme(theme), [theme]);

  return {
    theme,
    choice: visit.theme ?? choice,
    choose: (next) => {
      setVisit({ link: inLink, theme: null });
      setChoice(next);
      storeThemeChoice(next);
    },
  };
}

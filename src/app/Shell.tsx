import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import {
  cx,
  HelpIcon,
  IconButton,
  isTyping,
  lazyPart,
  MenuButton,
  MenuIcon,
  MoonIcon,
  ProjectorIcon,
  SunIcon,
  SystemIcon,
  type Theme,
  type ThemeChoice,
} from '../ui/index.ts';
import { Footer } from './Footer.tsx';
import { type Route, to } from './route.ts';
import styles from './Shell.module.css';
import { Mark } from './Wordmark.tsx';

const HelpSheet = lazyPart('the help', () => import('./HelpSheet.tsx'));

const PLACES = [
  { page: 'concepts', label: 'Concepts', href: to.concepts },
  { page: 'cloud', label: 'In the cloud', href: to.cloud },
  { page: 'limits', label: 'Not modelled', href: to.limits },
  { page: 'reading', label: 'Reading', href: to.reading },
] as const;

const THEME_CHOICES: readonly { readonly choice: ThemeChoice; readonly label: string; readonly icon: ReactNode }[] = [
  { choice: 'system', label: 'As this machine', icon: <SystemIcon /> },
  { choice: 'light', label: 'Light', icon: <SunIcon /> },
  { choice: 'dark', label: 'Dark', icon: <MoonIcon /> },
  { choice: 'projector', label: 'Projector', icon: <ProjectorIcon /> },
];

const THEME_ICONS: { readonly [theme in Theme]: ReactNode } = {
  light: <SunIcon />,
  dark: <MoonIcon />,
  projector: <ProjectorIcon />,
};

/** What stands around every page: the wordmark, the ways, the theme, the help. A room (playground, lesson) fills the window below it. */
export function Shell({
  route,
  theme,
  main,
  children,
}: {
  readonly route: Route;
  readonly theme: {
    readonly theme: Theme;
    readonly choice: ThemeChoice;
    readonly choose: (choice: ThemeChoice) => void;
  };
  readonly main: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}) {
  const [helping, setHelping] = useState(false);
  const room = route.page === 'play' || route.page === 'lesson';

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      setHelping((before) => !before);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <div className={cx(styles.shell, room && styles.room)}>
      {/* A button, not a link: the fragment is the route. */}
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header className={styles.header}>
        <a className={styles.wordmark} href={to.front} aria-label="Lockstep, front door">
          <Mark />
          Lockstep
        </a>
        <nav className={styles.nav} aria-label="Pages">
          {PLACES.map(({ page, label, href }) => (
            <a key={page} href={href} className={styles.place} aria-current={route.page === page ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <div className={styles.tools}>
          <MenuButton
            kind="plain"
            label="Theme"
            hideLabel
            icon={THEME_ICONS[theme.theme]}
            items={THEME_CHOICES.map(({ choice, label, icon }) => ({
              id: choice,
              label,
              icon,
              checked: theme.choice === choice,
              onSelect: () => theme.choose(choice),
            }))}
          />
          <IconButton label="Help and keys" keys="?" icon={<HelpIcon />} onClick={() => setHelping(true)} />
          <span className={styles.small}>
            <MenuButton
              kind="plain"
              label="Pages"
              hideLabel
              icon={<MenuIcon />}
              items={[
                { id: 'front', label: 'Front door', onSelect: () => go(to.front) },
                'line',
                ...PLACES.map(({ page, label, href }) => ({ id: page, label, onSelect: () => go(href) })),
              ]}
            />
          </span>
        </div>
      </header>
      <main ref={main} id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      {!room && <Footer />}
      {helping && <HelpSheet onClose={() => setHelping(false)} />}
    </div>
  );
}

function go(href: string) {
  location.hash = href;
}

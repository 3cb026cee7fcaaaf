import { useEffect, useMemo, useRef } from 'react';
import { fetchParts, lazyPart } from '../ui/index.ts';
import { hurryWorldOf } from '../workshop/catalogues.ts';
import { NoSuchPage } from './NoSuchPage.tsx';
import { type Route, titleOf } from './route.ts';
import { Shell } from './Shell.tsx';
import { useRoute } from './useRoute.ts';
import { useTheme } from './useTheme.ts';

// A link to a scenario must not wait for the front door, nor the front door for the playground.
const FrontDoor = lazyPart('the front door', () => import('./FrontDoor.tsx'));
const Playground = lazyPart('the playground', () => {
  hurryWorldOf(location.hash);
  return import('../workshop/Playground.tsx');
});
const CloudPage = lazyPart('the page about the cloud', () => import('../workshop/pages/CloudPage.tsx'));
const ConceptsPage = lazyPart('the page of concepts', () => import('../workshop/pages/ConceptsPage.tsx'));
const LimitsPage = lazyPart('the page of limits', () => import('../workshop/pages/LimitsPage.tsx'));
const ReadingPage = lazyPart('the reading list', () => import('../workshop/pages/ReadingPage.tsx'));

/** The whole page: where one is, how it looks, what stands there. */
export function App() {
  const route = useRoute();
  const theme = useTheme(route.query.get('theme'));
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  useEffect(() => {
    document.title = titleOf(route);
  }, [route]);

  const place = placeOf(route);
  // Going to another page begins at its top, and tells a screen reader so; arriving does not take the focus.
  useEffect(() => {
    if (!first.current) {
      window.scrollTo?.(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [place]);

  useEffect(() => {
    // After the first paint, and only where the connection does not ask to save.
    const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
    if (saving) return;
    const timer = setTimeout(fetchParts, 1500);
    return () => clearTimeout(timer);
  }, []);

  return (
    <Shell route={route} theme={theme} main={main}>
      <Page route={route} />
    </Shell>
  );
}

/** What counts as another page: not a new query, not another concept. */
const placeOf = (route: Route) => (route.page === 'lesson' ? `lesson/${route.lesson}` : route.page);

function Page({ route }: { readonly route: Route }) {
  const playQuery = useMemo(() => {
    if (route.page !== 'lesson') return route.query;
    const query = new URLSearchParams(route.query);
    query.set('lesson', route.lesson);
    return query;
  }, [route]);
  switch (route.page) {
    case 'front':
      return <FrontDoor />;
    case 'play':
    case 'lesson':
      return <Playground query={playQuery} />;
    case 'cloud':
      return <CloudPage />;
    case 'concepts':
      return <ConceptsPage concept={route.concept} />;
    case 'limits':
      return <LimitsPage />;
    case 'reading':
      return <ReadingPage />;
    case 'unknown':
      return <NoSuchPage path={route.path} />;
  }
}

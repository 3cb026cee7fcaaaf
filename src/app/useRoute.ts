import { useSyncExternalStore } from 'react';
import { parseRoute, type Route } from './route.ts';

let fragment = '';
let route: Route = parseRoute('');

function current(): Route {
  if (location.hash !== fragment) {
    fragment = location.hash;
    route = parseRoute(fragment);
  }
  return route;
}

/** The route, anew whenever the fragment changes (also when someone pastes a link into the open tab). */
export function useRoute(): Route {
  return useSyncExternalStore((changed) => {
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, current);
}

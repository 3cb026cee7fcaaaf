/** Where one is. The address is in the fragment, so that the site works from any folder of any static host. */
export type Route =
  | { readonly page: 'front'; readonly query: URLSearchParams }
  | { readonly page: 'play'; readonly query: URLSearchParams }
  | { readonly page: 'lesson'; readonly lesson: string; readonly query: URLSearchParams }
  | { readonly page: 'cloud' | 'limits' | 'reading'; readonly query: URLSearchParams }
  | { readonly page: 'concepts'; readonly concept?: string; readonly query: URLSearchParams }
  | { readonly page: 'unknown'; readonly path: string; readonly query: URLSearchParams };

/**
 * Reads a fragment, with or without `#`. Chat apps may have encoded the whole of it, once more or twice; that is undone. A path that
 * leads nowhere becomes `unknown`, never another page.
 */
export function parseRoute(fragment: string): Route {
  const { path, query } = split(fragment);
  const [first = '', second, ...more] = path.split('/').filter((part) => part !== '');
  const unknown: Route = { page: 'unknown', path: `/${path.replace(/^\/+/, '')}`, query };
  if (more.length > 0) return unknown;
  if (first === 'learn' && second !== undefined) return { page: 'lesson', lesson: decode(second), query };
  if (first === 'concepts') {
    const concept = second !== undefined ? decode(second) : (query.get('c') ?? undefined);
    return { page: 'concepts', concept, query };
  }
  if (second !== undefined) return unknown;
  switch (first) {
    case '':
      return { page: 'front', query };
    case 'play':
    case 'cloud':
    case 'limits':
    case 'reading':
      return { page: first, query };
    default:
      return unknown;
  }
}

function split(fragment: string): { readonly path: string; readonly query: URLSearchParams } {
  let text = fragment.replace(/^#/, '');
  for (let i = 0; i < 2 && /^%(25)*2F/i.test(text); i += 1) text = decode(text);
  const at = text.indexOf('?');
  return at < 0
    ? { path: text, query: new URLSearchParams() }
    : { path: text.slice(0, at), query: new URLSearchParams(text.slice(at + 1)) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Addresses within the page, for links. */
export const to = {
  front: '#/',
  play: (preset: string) => `#/play?s=${encodeURIComponent(preset)}`,
  lesson: (lesson: string) => `#/learn/${encodeURIComponent(lesson)}`,
  cloud: '#/cloud',
  concepts: '#/concepts',
  concept: (id: string) => `#/concepts/${encodeURIComponent(id)}`,
  limits: '#/limits',
  reading: '#/reading',
} as const;

/** The title of the browser's tab. */
export function titleOf(route: Route): string {
  const name = {
    front: undefined,
    play: 'Playground',
    lesson: 'Lesson',
    cloud: 'In the cloud',
    concepts: 'Concepts and patterns',
    limits: 'What this does not model',
    reading: 'Further reading',
    unknown: 'No such page',
  }[route.page];
  return name ? `${name} · Lockstep` : 'Lockstep: watch work get lost, and find out why';
}

import type { CastDescription } from './types.ts';

type Named = { readonly cast: readonly Pick<CastDescription, 'kind' | 'label' | 'countParameter'>[] };

/** An address or a role, wherever it stands in a text: `worker-2`, `broker`, `busy-worker`, `holder-of:3`. */
const TOKEN = /[A-Za-z][a-z]*(?:-[a-z]+)*(?:-[0-9]+|:[0-9]+)?/g;

/**
 * A text in which addresses and roles are called what people call them: `spoken(world, 'worker-1 is down already')` →
 * "worker 1 is down already", `spoken(world, 'broker')` → "the queue". An address alone is such a text. Addresses
 * themselves stay in JSON and in links.
 */
export function spoken(world: Named, text: string): string {
  return text.replace(TOKEN, (token) => {
    const first = token.charAt(0);
    const name = nameOf(world, first.toLowerCase() + token.slice(1));
    if (name === undefined) return token;
    return first === first.toLowerCase() ? name : capital(name);
  });
}

/** Where it begins a sentence or a label: "Worker 1", "The queue". */
export function spokenFirst(world: Named, text: string): string {
  return capital(spoken(world, text));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function nameOf({ cast }: Named, token: string): string | undefined {
  if (token.startsWith('holder-of:')) return `the holder of image ${token.slice('holder-of:'.length)}`;
  for (const { kind, label, countParameter } of cast) {
    if (countParameter === undefined) {
      if (token === kind) return `the ${label}`;
    } else if (token.startsWith(`${kind}-`) && /^[0-9]+$/.test(token.slice(kind.length + 1))) {
      return `${label} ${token.slice(kind.length + 1)}`;
    } else if (token.endsWith(`-${kind}`)) {
      const which = token.slice(0, -kind.length - 1).replaceAll('-', ' ');
      if (which === 'any') return `any ${label}`;
      return `${/^[aeiou]/.test(which) ? 'an' : 'a'} ${which} ${label}`;
    }
  }
  return undefined;
}

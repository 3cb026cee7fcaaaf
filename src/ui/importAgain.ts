/*
 * A dynamic import that failed once fails for ever in most browsers: the module map keeps the failure under its address
 * (https://github.com/whatwg/html/issues/6768). So a second try asks for the same file under a new address.
 */

/** The address that a browser names when a module could not be fetched; Safari names none. A stylesheet's is not a module's. */
export function addressOf(error: unknown): string | undefined {
  const text = error instanceof Error ? error.message : String(error);
  const address = text.match(/https?:\/\/[^\s'")]+/)?.[0]?.replace(/[.,]$/, '');
  return address === undefined || /\.css(\?|$)/.test(address) ? undefined : address;
}

/** The same file under another address. */
export function freshAddress(address: string, attempt: number): string {
  const url = new URL(address);
  url.searchParams.set('again', String(attempt));
  return url.href;
}

/**
 * Stylesheets that could not be fetched. Vite does not ask for them a second time, so they are put into the page again before
 * the next try.
 */
const failedSheets = new Set<string>();
if (typeof window !== 'undefined') {
  window.addEventListener(
    'error',
    (event) => {
      const link = event.target;
      if (!(link instanceof HTMLLinkElement) || link.rel !== 'stylesheet') return;
      failedSheets.add(link.href);
      link.remove();
    },
    true,
  );
}

function bringSheets(): Promise<unknown> {
  const sheets = [...failedSheets];
  failedSheets.clear();
  return Promise.all(
    sheets.map(
      (href) =>
        new Promise<void>((resolve, reject) => {
          const link = document.createElement('link');
          link.rel = 'stylesheet';
          link.href = href;
          link.onload = () => resolve();
          link.onerror = () => reject(new Error(`Could not fetch ${href}`));
          document.head.append(link);
        }),
    ),
  );
}

type Import = (address: string) => Promise<unknown>;
const importAddress: Import = (address) => import(/* @vite-ignore */ address);

/** Wraps a dynamic import: a call after a failure fetches anew, a call after a success gives the same module again. */
export function importAgain<T>(load: () => Promise<T>, fetchModule: Import = importAddress): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  let failedAddress: string | undefined;
  let attempt = 0;
  return () => {
    loaded ??= attemptOnce();
    return loaded;
  };
  async function attemptOnce(): Promise<T> {
    try {
      if (attempt > 0) await bringSheets();
      attempt += 1;
      if (failedAddress === undefined) return await load();
      return (await fetchModule(freshAddress(failedAddress, attempt))) as T;
    } catch (error) {
      loaded = undefined;
      failedAddress ??= addressOf(error);
      throw error;
    }
  }
}

import { type ComponentType, type LazyExoticComponent, lazy, Suspense, useState } from 'react';
import { Boundary } from './Boundary.tsx';
import { Button } from './Button.tsx';
import { RestartIcon } from './icons.tsx';
import { registerPart } from './parts.ts';
import { Trouble } from './Trouble.tsx';

/**
 * A component that loads on its own. While it is on its way a quiet line says so; if it fails, it says so in its own place and
 * offers *Retry*. Other errors of the part stay in its place as well.
 */
export function lazyPart<Props extends object>(
  /** What it is called, within a sentence: "the charts". */
  name: string,
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  /** `silent`: nothing is seen of it, so nothing is said while it is on its way. */
  { silent = false }: { readonly silent?: boolean } = {},
): ComponentType<Props> {
  return partFrom(name, registerPart(name, load), { silent });
}

/** The same from a loader that is registered already. */
export function partFrom<Props extends object>(
  name: string,
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  { silent = false }: { readonly silent?: boolean } = {},
): ComponentType<Props> {
  const fresh = () => lazy(load as () => Promise<{ default: ComponentType<Props> }>);
  // React keeps a lazy component's failure for ever, so each try has a component of its own.
  let current: LazyExoticComponent<ComponentType<Props>> = fresh();

  return function Part(props: Props) {
    const [Loaded, setLoaded] = useState(() => current);
    return (
      <Boundary
        onAgain={() => {
          current = fresh();
          setLoaded(() => current);
        }}
        fallback={(error, again) => (
          <Trouble
            title={`Something went wrong with ${name}.`}
            details={error.message}
            actions={
              <>
                <Button kind="primary" icon={<RestartIcon />} onClick={again}>
                  Retry
                </Button>
                <Button onClick={() => location.reload()}>Load the page anew</Button>
              </>
            }
          >
            <p>If the network is shaky, wait a moment and retry. Everything else on this page goes on working.</p>
          </Trouble>
        )}
      >
        <Suspense
          fallback={
            silent ? null : (
              <p
                role="status"
                style={{ padding: 'var(--space-5)', color: 'var(--ink-soft)' }}
              >{`Fetching ${name} …`}</p>
            )
          }
        >
          <Loaded {...props} />
        </Suspense>
      </Boundary>
    );
  };
}

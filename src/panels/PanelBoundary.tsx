import type { ReactNode } from 'react';
import { Boundary, Button, RestartIcon, Trouble } from '../ui/index.ts';

/** Keeps a panel's error in the panel: stage, transport and all the others go on. `name` is used within a sentence. */
export function PanelBoundary({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Boundary
      fallback={(error, again) => (
        <Trouble
          title={`Something went wrong in ${name}.`}
          details={error.message}
          actions={
            <Button icon={<RestartIcon />} onClick={again}>
              Try again
            </Button>
          }
        >
          <p>The run itself is fine, and everything else on this page goes on working.</p>
        </Trouble>
      )}
    >
      {children}
    </Boundary>
  );
}

import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Button, RestartIcon, Trouble } from '../ui/index.ts';

/** Keeps a panel's error in the panel: stage, transport and all the others go on. `name` is used within a sentence. */
export function PanelBoundary({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <ErrorBoundary
      fallbackRender={({ error, resetErrorBoundary }) => (
        <Trouble
          title={`Something went wrong in ${name}.`}
          details={error instanceof Error ? error.message : String(error)}
          actions={
            <Button icon={<RestartIcon />} onClick={resetErrorBoundary}>
              Try again
            </Button>
          }
        >
          <p>The run itself is fine, and everything else on this page goes on working.</p>
        </Trouble>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}

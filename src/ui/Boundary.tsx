import { Component, type ReactNode } from 'react';

type Props = {
  readonly children: ReactNode;
  /** What stands in the place of what threw. `again` tries once more. */
  readonly fallback: (error: Error, again: () => void) => ReactNode;
  readonly onAgain?: () => void;
};

/** Keeps an error where it happened: the rest of the page lives on. */
export class Boundary extends Component<Props, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  again = () => {
    this.props.onAgain?.();
    this.setState({ error: undefined });
  };

  override render() {
    const { error } = this.state;
    return error ? this.props.fallback(error, this.again) : this.props.children;
  }
}

import { Component, type ReactNode } from 'react';
import { reportFailure } from '../lib/windowFailures.ts';

interface FailureBoundaryProps {
  /** What stands in the place of the part that failed. @param retry draws the part anew */
  readonly fallback: (retry: () => void) => ReactNode;
  readonly children: ReactNode;
}

/** Keeps the failure of one part of the window from taking the rest with it. React has this for classes only. */
export class FailureBoundary extends Component<FailureBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    reportFailure(error);
  }

  override render(): ReactNode {
    const { children, fallback } = this.props;
    return this.state.hasFailed ? fallback(() => this.setState({ hasFailed: false })) : children;
  }
}

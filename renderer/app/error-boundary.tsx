import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import css from './error-boundary.module.css';

interface ErrorBoundaryState {
  readonly error: Error | null;
  readonly where: string;
}

/** A bug while drawing: what is kept, what to do, and the details for a report. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, where: '' };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ where: componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (error === null) return this.props.children;
    const details = `${error.stack ?? error.message}\n${where}`;
    return (
      <div role="alert" className={css.page}>
        <EmptyState
          title="This part of the window broke"
          actions={
            <>
              <Button variant="primary" onPress={() => location.reload()}>
                Load the window again
              </Button>
              <Button onPress={() => void navigator.clipboard.writeText(details)}>Copy details</Button>
            </>
          }
        >
          Nothing that was stored is lost; Earshot goes on listening.
          <div className={css.details}>
            <Disclosure title="Details">
              <pre>{details}</pre>
            </Disclosure>
          </div>
        </EmptyState>
      </div>
    );
  }
}

import type { Client } from '../client/client.ts';
import { ClientProvider } from '../client/hooks.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';

export function App({ client }: { readonly client: Client }) {
  return (
    <ErrorBoundary>
      <ClientProvider client={client}>
        <Frame />
      </ClientProvider>
    </ErrorBoundary>
  );
}

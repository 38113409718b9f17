import { app } from './app.ts';

type Handler = (request: Request) => Response | Promise<Response>;
const handlers = new Map<string, Handler>();

export const protocol = {
  schemes: [] as unknown[],

  registerSchemesAsPrivileged(schemes: readonly unknown[]): void {
    app.requireNotReady('registerSchemesAsPrivileged');
    protocol.schemes.push(...schemes);
  },

  handle(scheme: string, handler: Handler): void {
    handlers.set(scheme, handler);
  },

  async answer(method: string, address: string): Promise<Response> {
    const handler = handlers.get(new URL(address).protocol.slice(0, -1));
    // The address as it came, not as Request would tidy it up.
    return handler ? await handler({ method, url: address } as Request) : new Response(null, { status: 501 });
  },
};

export interface HttpRequest {
  readonly url: string;
  /** GET unless told. Only GET and HEAD follow redirects; a redirect of anything else is `bad-response`. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Name its type in the headers. */
  readonly body?: string | Uint8Array;
  /** Every status is an answer, also those that would be thrown: for platforms whose body says why. */
  readonly answersRefusals?: boolean;
  /** The path holds a secret (a bot's token): messages name the host alone. */
  readonly isPathSecret?: boolean;
  /** Everything together, waiting for a turn at the host left out; 30 s unless told. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Without it an address on loopback or a private network is refused, also when a redirect or DNS leads there. */
  readonly allowPrivateNetwork?: boolean;
  /** Ceiling of the body after decompression; 10 MiB unless told. Reading past it throws `too-large`. */
  readonly maxBytes?: number;
}

export interface HttpResponse {
  /** 2xx or 304: every other answer is thrown as the EarshotError that names it, unless asked otherwise. */
  readonly status: number;
  /** Of the final answer; names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
  readonly redirects: readonly { readonly status: number; readonly from: string; readonly to: string }[];
  /** Decompressed, in pieces, can be read once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body. */
  bytes(): Promise<Uint8Array>;
  /** Gives the connection up without reading on. */
  discard(): void;
}

/**
 * `send` throws EarshotError. For methods that change something: `outcome-unknown` when a connection stood and no
 * answer came, so that the request may have been carried out; every other failure says that it was not, or is the
 * platform's own answer.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

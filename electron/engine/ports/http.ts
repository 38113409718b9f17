export interface HttpRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Without it an address on loopback or a private network is refused, also when a redirect or DNS leads there. */
  readonly allowPrivateNetwork?: boolean;
  /** Ceiling of the body after decompression; 10 MiB unless told. Reading past it throws `too-large`. */
  readonly maxBytes?: number;
}

export interface HttpResponse {
  /** 2xx or 304: every other answer is thrown as the EarshotError that names it. */
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

/** GET alone: the engine reads, the outbox will write by its own port. */
export interface Http {
  get(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

import type { Observable } from 'rxjs';
import type { EngineEvent } from '../../shared/contract/events.ts';

/** The product, without a screen. */
export interface Engine {
  /** Runs one method of the contract. Rejects with EarshotError. */
  call(method: string, params: unknown, signal?: AbortSignal): Promise<unknown>;
  readonly events$: Observable<EngineEvent>;
  /** Ends polls, closes the database, leaves no timer, socket or handle. */
  close(): Promise<void>;
}

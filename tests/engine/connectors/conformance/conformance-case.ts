import type { ConformancePlatform } from './stand-in.ts';
import type { Play } from './play.ts';

export interface ConformanceCase {
  /** A sentence, and the key of `without`. */
  readonly name: string;
  /** Whether the platform can have it at all, by what its connector declares. Absent: every one. */
  applies?(platform: ConformancePlatform): boolean;
  /** `skip`: the stand-in cannot play this. */
  run(play: Play, skip: (reason: string) => never): Promise<void>;
}

export const withAccount = ({ connector }: ConformancePlatform): boolean => connector.account !== undefined;
export const withReply = ({ connector }: ConformancePlatform): boolean => connector.reply !== undefined;
export const withFind = ({ connector }: ConformancePlatform): boolean => connector.reply?.find !== undefined;
export const withLook = ({ connector }: ConformancePlatform): boolean => connector.reply?.look !== undefined;

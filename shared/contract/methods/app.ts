import { z } from 'zod';
import { instantSchema } from '../../model/ids.ts';

export const workspaceNameSchema = z.enum(['own', 'sample']);
export type WorkspaceName = z.infer<typeof workspaceNameSchema>;

export const appMethods = {
  'app.info': {
    input: z.object({}),
    output: z.object({
      version: z.string(),
      host: z.enum(['electron', 'browser', 'command-line']),
      /** Why the browser host is used and not Electron, in words; null in Electron. */
      hostReason: z.string().nullable(),
      dataDirectory: z.string(),
      workspace: workspaceNameSchema,
      polling: z.object({
        state: z.enum(['running', 'offline', 'asleep', 'paused', 'stopped']),
        since: instantSchema,
        /** The next planned poll of any source. */
        nextPollAt: instantSchema.nullable(),
        lastPollAt: instantSchema.nullable(),
      }),
    }),
  },
  /** The shell and the window tell the engine what only they can see. */
  'app.setConditions': {
    input: z.object({
      online: z.boolean().optional(),
      asleep: z.boolean().optional(),
      pollingPaused: z.boolean().optional(),
    }),
    output: z.object({}),
  },
  /** Switches between the user's own workspace and the sample; each has its own database. */
  'workspace.open': {
    input: z.object({ workspace: workspaceNameSchema }),
    output: z.object({ workspace: workspaceNameSchema }),
  },
  /** Deletes the sample workspace and opens the user's own. */
  'workspace.removeSample': { input: z.object({}), output: z.object({ workspace: workspaceNameSchema }) },
};

import { z } from 'zod';
import { settingsSchema } from '../../model/settings.ts';

/** Every setting optional and without its default, so that a patch changes only what it names. */
export const settingsPatchSchema = z.object(
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([key, field]) => [key, field.unwrap().optional()]),
  ) as {
    [K in keyof typeof settingsSchema.shape]: z.ZodOptional<
      ReturnType<(typeof settingsSchema.shape)[K]['unwrap']>
    >;
  },
);
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const settingsMethods = {
  'settings.get': { input: z.object({}), output: settingsSchema },
  'settings.set': { input: settingsPatchSchema, output: settingsSchema },
};

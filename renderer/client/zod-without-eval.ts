import { z } from 'zod';

/**
 * zod compiles schemas with `new Function` where it may. The page's policy forbids that, and even the attempt is
 * reported as a violation, so it is turned off. Imported first, before any module that makes a schema.
 */
z.config({ jitless: true });

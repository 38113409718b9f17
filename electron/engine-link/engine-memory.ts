/**
 * V8 lets short-lived objects pile up to three times this before it looks. By default that is 16 MB and grows: a
 * feed of 50 MB took 81 to 105 MB of memory on its way through, with 8 MB it took 19, at the same speed.
 * package.json says the same for the command line.
 */
export const engineMemory = { semiSpaceMb: 8 } as const;

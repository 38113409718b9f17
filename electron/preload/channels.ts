/** The words between the preload script and the main process. None of them carries data. */
export const engineChannels = {
  /** Page to main: a line to the engine, please. */
  connect: 'engine:connect',
  /** Main to page: here is its end of the line. */
  port: 'engine:port',
  /** Main to page: the engine has ended. */
  lost: 'engine:lost',
} as const;

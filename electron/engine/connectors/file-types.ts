/** What people send with an answer, for platforms that take files of every type. */
export const fileTypes: string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'video/mp4',
  'application/pdf',
  'application/zip',
  'text/plain',
  'text/csv',
];

export interface ReadPart {
  readonly name: string;
  readonly fileName: string | null;
  readonly type: string | null;
  readonly content: Buffer;
}

/** A multipart/form-data body as a strict server reads it; null for what is none. */
export function readMultipart(contentType: string | undefined, body: Buffer): ReadPart[] | null {
  const boundary = /^multipart\/form-data; boundary=([\w-]{1,70})$/.exec(contentType ?? '')?.[1];
  if (boundary === undefined) return null;
  const whole = body.toString('latin1');
  if (!whole.startsWith(`--${boundary}\r\n`) || !whole.endsWith(`\r\n--${boundary}--\r\n`)) return null;
  const pieces = whole.slice(boundary.length + 4, -(boundary.length + 8)).split(`\r\n--${boundary}\r\n`);
  const parts = pieces.map((piece): ReadPart | null => {
    const end = piece.indexOf('\r\n\r\n');
    const head = Buffer.from(piece.slice(0, end), 'latin1').toString();
    const lines = head.split('\r\n');
    const disposition = /^Content-Disposition: form-data; name="([^"]+)"(?:; filename="([^"]+)")?$/.exec(
      lines[0] ?? '',
    );
    const type = lines[1] === undefined ? null : /^Content-Type: (\S+\/\S+)$/.exec(lines[1])?.[1];
    if (end < 0 || !disposition || type === undefined || lines.length > 2) return null;
    return {
      name: disposition[1]!,
      fileName: disposition[2] ?? null,
      type,
      content: Buffer.from(piece.slice(end + 4), 'latin1'),
    };
  });
  return parts.every((part) => part !== null) ? parts : null;
}

/**
 * Minutes east of UTC of the names that feeds use. Some are shared by several countries (IST, CST, BST): the
 * one that most feeds mean is taken. The single letters are RFC 822's.
 */
const named: Readonly<Record<string, number>> = Object.assign(Object.create(null), {
  ...hours(0, 'ut utc gmt z wet'),
  ...hours(1, 'cet met mez bst west ist-ie wat n'),
  ...hours(2, 'cest mest mesz eet sast cat'),
  ...hours(3, 'eest msk idt trt eat ast-ar'),
  ...hours(4, 'gst msd samt'),
  ...hours(5, 'pkt yekt uzt'),
  ...hours(5.5, 'ist'),
  ...hours(5.75, 'npt'),
  ...hours(6, 'omst bdt'),
  ...hours(7, 'ict wib krat'),
  ...hours(8, 'hkt sgt pht awst wita myt'),
  ...hours(9, 'jst kst wit'),
  ...hours(9.5, 'acst'),
  ...hours(10, 'aest'),
  ...hours(10.5, 'acdt'),
  ...hours(11, 'aedt'),
  ...hours(12, 'nzst y'),
  ...hours(13, 'nzdt'),
  ...hours(3.5, 'irst'),
  ...hours(-1, 'a azot'),
  ...hours(-2.5, 'ndt'),
  ...hours(-3, 'adt brt art uyt'),
  ...hours(-3.5, 'nst'),
  ...hours(-4, 'edt ast clt vet bot'),
  ...hours(-5, 'est cdt et cot pet'),
  ...hours(-6, 'cst mdt ct'),
  ...hours(-7, 'mst pdt mt'),
  ...hours(-8, 'pst akdt pt'),
  ...hours(-9, 'akst hdt'),
  ...hours(-10, 'hst hast'),
  ...hours(-11, 'sst'),
  ...hours(-12, 'm'),
});

function hours(count: number, names: string): Record<string, number> {
  return Object.fromEntries(names.split(' ').map((name) => [name, count * 60]));
}

/**
 * Minutes east of UTC: `+0200`, `-01:01`, `GMT+2`, `CEST`, `America/Los_Angeles` (which needs to know when).
 * A word of letters that no list knows counts as UTC, as other readers have it; anything else is null.
 */
export function zoneOffsetMinutes(zone: string, localAt: number): number | null {
  const numeric = /^(?:GMT|UTC?|Z)? ?([+-])(\d{1,2}):?(\d{2})?$/i.exec(zone);
  if (numeric !== null) {
    const [, sign, hour, minute = '0'] = numeric;
    if (Number(hour) > 14 || Number(minute) > 59) return null;
    const minutes = Number(hour) * 60 + Number(minute);
    return sign === '-' ? -minutes : minutes;
  }
  const known = named[zone.toLowerCase()];
  if (known !== undefined) return known;
  if (zone.includes('/')) return regionOffsetMinutes(zone, localAt);
  return /^[A-Za-z]{1,5}$/.test(zone) ? 0 : null;
}

function regionOffsetMinutes(zone: string, localAt: number): number | null {
  if (!/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2}$/.test(zone)) return null;
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const offset = (at: number): number => {
      const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
      return name === 'GMT' ? 0 : (zoneOffsetMinutes(name, at) ?? 0);
    };
    // The offset depends on the instant and the instant on the offset: the second guess is right.
    return offset(localAt - offset(localAt) * 60_000);
  } catch {
    return null; // No such region.
  }
}

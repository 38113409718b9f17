/** ISO 639-1, without the languages nobody posts in. */
const codes = new Set(
  (
    'af am ar as ay az be bg bm bn bo br bs ca co cs cy da de dv el en eo es et eu fa ff fi fo fr fy ga gd gl gn ' +
    'gu ha he hi hr ht hu hy ia id ig is it ja jv ka kk kl km kn ko ku ky la lb ln lo lt lv mg mi mk ml mn mr ms mt ' +
    'my ne nl no ny oc om or os pa pl ps pt qu rm ro ru rw sa sc sd se si sk sl sm sn so sq sr st su sv sw ta te tg ' +
    'th ti tk tl tn to tr ts tt ug uk ur uz vi wo xh yi yo zh zu'
  ).split(' '),
);

/** Older and narrower codes that mean one of those. */
const otherNames: Readonly<Record<string, string>> = {
  iw: 'he',
  in: 'id',
  ji: 'yi',
  jw: 'jv',
  mo: 'ro',
  nb: 'no',
  nn: 'no',
  sh: 'sr',
  fil: 'tl',
  cmn: 'zh',
  yue: 'zh',
  eng: 'en',
  deu: 'de',
  ger: 'de',
  fra: 'fr',
  fre: 'fr',
  spa: 'es',
  ita: 'it',
  por: 'pt',
  nld: 'nl',
  dut: 'nl',
  jpn: 'ja',
  kor: 'ko',
  zho: 'zh',
  chi: 'zh',
  rus: 'ru',
};

/** The two-letter code of what a platform or a detector calls a language (`en-US`, `EN_us`, `nb`); null when unknown. */
export function knownLanguage(name: string | null): string | null {
  const base = (name ?? '').trim().toLowerCase().split(/[-_]/, 1)[0] ?? '';
  const code = otherNames[base] ?? base;
  return codes.has(code) ? code : null;
}

import type { Chance } from './chance.ts';

/** Choices that many texts share, as `{city}`; a text's own stand in it, as `{on the train|in bed}`. */
const shared: Readonly<Record<string, readonly string[]>> = {
  city: [
    'Leeds',
    'Utrecht',
    'Porto',
    'Halifax',
    'Malmö',
    'Cork',
    'Ghent',
    'Tucson',
    'Hobart',
    'Brno',
    'Tampere',
    'Bath',
  ],
  train: ['on the train', 'on the tram', 'on the night ferry', 'in the back of a van', 'on the 07:40'],
  cafe: ['in a café', 'at the library', 'in the canteen', 'at the laundrette', 'in a waiting room'],
  few: ['two', 'three', 'four', 'five'],
  weeks: ['two weeks', 'three weeks', 'five weeks', 'a month', 'six weeks', 'two months'],
  pages: ['140', '212', '260', '318', '377', '430', '512', '640', '1,100'],
  percent: ['38', '41', '52', '57', '63', '66', '71'],
  minutes: ['ten', 'fifteen', 'twenty', 'forty'],
  kid: ['my daughter', 'my son', 'my niece', 'my nephew', 'my eight-year-old'],
  other: ['my partner', 'my flatmate', 'my sister', 'my brother', 'a colleague', 'my mum', 'my dad'],
};

/** Settles every open choice in a text. Braces that offer none (code) stay as they are. */
export function phrase(text: string, chance: Chance): string {
  return text.replace(/\{([^{}]*)\}/g, (whole, inside: string) => {
    const options = inside.includes('|') ? inside.split('|') : shared[inside];
    return options ? chance.pick(options) : whole;
  });
}

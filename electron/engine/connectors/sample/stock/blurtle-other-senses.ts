import type { Shelf } from '../story.ts';

/** Hits that a search for the brand's words brings and nobody wanted: birds, fountain pens, chocolate, junk. */
export const blurtleOtherSenses: readonly Shelf[] = [
  {
    channel: 'blurtle',
    phase: 'any',
    language: 'en',
    stories: [
      `Hawfinch on the feeder this morning! Enormous beak, tiny brain, ate {all|half} the sunflower seeds. #birding`,
      `Twenty minutes with a hawfinch at first light, and it never once looked my way. Worth the cold feet.`,
      `Three hawfinches in the hornbeams behind the church today, first of the winter. Bring a scope, park by the lych gate. #birdwatching`,
      `Fun fact: a hawfinch can crack a cherry stone with its beak. I can't open a jar of olives.`,
      `My hawfinch embroidery is finished. Only the beak took {three|four} evenings. #needlework`,
      `Ringing report, {Saturday|Sunday}: 41 birds, including 2 hawfinch (1 bit me, of course).`,
      `Sightings: hawfinch {2|3|5}, brambling 11, siskin about 40, one very confused pheasant. #birding`,
      `Hot chocolate with cacao nibs on top. The nib is the best part, don't argue.`,
      `Swapped the nib on my fountain pen for a stub and my signature looks like a treaty now.`,
      `Anyone know who grinds a nib these days? My favourite fountain pen has gone scratchy.`,
      `A sheaf of barley, a loaf, a candle: harvest table at the {chapel|village hall} looked lovely this year.`,
      `The trail's called Hawfinch Loop. It's neither a loop nor did I see one. 14 km, muddy, recommended. 🥾`,
      `~x 0m
FREE hawfinch nib GIVEAWAY!! follow + share + click the link, 500 winners today only >>> https://win-win.example/nib
~y 3m
FREE hawfinch nib GIVEAWAY!! follow & share & click the link, 500 winners today only >> https://win-win.example/nib?2
~z 4m
FREE hawfinch nib GIVEAWAY! follow + share + click link. 500 winners, today only → https://win-win.example/n1b
~b 25m
reported. @hawfinch you may want to look at these accounts`,
      `~x 0m
{Cheap|Cheapest} Hawfinch Nib 80% OFF, original box, limited!!! https://bestpricepens.example/hf`,
      `Starting a band called Hawfinch & The Cherry Stones. We have no songs and one tambourine.`,
      `The pub quiz asked for the British finch with the strongest beak, and I said "hawfinch" so loudly that a dog left.`,
    ],
  },
];

import type { Shelf } from '../story.ts';

/** Reviews by buyers: the first figure of each title is its moons. */
export const fivemoonsReviews: readonly Shelf[] = [
  {
    channel: 'fivemoons',
    phase: 'any',
    language: 'en',
    stories: [
      `# 5 The first gadget that made me use gadgets less
I bought the Nib for {meeting notes|lecture notes} and kept it for everything else. It does one thing: it lets you write, finds what you wrote, and leaves you alone.

What I like:

- the pen, which feels like a soft pencil and never needs charging
- the search, which reads even my worst Friday handwriting
- two weeks between charges, honestly measured

What I'd change: it could wake up faster. Four seconds is long when you have an idea in the shower and wet hands.

I'd buy it again tomorrow.`,
      `# 4 Lovely hardware, thin software
The device itself is a joy. The desktop app feels like it was written over a weekend: no folders, no drag and drop, and it asks me to sign in again every {week|few days}. Everything on the Nib itself works, so four moons, but please, Hawfinch, hire one more desktop person.`,
      `# 2 Beautiful, fragile, expensive to mend
Mine fell off a kitchen chair, not even a metre, and the screen died. Repair: €160, nearly half the price. The people were friendly and quick and I could have done it myself with the guide. Still, something that lives in a bag should survive a bag.`,
      `# 5 My mother writes letters again
She has a tremor, and paper had become a fight. With the Nib she writes large, undoes what slips, and I get the letter on my phone a minute later. I don't care about anything else in this review. Five moons, and I'd give a sixth.`,
      `# 3 Good notebook, not a reader
If you want to read long PDFs, look elsewhere. It opens them, eventually, and turns pages like a sleepy librarian. As a notebook it's excellent. I knew that before I bought it, and I still hoped.`,
      `# 1 Third pen slot in a year
The slot that holds the pen wears out. They replace the device each time, no questions, and each time the new one wears out too. I'm {a nurse|a site engineer}, I take the pen out two hundred times a day, and apparently nobody tested that. Such a pity, because I liked everything else. I've asked for my money back.
~a 5d edit
{=}

**Update:** they refunded me in full and sent a list of questions about how I use it. Decent people. Still one moon for the slot.`,
      `# 4 A year later
Short version: still on my desk, still charged, still the first thing I reach for.

Longer version: {pages} pages, two pens (I lost one), six tips. Handwriting search got visibly better with each update. Hedgerow, the linking feature, looked like a gimmick and turned out to be how I plan everything now. One moon off because there's still no password per notebook, and I share a house with teenagers.`,
      `# 5 Worth it for the silence alone
No mail. No badges. No "you might also like". I wrote the first draft of a novel on this in {five|seven} months after failing for six years on a laptop. Correlation, causation, who cares.`,
      `# 2 Not for left-handers, whatever the box says
The menus move to the right, great. The toolbar doesn't, so the side of my hand presses "lasso" every few words. I wrote to support, and they said it's "on the list". The list is apparently long. I'd love to love it.`,
      `# 5 Classroom tested
Thirty teenagers, one term, {eight|ten} Nibs passed around. Nothing broken except one pen that was used as a drumstick. The red ink setting for marking is brilliant. Pupils asked when it's their turn, which has never happened with my overhead projector.`,
      `# 3 Fine, but read the small print on Warble
Dictation is included for 60 minutes a month and costs extra after that. It's very accurate, and it does work offline, so I don't mind paying. I mind that the box says "unlimited notes" in large letters and this in small ones.`,
      `# 4 For people who think with a pencil
I draw {bicycles|furniture|stage sets}. Line quality is lovely: no lag I can see, no wobble, tilt for shading. Layers would be nice. Colour would be nice. But I've filled {three|four} notebooks since summer, and that tells you more than any list.`,
      `# 5 Outstanding support
Bought used, locked to the former owner. I expected weeks of proving who I am. One chat, one photo of the serial number, one day. Then they wrote again to ask whether everything was alright. When did that last happen to you?`,
      `# 1 Arrived dead, stayed dead
Did not charge, did not start, tried {three|four} cables. Support sent me a link to a page about cables. A week later they agreed to take it back "for inspection", at my cost. I've bought a paper notebook. It works.`,
      `# 4 My Hedgerow grows
It took me a month to understand what the linking is for. You draw a line from a word to another page, and later you can walk back along it. My research notes finally talk to each other. Minus one moon: the map view becomes unusable beyond about {500|800} pages.`,
      `# 3 The Bough stand is overpriced
It charges the Nib and looks like a twig. It's €59. My neighbour made me one from an actual twig. Works as well.`,
      `# 5 Sunlight, sand, sea spray
Took it sailing for {two|three} weeks as a log. Readable in full sun, dry after a wipe, one charge. The skipper wants one.`,
      `# 2 Subscription-free, yes, but...
...voice minutes, extra templates and the large export are paid add-ons now. Each is small. Together it's a subscription with extra steps. They should say so.`,
      `# 4 Gets out of the way
What more do you want from a notebook? All right: faster PDF, an EPUB reader, and please let me rotate the screen. Otherwise wonderful.`,
    ],
  },
  {
    channel: 'fivemoons',
    phase: 'any',
    language: 'de',
    stories: [
      `# 5 Endlich kein Zettelchaos mehr
Ich leite eine kleine Tischlerei und habe früher alles auf Zettel geschrieben. Jetzt liegt das Nib in der Werkstatt, voller Staub, und funktioniert trotzdem jeden Tag. Maße, Skizzen, Kundennamen: alles wiederzufinden. Der Akku hält locker zwei Wochen. Klare Empfehlung.`,
      `# 2 Schönes Gerät, schwache App
Das Schreiben ist großartig. Die App am Rechner leider nicht: stürzt bei großen PDFs ab, meldet mich ständig ab und kennt keine Ordner. Für den Preis enttäuschend.`,
    ],
  },
  {
    channel: 'fivemoons',
    phase: 'any',
    language: 'fr',
    stories: [
      `# 4 Un vrai plaisir d'écrire
Je suis {traductrice|professeure}, j'écris toute la journée. Le toucher est remarquable, l'autonomie excellente, et la recherche retrouve même mes gribouillis. Une lune en moins pour le clavier QWERTY, qui revient à chaque mise à jour.`,
    ],
  },
  {
    channel: 'fivemoons',
    phase: 'any',
    language: 'es',
    stories: [
      `# 5 Mejor que el papel, y mira que me gusta el papel
Lo compré para {la oposición|el doctorado} y ya no uso otra cosa. Subrayo, busco, ordeno, y no me distraigo. La batería dura una barbaridad. Lo único malo: la funda no viene incluida.`,
    ],
  },
  {
    channel: 'fivemoons',
    phase: 'sheaf',
    language: 'en',
    stories: [
      `# 5 The page I was waiting for
I play {viola|second clarinet}. Scores were too small on the Nib and too heavy in the bag. On the Sheaf they're simply right: full size, page turns with a tap, pencil marks that stay. Lamplight in the pit is perfect and disturbs nobody.`,
      `# 4 Big, bright, a little heavy
Same wonderful pen as the Nib, and PDFs are finally quick. It's tiring to hold in bed, and there's no sleeve in the box, which at this price is a bit cheeky. Everything else is excellent.`,
      `# 2 Split view isn't ready
Two documents side by side is why I bought the Sheaf, and it crashes with large files. Nothing lost so far, but three crashes in a week is too many. I'll raise the rating when it's fixed.`,
      `# 5 Bought with scepticism, kept with love
I sell office furniture, so I've seen every "paperless" promise fail. This one sits on my desk all day, on, and I forget that it's a machine. The best thing I've bought for work in years.`,
      `# 3 Great Sheaf, silly speaker
Nobody needs a tinny speaker in a notebook. Take it out and give us rubber feet. It slides off my {music stand|lectern}.`,
    ],
  },
  {
    channel: 'fivemoons',
    phase: 'launch',
    language: 'en',
    stories: [
      `# 5 First day with the Sheaf
I was lucky in batch one. It's what the Nib would be if it could stretch: same pen, same quiet, twice the room. The warm light is gorgeous. Setup took four minutes, and my notebooks were simply there. I'm delighted.`,
      `# 4 A lot of money, very well spent
€549 hurts. Then you write on it. Landscape works beautifully, big scores open in seconds. No colour, which I miss for {maps|anatomy}. Otherwise superb.`,
    ],
  },
  {
    channel: 'fivemoons',
    phase: 'trouble',
    language: 'en',
    stories: [
      `# 1 Update 4.2 deleted my work
I'm writing this angry. The update installed itself overnight, and in the morning {nine|twelve} days of notes were gone from the device and from Hedgerow. Support: no answer in {20|26} hours. A notebook has one job.
~a 3d edit
{=}

EDIT after 4.2.1: all pages came back, and they apologised properly. I'm leaving the rating until I feel safe again.`,
      `# 1 Empty battery, empty notebook, empty promises
Since 4.2 mine doesn't last until lunch. Before: two weeks. And the status page says everything is fine. I loved this thing, which makes it worse.`,
      `# 1 Brand new Sheaf, bricked by its first update
Unpacked, charged, updated, dead. A bird on the screen and nothing else. Refund requested.
~a 2d edit
{=}

They collected it the next day and a new one came with an older version on it. Fast, I'll give them that. One more moon if it survives the month.`,
      `# 2 I trusted the cloud
I know, my own fault. Sync removed what I wrote and then removed it from the backup too. A kind person on a forum helped me get it back from the trash folder. The company didn't.`,
      `# 3 Not affected, but worried
My Nib on 4.2 works. Reading what happened to others, I've switched updates off and export everything on Fridays. That isn't how I want to feel about a notebook.`,
    ],
  },
  {
    channel: 'fivemoons',
    phase: 'mended',
    language: 'en',
    stories: [
      `# 4 They broke it, they fixed it, they said why
I lost a week of notes to 4.2 and got it back with 4.2.1. The explanation they published is clear, and the new rule (no update without a backup) is right. One moon off for the day of silence.`,
      `# 3 Working again
Battery back to normal, sync back to normal, me not quite back to normal. Let's see.`,
    ],
  },
];

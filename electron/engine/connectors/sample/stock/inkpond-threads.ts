import type { Shelf } from '../story.ts';

/** Threads of the owners' forum: several people, several days, the first poster usually coming back. */
export const inkpondThreads: readonly Shelf[] = [
  {
    channel: 'inkpond',
    phase: 'any',
    language: 'en',
    stories: [
      `# Nib turns pages by itself at night
Third night in a row: I leave the Nib on the desk, page 40 open, and in the morning it shows page 43. Nobody else lives here. Firmware 4.1, Bough stand, no case. Ideas?
~b 40m
Does it stand close to a lamp with a dimmer? Mine did that, cheap dimmers make the touch layer see ghosts.
~c 2h
Or a cat.
~a 9h
> Or a cat.

I don't own a cat. I do own a dimmer. Moved the Nib to the shelf, will report.
~a 1d
Two nights, no page turned. It was the dimmer! Thank you. I'm slightly sad that it isn't a ghost.
~c 3h
Keep an eye out for the cat anyway.`,
      `# [How to] Print a booklet from a Hedgerow notebook
Because this comes up every month, here's what works for me:

1. On the Nib, share the notebook as PDF with **flatten** switched on.
2. On the computer, run the file through a booklet tool, as below.
3. Print on both sides, flip on the *short* edge.
4. Fold, staple, feel clever.

\`\`\`
pdfbook --short-edge --signature 16 notebook.pdf
\`\`\`

The margin on the Nib is 6 mm, so set the printer's to 5 or it shrinks everything.
~b 3h
This is great, thank you. One addition: if you write in ruled notebooks, switch the ruling off before you share, it's under Page > Paper > "don't print".
~c 1d
Worked on the first try, made one for {my whole choir|our D&D group}. They think I'm a publisher now.
~d 5h
\`--signature 16\` leaves me with four empty pages at the end. What am I doing wrong?
~a 1h
Nothing, a booklet always has a multiple of four pages, and sixteen is the fold. Use 8 for thin ones.`,
      `# Search finds nothing in notebooks older than a year
Handwriting search works for everything recent, but notebooks from before {last summer|last spring} return nothing at all, not even words in big block letters. Anybody else? Nib, latest version, about {pages} pages.
~b 25m
Old ones have to be indexed again after the move to the new engine. Settings > Storage > "rebuild index", plug it in and leave it overnight. It gets warm.
~a 14h
It did, and it found {61|74} mentions of "dentist". I should go to the dentist.
~c 6h
Why isn't this done automatically? I've owned mine for two years and thought the search was simply bad.`,
      `# Feature request: a password per notebook
I know that it's been asked before. I'd like to ask with reasons.

- I share one Nib with my partner; most notebooks are for both of us, two are not.
- I'm a counsellor. Client notes have to be locked, also at home.
- The whole-device code is all or nothing.

Would anybody else pay for it? I would.
~b 1h
+1. Teacher here. Marks and pupils' drawings on one device is asking for trouble.
~c 2h
+1, though please without a fee. It's safety, not a template.
~d 8h
They answered in last year's questions hour: it's hard because search and Hedgerow index everything together. "On the list, not near the top."
~a 1h
Then I'll keep asking until it's near the top. Thanks for finding that.
~e 2d
Workaround until then: second account, notebooks shared read-only from the first. Clumsy, works.`,
      `# Pen or tip? Scratchy line on the upper half of the page
My pen scratches, but only on the upper half of the screen. New tip, same thing. The lower half is smooth as butter. Is that the film?
~b 30m
Yes. Where did you put your palm before you had the Nib? The film wears where you write most, and most people start at the top and give up halfway down :)
~a 20m
Rude. True.
~c 4h
New film is 14 euro in the shop and takes ten minutes with the card they put in. Warm it with a hair dryer first, it comes off in one piece.
~a 3d
Done. Like new. I watched your hair dryer advice save me from an evening of picking at corners.`,
      `# Coming from Quillmere, what will I miss?
I've used a Quillmere Slate for {two|three} years and I'm fed up with the subscription. Before I buy a Nib: what will I miss?
~b 35m
Speed with PDFs. Colour. The web clipper. That's it for me.
~c 1h
You'll miss the tags for a week. Then you'll understand Hedgerow and wonder what tags were for.
~d 3h
Honestly? The app. Quillmere's desktop app is good, and ours is... ours.
~a 1d
Thank you all. Ordered. I exported 1,900 pages from Quillmere today, and it took *six hours*, so I wasn't sorry to go.
~b 2h
Welcome to the pond 🦆`,
      `# Warble hears my dog
Dictating with Warble on the Nib. Every time the dog sighs, it writes "he's". My diary now reads: "Walked to the mill. He's. It rained. He's. He's."
~b 15m
I wouldn't change a thing.
~c 50m
Try Settings > Warble > "only my voice". You read it three sentences, and it ignores everybody else. It also ignored my wife, which led to a conversation.
~a 6h
Trained it. The dog is out of the diary. I miss him, and have put him back by hand.`,
      `# Is 4.1 slower at waking up, or am I getting impatient?
I filmed it: 4.2 seconds from button to pen on 4.0, and 4.9 seconds on 4.1. Hush mode off, wallpaper off, {pages} pages. Does somebody with another Nib want to measure?
~b 2h
4.0 s and 4.1 s here, so no difference. 200 pages.
~c 3h
3.8 / 5.1 with 2,300 pages. It grows with the number of pages!
~a 40m
That would explain it. So it reads some list on waking that it didn't read before. I'll write that to support with our numbers.
~a 4d
Answer from support: confirmed, "the list of recents is read in full", will be mended in the version after next. Nice work, everybody.`,
      `# Show me your notebooks: how do you sort a life?
I have {forty|thirty} notebooks called "new notebook". Help. How do you do it?
~b 20m
One per project, one per year for everything else. When a project dies, I rename it with a z in front. It's a graveyard down there.
~c 45m
A single notebook. 1,400 pages. Hedgerow links. I'm not a monster, I'm free.
~d 1h
You are a monster.
~e 5h
By colour of the cover. I couldn't tell you what the colours mean, but my hand knows.
~a 2d
Update: I've renamed all of them. It took an evening and two pots of tea. I found a poem, a shopping list from my wedding week, and eleven drawings of the same chair.`,
      `# Dead Nib after a flight
After a flight to {Lisbon|Oslo|Naples} my Nib doesn't start. No bird, no light on the charger. It was in flight mode in my hand luggage. Support is closed until Monday. Can I do anything until then?
~b 25m
Hold power and the page button together for 30 seconds, on the charger. It's the deep reset, it doesn't touch pages.
~a 10m
Nothing. Not even the charging light.
~c 1h
Try another cable before you despair. Really. The light needs data lines, some travel cables have none.
~a 30m
I'm an idiot. Hotel cable. With a proper one the bird is there. Thank you, I was already composing an angry letter in my head.
~c 15m
On what?`,
      `# The command line tool deserves more love
I've used \`hedgerow\` (the official command line tool) for a month and can't believe it's not mentioned anywhere. Some things I do with it:

- nightly export of all pages as SVG into git
- a list of every page with an empty checkbox on it
- my "on this day" mail to myself

\`\`\`
hedgerow search --ink "☐" --format tsv | sort -k2 | head -40
\`\`\`

The manual page is excellent, too.
~b 2h
Does it need the sync service, or does it talk to the Nib over the cable?
~a 30m
Both. \`--device usb\` for the cable. Slower, but nothing leaves the house.
~c 7h
There's a bug with page names that contain a slash: it makes folders. I've got a whole tree called "and".
~a 1h
Ha! Reported. There's a \`--safe-names\` in the next version.`,
      `# Refund for a cancelled order: three weeks and counting
I cancelled a second Nib on the day I ordered it. They confirmed within an hour. The money: still not here after three weeks and four mails. I like my first Nib very much, but this is a poor way to treat customers.
~b 2h
Same in spring, it took five weeks. In the end I called the bank, and it was there in two days.
~c 4h
Write in the chat, not by mail. Mail goes to a queue that nobody seems to own.
~a 3d
Chat solved it in ten minutes, a bank number had two digits swapped. By them. They apologised and sent a tip set. Fine, closed.`,
      `# Music staves, once more, with feeling
Every few months somebody asks for music paper. Here are my five lines, drawn by hand and copied onto {200|150} pages, free to use: https://inkpond.example/files/staves.nbk

Hawfinch, if you read this: it took me two evenings. It'd take you one.
~b 1h
You're a hero. The spacing is perfect for my {fiddle|recorder} group.
~c 5h
Could you make one with tab lines below?
~a 1d
Added a guitar and a lute version. Yes, lute. Don't ask.
~d 2h
I'll ask. Is there a recording?`,
      `# My Nib and I got caught in the rain, a photo story
Forty minutes on a bicycle, open pannier, biblical rain. The Nib sat in a puddle. I dried it with a tea towel, and it showed me the page I'd been on, as if to say: where were we?

![A notebook with a wet screen on a kitchen towel](https://inkpond.example/files/rain.jpg)

I've owned watches that were less waterproof.
~b 30m
Mine drowned in half a glass of lemonade. Luck of the draw? Or sugar.
~c 2h
Sugar. Rinse it with clean water next time, seriously, it says so in the repair guide.`,
      `# Hedgerow map view freezes with more than 800 pages
Opening the map (two fingers apart, then down) freezes the Nib for half a minute or more once a notebook has about 800 linked pages. Steps:

1. Open a big notebook.
2. Open the map.
3. Wait. Wait more. The bird.

Expected: a map. I've sent the log as ticket 40881.
~b 1h
Same. It's drawing every line even if they're off the screen, I think. Zooming in first helps a little.
~c 20h
Ticket 40302 here, from May. "Known".
~a 5d
They asked for my notebook to test with, and I sent a copy with the words blurred. Let's hope. Friendly people, I must say.`,
      `# What do you write with it? (no tech talk)
We talk about firmware all day. What's actually on your pages?
~b 15m
Soup recipes and the weather, since {2024|2025}.
~c 1h
Case notes. And in the back, badly drawn patients' dogs. With permission.
~d 2h
A fantasy novel about a lighthouse that walks. 90,000 words by hand. Don't ask when it's done.
~e 6h
Letters to my son for when he's older. He's two. He draws over them.
~b 1d
That's the loveliest thing in this forum. Okay, back to soup.`,
      `# Bough stand: wobble fix
If your Bough wobbles: the screw under the felt is often loose from the factory. Peel the felt at the short end, quarter turn with a 2.5 hex, done. Five minutes. It no longer tips when I write on the standing Nib.
~b 4h
Thank you! Mine was loose as well. For 59 euro they could tighten a screw.
~c 1d
Works. Don't turn too far, I heard a crack. It's fine. I think it's fine.`,
      `# Student price outside the EU?
The page says "in some countries". I asked twice and got two different answers. Has anybody in {Norway|Switzerland|Turkey} got the discount?
~b 2h
Switzerland, yes. You need a mail address of the university, then it's minus 20%.
~a 1h
Perfect, got it. Thanks. Why isn't that on the page?`,
    ],
  },
  {
    channel: 'inkpond',
    phase: 'any',
    language: 'de',
    stories: [
      `# Erfahrungen mit dem Nib im Amt?
Wir überlegen, für unser Bauamt {zehn|zwölf} Geräte anzuschaffen. Wie sieht es mit Datenschutz aus? Verlässt die Handschrift das Gerät?
~b 1h
Die Erkennung läuft seit Version 3 auf dem Gerät. Ohne Hedgerow-Konto geht gar nichts raus, haben wir mit einem Mitschnitt geprüft.
~c 5h
Wir nutzen sie seit einem Jahr in der Bauaufsicht. Einziger Ärger: Nach jedem Update ist eins der Geräte abgemeldet.
~a 1d
Danke euch, das hilft sehr. Der Mitschnitt überzeugt sogar unseren Datenschutzbeauftragten.`,
    ],
  },
  {
    channel: 'inkpond',
    phase: 'sheaf',
    language: 'en',
    stories: [
      `# Sheaf: what's in your bag with it?
There's no sleeve in the box. What do you carry it in? I've tried a padded envelope, which was a success with nobody.
~b 1h
A wool sleeve from a lady on the market. Twelve euro, made for a "large breakfast board", fits to the millimetre.
~c 3h
The official one. It's nice. It isn't €69 nice.
~d 1d
A pillowcase. I'm not joking, it's perfect, and it goes in the wash.`,
      `# Split view crash with large files: collecting cases
Let's collect, so that they've something to work with. Please post: size left, size right, what you did.

Mine: 410 MB score left, 12 pages of notes right, crash when turning the left page quickly. Notes safe.
~b 2h
350 MB left, empty page right. Crash on rotate.
~c 4h
Two small ones (20 MB each). Never crashed in a week.
~d 9h
600 MB scan left. Crash as soon as I write on the right. Pages were there after the restart, so no loss, just annoying.
~a 2d
I've sent the list. Answer: "reproduced, memory, mended in the next version, sorry". Good.
~b 5h
Thanks for doing this!`,
      `# Pedals with the Sheaf
Which page-turn pedals work with the Sheaf? The shop says "most". My old one pairs, turns one page, and then goes to sleep.
~b 40m
Switch off the pedal's own power saving, hold both sides for five seconds. Then it's solid, three concerts so far.
~a 1d
Three rehearsals without a hitch. The oboes are asking questions.`,
    ],
  },
  {
    channel: 'inkpond',
    phase: 'launch',
    language: 'en',
    stories: [
      `# Sheaf launch: the big thread
It's live! Ten inches, Lamplight, landscape, **staves**. Write down what you think, and please, one thread.
~b 8m
STAVES
~c 6m
STAVES!!!
~d 15m
I had sworn not to buy anything this year. Batch one, ships {Friday|Monday}.
~e 25m
No colour. I had hoped. Everything else is wonderful, congratulations to them.
~a 1h
> No colour.

They said why: the light would be colder and the pen slower. I'm with them, to be honest.
~f 2h
€549 is too much for me. I'll wait for used ones. But what a lovely thing.
~c 5h
Somebody at the event let me write on it. It's the same pen feeling. I've ordered. My partner doesn't know yet. Hi, darling.`,
      `# Does the Sheaf replace the Nib for you?
Serious question, since I can only afford one. I write longhand, {ten|twenty} pages a day, mostly {train}.
~b 30m
On the move? Nib. The Sheaf wants a table.
~c 2h
I have both since this morning (lucky). The Nib is for thinking, and the Sheaf is for working. If only one: Nib.
~a 3h
Then I'll stay with mine, happily. Thank you for saving me 549 euro.`,
    ],
  },
  {
    channel: 'inkpond',
    phase: 'trouble',
    language: 'en',
    stories: [
      `# 4.2 lost pages: how to get them back (read this first)
**Don't reset. Don't restart. Switch sync off.** Then:

1. Connect by cable.
2. Look into the hidden folder.
3. Copy everything out before you do anything else.

\`\`\`
hedgerow --device usb ls --all .trash
hedgerow --device usb cp -r .trash ~/nib-rescue
\`\`\`

Pages are there as .nbk with a date in the name. It has worked for {nine|eleven} people so far. Ask here if you're stuck, I'm awake.
~b 14m
You're a saint. {Two weeks|A month} of interviews, all there.
~c 20m
\`ls\` shows nothing here. Empty. What now?
~a 6m
Did you restart after the update?
~c 3m
Yes, twice. I didn't know.
~a 11m
Then try \`--snapshots\`. There may be one from before. Don't panic yet.
~c 35m
FOUND. Everything up to {Saturday|Sunday}. I lost one day instead of a year. Thank you so much.
~d 1h
Has anybody heard anything from Hawfinch? I've written three times. Nothing. It's ridiculous that a volunteer has to do this.
~e 40m
Works on the Sheaf too, same commands.
~a 2h edit
{=}

**Edit:** if \`ls\` comes back empty, try \`hedgerow --device usb ls --snapshots\`. Works on the Sheaf too. Thirty-one rescued so far.`,
      `# Battery gone in four hours since 4.2
From two weeks to four hours. It gets warm in standby. Something's running that shouldn't. Anyone?
~b 10m
Same here. It tries to sync the same page again and again. Flight mode stops it.
~c 25m
Flight mode: 3% in six hours. Without: dead. So yes, it's sync.
~d 1h
How does something like this get through testing? Do they have a single Nib in the house that isn't new?
~a 5h
Flight mode it is. A notebook that has to hide from its own cloud, brilliant.`,
      `# Going back to 4.1, does anybody know how?
Title. Support doesn't answer, the menus offer nothing. I have {three|two} Nibs for work that must be usable on Monday.
~b 30m
Hold page + power while plugging in, you get the service menu, "previous version". It's there because of the batch with the bad screens. It keeps pages, but do the rescue first!
~a 50m
It worked on all of them. They should print that on a billboard.
~c 2h
On mine the entry is grey. "Previous version not available". Great.
~b 20m
Then it has already deleted it to make room. Sorry. You need the cable and the image; write to me.`,
      `# Sheaf stuck on the bird after its first update
New Sheaf, out of the box, updated to 4.2 as it asked me to, and now there's a bird. For three hours. I've waited {two|three} weeks for this thing. I'm so disappointed.
~b 15m
I'm sorry. Same here. Don't keep pressing buttons, it isn't dead, it's in a loop.
~c 1h
Mine came back after the battery ran empty (took a night) and I charged it from zero.
~a 1d
The empty battery trick worked! It's alive, on 4.1. What a start. At least the thing itself is gorgeous.`,
      `# Where's the company?
A calm question. It's now {20|22} hours. There's one line from Hawfinch: "aware of reports". No instructions, no "switch sync off", no pulled update. The useful information comes from six people in this forum who should be asleep.

I've recommended this notebook to everybody I know. I feel foolish.
~b 25m
I work in incident response. The first hour is for saying what you know, even if that's little. This is how you lose people.
~c 50m
I'm sure they're working hard. But yes. Say it.
~d 3h
It's pulled, as of ten minutes ago. "We should have done this yesterday", they write. Well. Yes.
~a 45m
Good. Late, but good.`,
      `# Is Quillmere any better? (asking after today)
After the 4.2 disaster I wonder. Does Quillmere lose pages?
~b 30m
Two years ago, yes, and they never explained it. Grass, greener, etc.
~c 2h
Paper has never lost a page for me. It has lost me, in a train, but that's another story.`,
    ],
  },
  {
    channel: 'inkpond',
    phase: 'mended',
    language: 'en',
    stories: [
      `# 4.2.1: please report how it goes
Installed on two Nibs and a Sheaf {this morning|last night}. What I see: deleted pages restored in a notebook called "found again", battery normal, pen buttons work. What about you?
~b 30m
All back. Even pages I had thrown away on purpose. Hello, old love letter.
~c 1h
Restored 300 of 310. The last ten are from the afternoon of the update. I've written to support.
~d 4h
Fine here. The update itself took forty minutes, don't worry.
~c 1d
Support found nine of the ten. The tenth was a drawing of a bus. I can live with that.
~e 2h
I'm staying on 4.1 for now, but it's good to read this.`,
      `# The post-mortem is worth reading
They've published what happened: https://hawfinch.example/journal/what-went-wrong-with-4-2

Short: an empty page from a device with a flat battery counted as newer than the real one, and the merge spread it. They only ever tested with two devices.

> We were proud of never asking you to think about sync. So you had no way to notice when it went wrong.

That's a good sentence. And the six helpers from this forum get a Sheaf each.
~b 20m
Wait, really?
~c 10m
Really. I got the mail. I'm a bit speechless. Thank you, everybody, and thank you, Hawfinch.
~d 1h
Very well deserved. I'd have lost my thesis without you.
~e 6h
Good explanation, good gesture. Still: a day of silence. I hope they write that on a wall somewhere.`,
    ],
  },
];

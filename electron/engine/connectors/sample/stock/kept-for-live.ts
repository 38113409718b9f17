import type { Shelf } from '../story.ts';

/** Forum threads, reviews and news that history leaves alone, so that what arrives while one looks is new. */
export const keptForLive: readonly Shelf[] = [
  {
    channel: 'inkpond',
    phase: 'live',
    language: 'en',
    stories: [
      `# Right now: is Hedgerow slow for you?
Pages take a minute or more to appear on my computer. It was quick this morning. Nib, 4.2.1, good Wi-Fi, in {city}.
~b 10m
Slow here too, and I'm on a cable. The status page is green, of course.
~c 10m
Fine in {city}. Must be the northern servers.
~a 20m
Back to normal as of now. I'll leave this here in case somebody else goes mad looking for the reason.`,
      `# First day with a used Nib, three questions
Bought a used Nib yesterday and I'm in love already. Three things I can't find:

1. How do I get rid of the previous owner's templates?
2. Is there a dark cover for the menus?
3. Why does it chirp at seven in the evening?
~b 15m
1: Page > Paper, swipe left on each. 2: no. 3: that's Hush mode beginning, you can turn the chirp off but why would you.
~c 10m
Welcome! Check the film for scratches while you can still complain to the seller.
~a 30m
Film is fine. I've decided to keep the chirp. Thank you both!`,
      `# Pen tilt jumps when I shade slowly
When I shade with the side of the tip and move *slowly*, the line gets thick and thin in steps, like stairs. Fast strokes are smooth. New tip, new film. Is my pen broken?
~b 20m
I can reproduce it on mine. It's the smoothing, it gives up under a certain speed. Pencil tool only, the brush is fine.
~c 15m
It's been like that since the 4.x series. In 3.9 it was smooth, I've got drawings to prove it.
~a 10m
Glad it isn't the pen. Sad that it's the software. I've reported it with a video.`,
      `# Poll: what's the one thing you'd fix first?
If you could fix exactly one thing on the Nib, what would it be? I'll count on Sunday.
~b 5m
Wake-up time.
~c 5m
Desktop app. The whole of it.
~d 10m
Password per notebook!!
~e 10m
The pen slot. I've worn out two.
~f 15m
Nothing. Please don't touch anything. It's perfect and I'm scared of updates now.`,
      `# Somebody left a Nib on the {Leeds|Ghent|Cork} train
Found a Nib in a grey felt case on the train this afternoon. Locked, of course. On the cover page it says "if found, please read chapter 3 and tell me if it's any good". How do I reach the owner?
~b 10m
Menu, hold the corner, "found device". It shows a number to give to support, they'll tell the owner.
~a 25m
Did that. The owner has already answered. She wants to know about chapter 3. It's locked, I can't read it!
~c 10m
This is the best thread of the month.`,
      `# Export to my reference manager loses the margin notes
Export from the Nib to BibTeX brings my highlights but not what I wrote in the margin. That's the half I need. Am I missing a switch?

\`\`\`
hedgerow export --notebook thesis --format bib --with highlights
\`\`\`
~b 15m
\`--with highlights,ink\`. It isn't in the help text, only in the release notes of 0.8.
~a 10m
Works! You've just saved me about four weeks of typing. Why's that hidden?`,
      `# Grandmother mode?
Is there a way to take away everything except "write" and "send to family"? My grandmother keeps ending up in the settings and calls me, very politely, every evening.
~b 20m
Settings > Access > "only these pages". We use it at the care home where I work, it's great.
~a 15m
That's exactly it. She's going to miss calling me. I'll call her.`,
      `# Warble in two languages at once
I dictate half in English and half in Welsh, often in one sentence. Warble picks one and writes the other as nonsense. Any tricks, or is it hopeless?
~b 15m
Hopeless for now, but the nonsense is lovely. Mine turned "popty" into "pop tea" and I use that now.
~c 20m
They said "mixed languages next year" at the last questions hour. I'm hoping for Breton, so I'm used to waiting.`,
      `# Bent pen after sitting on it
I sat on my pen. It's a banana now. It still writes! But it no longer holds on to the Nib's side. €79 for a new one feels steep, can it be straightened?
~b 10m
Please don't heat it. There's a glass tube with the antenna inside. I learned that the hard way.
~c 10m
Used pens turn up in the market section here for 30 or so.
~a 15m
Found one for 25. The banana goes to my nephew, who is delighted.`,
      `# Thank you note
A year ago I asked here whether I should buy a Nib to get through my father's papers. You talked me into it. I've just linked the last of his letters, four hundred and twelve of them, and printed the book for my sisters. That's all. Thank you.
~b 10m
This made my evening. Thank you for telling us.
~c 15m
There's something in my eye. Probably dust from the tip.`,
      `# Sheaf: can I switch off the speaker for good?
It plays a little tune when I dock it. In a library. The setting only goes down to "quiet".
~b 15m
Hush mode kills it, but everything else too. I've put tape on the hole like it's 1998.
~c 10m
There's a hidden one: tap the version number five times, "sounds: none".
~a 10m
That worked, bless you. A hidden switch for silence, in a Hawfinch.`,
      `# Which ruling do you use, and why is it dots?
Serious survey for a talk: blank, dots, lines, squares?
~b 5m
Dots. I don't know why. They don't judge.
~c 10m
Blank. Lines are for people with plans.
~d 10m
Squares, 4 mm, I'm an engineer, leave me alone.`,
    ],
  },
  {
    channel: 'fivemoons',
    phase: 'live',
    language: 'en',
    stories: [
      `# 5 Finally reads my handwriting
Doctors aren't supposed to be readable. After three {months|weeks} with the Nib even my own reception can find things in my notes. Search is excellent, the pen is a delight, the battery outlasts my shifts.`,
      `# 2 The update scare isn't forgotten
Nothing of mine was lost last week, and it works well today. But I don't trust it as I did, and a notebook that I don't trust is just an expensive slab. Two moons until they've shown half a year without drama.`,
      `# 4 Survived a building site
Dust, rain, gloves, a fall from a scaffold (one level). It works with gloves, which nobody advertises. The screen has a scratch and the corner a dent, and it writes like new.`,
      `# 3 Too slow for me, right for my wife
I want to jump, tag, search, paste. It wants me to slow down. I gave it to my wife, who draws in it every evening and is very happy. So: three moons, the average of one and five.`,
      `# 1 Paid twice, delivered once, answered never
My card was charged twice. I've sent {four|five} messages in two weeks and received one automatic reply with a drawing of a bird. I'm sure the notebook is lovely. I can't enjoy it.`,
      `# 5 Small company, big heart
My pen broke on a Friday before an exam. They sent a new one by courier, free of charge, with a note wishing me luck. I passed.`,
      `# 4 Great for choir, but mind the size
We use one Sheaf and six Nibs. Staves are lovely, and sharing a page to everybody takes seconds. On the Nib the notes are small for older eyes.`,
    ],
  },
  {
    channel: 'widget',
    phase: 'live',
    language: 'en',
    stories: [
      `# Hawfinch to open a repair counter in three cities
Hawfinch will open counters where owners can mend their notebooks under guidance, starting in {Utrecht|Ghent} and {Leeds|Bath}. Parts at cost, coffee free. A third city is to be chosen by readers of its journal.
~b@blurtle 10m
{title} {link}
~c@blurtle 10m
a repair counter with free coffee. i'm going to break mine on purpose. {link} #hawfinch`,
      `# Quillmere brings pages of other makers in, for a fee
Quillmere's new import reads notebooks of Hawfinch and two others, at €19 a piece. Hawfinch points out that its own export has always been free and that "a zip file is a zip file".
~b@blurtle 10m
"a zip file is a zip file" 😂 {link} #hawfinch`,
    ],
  },
];

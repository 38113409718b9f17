import type { Shelf } from '../story.ts';

/** Short English posts of any week: one subject, kept in one file because it is all text. */
export const blurtleEveryday: readonly Shelf[] = [
  {
    channel: 'blurtle',
    phase: 'any',
    language: 'en',
    stories: [
      `{Day 40|Week six} with the Hawfinch Nib and I have stopped carrying paper. I did not expect to type that sentence.`,
      `my #hawfinch has survived a {rucksack|bike bag|toddler}, a {puddle|spilt flat white} and my handwriting. the last one impressed me most`,
      `Whoever at @hawfinch decided that the pen clicks onto the LEFT side as well: thank you, from every left-handed person who ever smudged a line.`,
      `Is there any way to lock page turning on the Nib? My palm flips back and forth while I write and I lose my place every time. @hawfinch`,
      `Battery on the Nib after {nine|eleven|twelve} days: {percent}%. I keep checking because I don't believe it.`,
      `Wrote {two|three} pages {train} this morning. No signal, no notifications, nobody. The Hawfinch is the best {quiet room|closed door} I ever bought.`,
      `ok which one of you told me the hawfinch "fits in any pocket". WHOSE pocket. a kangaroo's??`,
      `@hawfinch the Nib exports my meeting notes as one 48 MB PDF. It is {six|eight} pages of handwriting. What is in there, the ocean?
~b 35m
@{statgoblin|devpatchett|ollieb_} vector strokes at full pressure resolution. @hawfinch there's a "flatten" switch in the share menu, took me a month to find it
~a 20m
flatten got it down to 900 kB!! why is that not the default @hawfinch`,
      `Handwriting search on the Hawfinch just found a shopping list from {March|last spring} because I wrote "saffron" on it once. Witchcraft. Good witchcraft.`,
      `Warble transcribed my Glaswegian dad perfectly. My phone has not managed that in ten years. @hawfinch what are you feeding it`,
      `Warble on the Nib heard "quarterly review" as "courtly revenue". I am leaving it in the minutes.`,
      `I returned my Hawfinch Nib. Lovely object, but {€379|379 euro} for a notebook that can't show me my calendar is too much for me.`,
      `Support at @hawfinch answered me in {eleven|fourteen} minutes on a Sunday with a real name at the bottom and a fix that worked. Astonishing.`,
      `{six|seven|nine} days and still no answer from @hawfinch support about my cracked Bough. Ticket 40{1|2|3}7. Hello? Anyone?
~b 3h
Same here, mine was a dead pen. They did answer in the end. Try the chat on the @hawfinch site after 9 CET, mail takes ages
~a 1d
Update: chat worked, new Bough is in the post. Thanks. @hawfinch, your mail queue is broken though`,
      `Feature request for @hawfinch: let me pin {three|five} pages to the home screen. I always want the same three and always dig.`,
      `Dear @hawfinch, ruled, dotted, squared. Wonderful. And music staves? Please? There are so many of us.
~b 1h
+1 for staves on the Nib. I draw five lines by hand on every page like a monk @hawfinch`,
      `The Hedgerow view on my Nib is the first "linked notes" thing I've understood without watching a video. You draw a line from one word to another page. That's all.`,
      `why does every hawfinch owner become a hawfinch evangelist (it's me, I've become one, I showed it to the man who came to fix the boiler)`,
      `Hawfinch or Quillmere for a law student? I need to annotate {400|600}-page PDFs and not go blind.
~b 25m
Quillmere for the PDFs, it's faster with big files. Hawfinch Nib for everything else, the pen is miles better
~c 1h
seconding that. My Nib takes about 20 s to open a 500 page bundle @hawfinch pls`,
      `Quillmere just raised the subscription again. The Hawfinch sitting there with no subscription at all is starting to look cheap.`,
      `tried a Quillmere Slate in the shop today after {a year|eight months} of Hawfinch. Bigger, brighter, and the pen feels like writing on a tea tray.`,
      `Quillmere's new Slate colour screen is gorgeous and I hate that I want one. Sorry, Nib.`,
      `The sound the Hawfinch pen makes. That's the post.`,
      `@hawfinch do replacement nibs for the Nib (yes, yes) come in packs bigger than {three|four}? I chew through them in a month`,
      `Lost my Hawfinch pen. Found it {in the fridge|behind the dog|in my hair}. Do not ask questions.`,
      `Great, {another|one more} "quick five minute setup" that took an hour because Hedgerow would not accept an email address with a plus in it. @hawfinch what century is this.`,
      `PSA for Nib owners: long-press the corner to see the page history. I've had this thing since {spring|January} and found out by accident. #hawfinch`,
      `{kid} drew a {dragon|hedgehog|very long horse} on my Nib during the budget meeting and now it's on page 3 of the shared minutes. Best minutes this year. #hawfinch`,
      `Sync between the Nib and the desktop app is instant on Linux. On LINUX. @hawfinch I could cry`,
      `Does the Hawfinch desktop app {run|work} on an older Mac (2017)? The site only says "recent systems".`,
      `My Nib's screen has ghosting so bad I can read yesterday's page through today's. Is that a setting or is it dying? @hawfinch
~b 15m
Settings > Page > "clean turn". It flashes once per page but the ghosts go away. Default is every 10 pages @hawfinch should lower it
~a 10m
that fixed it, thank you stranger 🙏 @hawfinch lower the default!`,
      `Nothing humbles you like handwriting search telling you it cannot find a word you wrote {ten minutes|an hour} ago #hawfinch`,
      `Morning pages, day {61|83|112}. Nib, tea, window. 🌿 #hawfinch`,
      `I teach {thirty|twenty-eight} fifteen-year-olds and mark on a Hawfinch Nib. The red ink setting is a crime and I love it.`,
      `anyone else's Nib run warm while it indexes? like hand-warmer warm. in November I'm not complaining but @hawfinch is that normal`,
      `Hawfinch, day one: the box has a tiny drawing of a bird under the lid. Somebody cared.`,
      `Hawfinch packaging: zero plastic, one piece of string, a card signed by {Jutta|Piet|Amaru} from assembly. 10/10 before switching it on.`,
      `I wanted to hate the Hawfinch because everyone at the studio has one. I do not hate the Hawfinch. I'm furious.`,
      `the nib's dictionary does not know the word "{banjaxed|dreich|mizzle}". unacceptable. @hawfinch`,
      `Wish list for the Nib: 1) templates per notebook 2) a real undo history 3) let me rename the pen. That's it. That's all I want, @hawfinch.`,
      `@hawfinch Please add password per notebook. I share the Nib with {my kids|my partner} and my diary is on it. This is the one thing keeping me on paper.`,
      `Every time I think about getting a tablet I remember that my Nib cannot show me the news.`,
      `Is it me or did the Hawfinch store quietly raise the price of the Bough from 49 to 59?`,
      `Hawfinch shipping to {New Zealand|Chile|Norway}: €64. For a pen. I'll wait for a friend to travel, thanks.`,
      `Ordered Monday, Nib here Wednesday, from the other end of the continent. @hawfinch who is riding this horse`,
      `the hawfinch app keeps asking me to rate it while I'm IN A MEETING. let me live`,
      `Great little thing: the Nib writes the date at the top of a new page in the language of the notebook. My French diary says "samedi". #hawfinch`,
      `One year of Hawfinch Nib, in numbers: {pages} pages, {2|3} pens, {4|6} tips, 0 lost pages, 1 broken habit of doomscrolling.`,
      `bought a used nib {off a neighbour|at a flea market}, and @hawfinch helped me unlink the old owner's account in a day, no fuss. That's how you do it.`,
      `@hawfinch Your unsubscribe link 404s. I like you. I do not like you four times a week.`,
      `Hawfinch's changelog is the only changelog I read for pleasure. "Fixed: the owl no longer appears twice." What owl. WHAT OWL`,
      `Hot take: the Nib is too light. I want to feel that I'm holding something. Give me a brass back, @hawfinch`,
      `Can confirm you can read the Hawfinch in direct sun on a beach. Can also confirm sand gets in the pen slot. Send help (or a paperclip).`,
      `Dropped my Nib from a {ladder|bunk bed|horse}. Corner dented, screen perfect. I am more damaged than it is. #hawfinch`,
      `Dropped my Nib from the height of a CHAIR and the screen is gone. €160 for the repair. Beautiful device, made of crackers. @hawfinch`,
      `Any Hawfinch people in {city}? A few of us meet {cafe} on first Thursdays to draw badly together.`,
      `there's a plugin for my notes app that reads Hedgerow exports now, written by some saint called grumparchivist. Works on the first try. #hawfinch`,
      `Hedgerow API question: does \`GET /pages?since=\` take seconds or milliseconds? The docs say "a timestamp". @hawfinch
~b 45m
milliseconds. I sent PRs for the docs twice. @hawfinch merge them maybe`,
      `I wrote a {tiny|silly} script that prints every page I finished this week on my Nib to the receipt printer. #hawfinch #makers
~b 50m
post the code!! my receipt printer is bored @hawfinch folks need this
~a 2h
here you go, it's ugly:

\`\`\`
for page in $(hedgerow list --since 7d --format id); do
  hedgerow render "$page" --width 384 --dither | lp -d receipt
done
\`\`\`

needs the #hawfinch command line tool 0.9 or newer`,
      `Nobody:
My Nib at 3 am: *quietly turns its own page*
Is my house haunted or is it the update? @hawfinch`,
      `@hawfinch Arabic handwriting is "coming soon" since {two|three} years. Please just tell us yes or no.`,
      `Nib + the cheap clip-on reading lamp from the supermarket = no need for Lamplight. Fight me, #hawfinch`,
      `the hawfinch font (the one in the menus) is so nice that I noticed a font. does it have a name?`,
      `@hawfinch I have three Nibs in my classroom and each update signs one of them out, never the same one. It's like a game show.`,
      `Just realised I've never charged my Nib in front of another person. It's just always... fine? #hawfinch`,
      `My {gran|grandad} ({87|91}) writes letters on her Hawfinch and I get them as pictures on my phone. She thinks it's a magic slate. So do I.`,
      `the hawfinch nib is what happens when people who like paper make a computer. quillmere is what happens when people who like computers make paper`,
      `It's fine. It's a fine device. The hype around the Hawfinch is not fine. It's a notebook, calm down.`,
      `Thinking about buying a Hawfinch Nib for {thesis notes|D&D night|choir practice}. Talk me out of it.
~b 12m
no
~c 40m
You want the bigger screen for sheet music. For notes the Nib is perfect. I won't talk you out of it @hawfinch isn't even paying me
~a 1d
well. I bought the Hawfinch. you were no help, thank you all`,
      `Public service: hawfinch .nbk files open in any zip tool. Your pages are SVG inside. No lock-in. That alone sold me.`,
      `@hawfinch My Nib says "storage almost full" at {pages} pages. The box said ten thousand. Is it the voice notes?`,
      `Voice notes recorded with Warble can't be exported without the transcript? Why? I only want the sound. @hawfinch`,
      `I've had a Nib for {weeks} and the best feature is that there's no feature after 22:00. Hush mode is a public health measure. #hawfinch`,
      `Hush mode swallowed my alarm. I missed my {train|dentist|own birthday breakfast}. Not laughing, @hawfinch.`,
      `@hawfinch The "shake to erase" gesture should come with a confirmation. I have a bumpy commute. I had a poem.
~b 30m
page history has your poem! long-press the corner. #hawfinch
~a 8m
IT HAS MY POEM. I take back {everything|the rude drawing I was about to post} @hawfinch`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'live',
    language: 'en',
    stories: [
      `so the hawfinch repair guide is just... public? with part numbers? and the screws are normal screws?? I changed my own battery today like it was a torch`,
      `Hawfinch vs {pencil|biro|my phone}: the {pencil|biro|phone} never asked me to sign in.`,
      `Note to self and every Nib owner: the matte film is NOT a shipping protector. Do not peel it. I peeled it. @hawfinch how much is a new one`,
      `Reviewing our {podcast|fieldwork} year: 140 interviews, all outlines done on one Hawfinch. Thread later when I've slept.`,
      `the Nib's left-hand mode mirrors the menus but not the toolbar, so my palm hits "lasso" all day. One line of CSS away from greatness, @hawfinch`,
      `I use my Nib as a kitchen cookbook and it's covered in flour and joy. Wipes clean. #hawfinch`,
      `Honestly the Hawfinch company is a bit much ("we believe in slowness") but the thing they make is very, very good.`,
      `Love that @hawfinch publishes how many units came back for repair and why. Hate that pen slots are {31|34}% of it, because mine is one.`,
      `Pen slot of my second Nib is loose too. Same place, same {five|six} months. I don't think it's me, @hawfinch.`,
      `@hawfinch Is there a student discount outside the EU? The page says "some countries" and then lists none.`,
      `If you review the Hawfinch and don't mention that it can't rotate to landscape, I don't trust your review.`,
      `My handwriting got better?? {Two|Three} months of Nib and people can read my notes. Nobody told me this would happen. #hawfinch`,
      `Hawfinch's "year on paper" mail arrived: I wrote 212 pages and crossed out 90 of them. Rude, accurate.`,
      `the nib would be perfect if it woke up faster. 4 seconds. FOUR. the idea is gone by then @hawfinch`,
      `Nib wakes in under a second since I turned off the wallpaper of the day. Try that before you complain. #hawfinch`,
      `Where do I report a typo in the Hawfinch manual? Page 14: "Hold the pen like you would hold a pen." Actually, leave it.`,
      `Library of {city} lends out Hawfinch Nibs now. Three weeks, two renewals, pen included. Civilisation.`,
      `Got the Hawfinch for work. Got a second one so {other} would stop stealing mine. There are two of us and three Nibs now. I can't explain.`,
      `Watching a grown man explain to a café that his Hawfinch is "not a tablet". It was me. I was the grown man.`,
      `Sold my Nib. Not a bad word about @hawfinch, I just think better when the paper can be torn up.`,
      `Does anybody know whether Hawfinch handwriting recognition runs on the device or on their servers? My notes are patient notes, so this matters.
~b 1h
On the device since version 3. There's a page about it in the @hawfinch docs, with a way to check that nothing leaves it
~a 15m
Perfect, thank you. Exactly what our privacy person needs to see.`,
      `@hawfinch your status page said "all systems operational" while Hedgerow was down for {two|three} hours this morning. Who is it for?`,
      `Hedgerow being slow for anyone else? 40 seconds to sync one page {from|in} {city}. @hawfinch`,
      `RT if your Nib also says "Good morning" at 11 pm. Time zones are hard, @hawfinch, I know, I know.`,
      `Six months ago I laughed at {other} for paying that much for a notebook. Today mine arrived. I have no further comments. #hawfinch`,
      `The Nib is the only gadget in this house that nobody has asked me to fix. #hawfinch`,
      `I'm begging @hawfinch for one (1) shortcut to make a checkbox. I draw {forty|sixty} squares a day. My squares are getting wobbly.
~b 2h
two quick taps with the pen's back end, then a short line. it's in the tips nobody reads. #hawfinch
~a 25m
!!!!!!!! my squares and I thank you`,
      `Unpopular: I prefer the old Hawfinch pen, the one with the wood. The new one is slippery when it's warm.`,
      `Customer of Hawfinch since the first batch. They've never once sold me anything I didn't ask about. Rare.`,
      `A hawfinch rep told our office "you don't need ten, start with two". We bought two. We now need ten.`,
      `Tell me you own a Nib without telling me: I just tried to undo on a real sheet of paper. #hawfinch`,
      `Can the Hawfinch Nib read EPUB yet? The FAQ says no, the forum says "sort of", a guy in a lift told me yes.`,
      `hawfinch stickers in the parcel!! i am thirty-nine years old and have covered my laptop`,
      `@hawfinch the refund for my cancelled order is "on its way" for {three|four} weeks. On its way from where, the moon?
~b 5h
Did you try their chat? @hawfinch mail is a black hole, chat is fine
~a 2d
Money's here. Apology too. Would still prefer the money in week one.`,
      `Wrote my wedding speech on the Nib, cried on the Nib, Nib is fine. Water resistance confirmed. #hawfinch`,
      `New on the blog: how I run a whole {allotment society|village newspaper|amateur orchestra} from one Hawfinch and two notebooks. https://secondpot.example/hawfinch-committee`,
      `#hawfinch tip: name a notebook with a dot in front (".drafts") and it stays out of the recents. Undocumented, lovely.`,
      `I know three people who bought the Hawfinch after seeing mine. At this point @hawfinch owes me at least a pen tip.`,
      `The Nib lost its connection to Hedgerow in the middle of a {lecture|deposition|sermon} and simply kept everything until I was home. That is how offline should be done.`,
      `genuinely, @hawfinch, who tests the pairing screen? "Turn it off and on again until it appears." That's not a step, that's a prayer.`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'sheaf',
    language: 'en',
    stories: [
      `The Sheaf next to my old Nib: like moving from a studio flat into a house. Same key. @hawfinch`,
      `Scores! On the Sheaf! A whole A4 page, no zooming. The second violins are jealous. #hawfinch`,
      `Is the Sheaf heavy? 440 g on paper but every review says "light". I have small wrists, be honest. #hawfinch
~b 20m
it's fine on a table, tiring in bed. The Nib is still the one I take along @hawfinch`,
      `Lamplight on the Hawfinch Sheaf is the warmest screen light I've ever seen. My insomnia says thank you.`,
      `Sheaf, first scratch, day {3|4|5}. It's on the back. I'm fine. I'm FINE. @hawfinch`,
      `@hawfinch my Sheaf order has said "being packed with care" for {six|eight} days. How much care are we talking?`,
      `Nib or Sheaf for sketching? I draw small, but I cough up ideas big. #hawfinch`,
      `Sheaf in landscape, two pages side by side, the score left and my notes right. I have waited years for this. Bravo @hawfinch.`,
      `The Sheaf does not fit in my bag. I bought a new bag. This was always going to happen. #hawfinch`,
      `No sleeve in the box for a {€549|549 euro} Sheaf? Come on, @hawfinch.`,
      `Put the Sheaf on a music stand and it slid off on page two. Rubber feet, @hawfinch. Four little rubber feet.`,
      `Split view on the Sheaf crashed twice today, both times with a big PDF on the left. Pages were safe. @hawfinch want the log?
~b 1h
same with mine, always above 300 MB. @hawfinch`,
      `reading comics on the hawfinch sheaf in bed with lamplight at 2. this is the {peak|top} of human progress, we can stop`,
      `The Sheaf's speaker is surprisingly bad. The Sheaf HAS a speaker? Why? #hawfinch`,
      `We replaced the flipchart in the {parish hall|lab|rehearsal room} with a Sheaf and a cable. Nobody has drawn on the wall since. #hawfinch`,
      `Compared the Sheaf with the Quillmere Slate for a week. Slate: faster, colour. Sheaf: I actually wrote things. https://halfanovel.example/sheaf-or-slate #hawfinch`,
    ],
  },
];

import type { Shelf } from '../story.ts';

/** The two stories of the season: a launch that went well and an update that did not. */
export const blurtleEvents: readonly Shelf[] = [
  {
    channel: 'blurtle',
    phase: 'launch',
    language: 'en',
    stories: [
      `HAWFINCH SHEAF. Ten inches. Warm light. Landscape. I am typing this with shaking hands 🎉`,
      `@hawfinch announced the Sheaf and did the whole show in eleven minutes, no drone shots, one joke. Take notes, everyone.`,
      `So the Hawfinch Sheaf is real, it's €549, and there's still no subscription. My wallet just sat down.`,
      `Ordered the Sheaf. Batch one. I have been waiting for a big Hawfinch since the first Nib. {Happy|Ridiculously happy} today.`,
      `STAVES!!! The Sheaf ships with music staves and the Nib gets them too!!! @hawfinch I will never be rude about your mail queue again`,
      `Ok the launch page of the Hawfinch Sheaf is a page you can actually WRITE on. With the mouse. I drew a duck.
~b 15m
everyone drew a duck. @hawfinch must have ten thousand ducks by now
~c 30m
mine's a hawfinch. it looks like a duck. #hawfinch #sheaf`,
      `Sheaf hands-on from someone who got one early: the pen feels the same as on the Nib, which is the best thing I could say. #hawfinch
~a 10m
Lamplight: goes from 0 to candle in 30 steps, no blue at all below 10. My favourite part. #hawfinch
~a 14m
And yes, it turns. Landscape, portrait, two pages. Smoothly. Battery too early to tell. I'll answer questions tonight. #hawfinch
~b 35m
does it open big PDFs without a coffee break? #hawfinch
~a 20m
A 600-page score: five seconds. My Nib takes twenty. So yes #hawfinch`,
      `the sheaf looks wonderful and i am going to be so normal about it (i have set three alarms for the @hawfinch shop)`,
      `€549 for an e-paper notebook. I remember when Hawfinch was the sensible one.`,
      `Existing Nib owners get the pen upgrade free? Free free? @hawfinch are you well?`,
      `Hawfinch shop is down, which is a good sign for them and a bad sign for my lunch break.
~b 40m
back up, orders went through. Batch one gone in under an hour @hawfinch
~a 12m
in! batch two, ships in {three|four} weeks. Worth it. #hawfinch`,
      `Quillmere people being very quiet today. #hawfinch #sheaf`,
      `What I love about the Sheaf launch: they showed the repair guide before the price. @hawfinch`,
      `No colour on the Sheaf. Everything else on my list, but no colour. I'll survive, I suppose, @hawfinch.`,
      `{kid} watched the Sheaf video with me and asked if the bird is included. @hawfinch is the bird included`,
      `Congratulations to everybody at @hawfinch. You can tell that you use the thing yourselves. The Sheaf looks superb.`,
      `Preordered two Sheafs (Sheaves?) for the orchestra library. The librarian hugged me.
~b 22m
Sheaves. @hawfinch confirm
~c 1h
the @hawfinch site says "Sheafs". I've lost all respect (I've ordered one)`,
      `Does the Sheaf work with the first-generation Hawfinch pen? Asking before I do something expensive.
~b 18m
yes, it's in the table at the bottom. Without tilt, though. #hawfinch`,
      `Watched the Hawfinch launch at the pub with the Inkpond lot. Someone shouted "STAVES" like it was a goal.`,
      `Fantastic: the Sheaf has the same screws as the Nib. I checked. I'm that person. #hawfinch`,
      `Sheaf shipping to {Japan|Canada|Australia} from day one, thank you @hawfinch, we're not used to this`,
      `A bigger notebook so that I can not write my novel on a larger scale. Sold. #hawfinch`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'trouble',
    language: 'en',
    stories: [
      `Do NOT install 4.2 on your Hawfinch. Mine lost every page since {Sunday|Friday}. Hedgerow shows them for a second and then they're gone.
~b 12m
same!! I thought it was me. {Two weeks|A week} of lecture notes. @hawfinch please say something
~c 9m
It happened to us too, three Nibs, all on 4.2. Turned sync off on the others. @hawfinch
~a 1h
Still nothing from @hawfinch. Three hours now.`,
      `@hawfinch update 4.2 drained my Nib from {90|80|94}% to 6% overnight. It was in a drawer. Asleep.`,
      `So 4.2 broke sync, battery AND the pen buttons. A full house. Well done, @hawfinch.`,
      `is anyone else's nib stuck on the little bird since the update? it's been looking at me for {an hour|two hours|forty minutes} @hawfinch`,
      `My Nib is a brick. A very elegant brick. Thanks, @hawfinch 4.2`,
      `"We're aware of reports." Reports?? @hawfinch my PAGES are GONE`,
      `I have an exam on {Thursday|Monday} and all my notes were on the Nib. All of them. I feel sick. @hawfinch
~b 25m
Don't sync! Take it offline now. The pages are still on the device in .trash, grumparchivist wrote down how to get them: https://inkpond.example/t/4-2-lost-pages #hawfinch
~a 2h
I GOT THEM BACK. Crying in the library. Thank you, thank you, thank you. And @hawfinch, this should not be the job of strangers.`,
      `Update 4.2: "Improved reliability." The owl has more reliability than this, @hawfinch.`,
      `Great timing as always: whole newsroom on Hawfinch, 4.2 rolled out at noon, nobody can open yesterday's notes. Deadline at six. Terrible.`,
      `If you have a Nib: Settings > Updates > off. Now. Ask me how I know. #hawfinch`,
      `Love how my Hawfinch now asks "Restore deleted pages?" and both buttons say Cancel. Amazing work. Truly. 👏`,
      `@hawfinch How do I go back to 4.1? There's nothing in the menus and the docs say "contact us". I have contacted you. Five times.`,
      `I have defended @hawfinch for {two|three} years in every café in {city}. Today I lost a chapter. I don't know what to say.`,
      `Hawfinch broke my trust today, and that's worse than breaking my notebook.`,
      `My Sheaf arrived this morning, updated itself to 4.2 and hasn't turned on since. €549. Refund please, @hawfinch.`,
      `Is Hedgerow down or is that the 4.2 thing? Nothing syncs, "error 7". @hawfinch
~b 16m
4.2 thing. error 7 is what you get when it tries to merge the empty page. @hawfinch knows, they posted on the forum`,
      `battery since 4.2: charge at breakfast, empty at lunch. it's an e-paper device @hawfinch it used to last two WEEKS`,
      `Quillmere's account just posted "Our pages stay where you put them 😉" while hundreds of Hawfinch people are looking for their notes. Classless.`,
      `Sent my Nib back. I can live with a bug. I can't live with silence for a day, @hawfinch.`,
      `For the record, my Nib on 4.2 is fine. Not everybody is hit. Back up anyway. #hawfinch`,
      `@hawfinch 4.2 crashes when I open any notebook with a voice note in it. Every time. Steps: open, wait two seconds, bird.`,
      `the worst thing about the hawfinch mess is that I now have to explain to my boss why "the expensive notebook" ate the minutes`,
      `Whoever runs the @hawfinch account this week: I hope you get cake. This isn't your fault. But please tell them that we're angry.`,
      `{Eleven|Nine} hours of silence and then "we hear you". Do you, @hawfinch? Do you hear me scream over the sound of my empty notebooks?`,
      `Hawfinch pulled 4.2, about a day late. Anyone who already has it: sync OFF, don't restart, wait.`,
      `Can we talk about the fact that a NOTEBOOK can crash? #hawfinch`,
      `Our school has {60|44} Nibs. IT spent the day switching them to flight mode by hand. Disappointed in @hawfinch.`,
      `The refund form of @hawfinch crashes as well. You couldn't write it. Well, I couldn't. My notebook's broken.`,
      `Lost pages, dead battery, no answer. Three strikes. Goodbye, Hawfinch.
~b 30m
get your pages out first, they're still in the trash folder on the device! don't reset it! #hawfinch
~a 3h
Okay. Pages are out. I'm still leaving, @hawfinch, but thank you, stranger.`,
      `Awful day for Hawfinch, and the forum people are being heroes. Six of them are answering everyone. Unpaid.`,
    ],
  },
  {
    channel: 'blurtle',
    phase: 'mended',
    language: 'en',
    stories: [
      `4.2.1 is out and my pages are BACK. All of them. Even the bad poem. @hawfinch`,
      `Installed 4.2.1 on {three|four} Nibs: sync works, battery works, pen buttons work. Thank you for the honest changelog, @hawfinch.`,
      `The Hawfinch post-mortem is the best apology I've read from a company. Cause, mistake, names nobody, says what changes. https://hawfinch.example/journal/what-went-wrong-with-4-2`,
      `@hawfinch 4.2.1 brought back everything except the pages from {Tuesday|Wednesday}. Support is looking. Fingers crossed.
~a 1d
They found them. It took a person an afternoon, and she apologised twice. I'm not angry any more. @hawfinch`,
      `battery after 4.2.1: two days, 96%. welcome back, little notebook #hawfinch`,
      `An apology, a free pen and a real explanation. Okay, @hawfinch. You get one. ONE.`,
      `A free pen tip does not bring back my lecture notes, @hawfinch. 4.2.1 found half of them.`,
      `Staying on 4.1 until {Christmas|spring}, whatever they say. Once bitten. #hawfinch`,
      `Should I install 4.2.1 or wait? My Nib is on 4.1 and works. #hawfinch
~b 20m
I'd wait a week. It's fine here, but why hurry #hawfinch
~c 1h
works on both of ours, and the page history got better. Do a backup first, #hawfinch`,
      `So Hawfinch will keep two old versions on the device from now on, and updates wait for a backup. Good. That's the right lesson.`,
      `Credit where due: the people at @hawfinch wrote to everyone who lost pages, one by one. Mine knew what my notebook was called.`,
    ],
  },
];

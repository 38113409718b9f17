import type { Shelf } from '../story.ts';

/** Articles, and the posts that pass them on. */
export const widgetNews: readonly Shelf[] = [
  {
    channel: 'widget',
    phase: 'launch',
    language: 'en',
    stories: [
      `# Hawfinch Sheaf: a bigger page, a warmer light, and still no subscription
Hawfinch, the small maker of the Nib notebook, today showed a second device. The **Sheaf** has a 10.3-inch e-paper screen, a front light that the company calls Lamplight, and turns between portrait and landscape, which owners of the Nib have asked for since the day it shipped.

> We waited until we could do it without a fan, a fee or a second charger.

So said the company at an event that lasted eleven minutes. The first batch sold out within the hour.

## What is new

- 10.3 inches, 440 grams, five weeks on a charge by the maker's own count
- warm front light in thirty steps
- staves, score layout and page turning by foot pedal
- the pen of the Nib, with tilt

The Sheaf costs €549. A sleeve is extra.
~b@blurtle 25m
{title} {link}
~c@blurtle 40m
"without a fan, a fee or a second charger" 👏 {title} {link} #hawfinch
~d@blurtle 3h
via the Widget: {title} {link}`,
      `# Hands on with the Hawfinch Sheaf: the pen is still the point
We've had a Sheaf for two days. It's a calm machine. The light is the best we have seen on e-paper, the new landscape mode is smooth, and a 600-page score opened in five seconds, where the Nib took twenty.

Not all is well: split view feels unfinished, the single speaker is poor, and nothing keeps it from sliding off a stand. None of that matters when you write. A full review follows.
~b@blurtle 50m
{title} {link}`,
    ],
  },
  {
    channel: 'widget',
    phase: 'trouble',
    language: 'en',
    stories: [
      `# Hawfinch owners report lost pages after update 4.2
Since midday, owners of Hawfinch notebooks report that pages vanish after the update to version 4.2. Others see batteries drained within hours, and some devices no longer start. The company says that it is "aware of reports" and has not yet pulled the update.

Until there's more to say, owners on the forum Inkpond advise:

1. Switch automatic updates off.
2. If 4.2 is installed, switch sync off and don't restart.
3. Don't reset the device: deleted pages appear to stay in a hidden folder.
~b@blurtle 15m
{title} {link}
~c@blurtle 20m
It's in the news now, @hawfinch. {title} {link}
~d@blurtle 1h
{title} {link} #hawfinch`,
      `# Hawfinch pulls update 4.2, a day after the first lost pages
Hawfinch has withdrawn version 4.2 of its notebook software. In a short note the company says that a mistake in the way pages are merged marked recent pages as deleted, and that "in nearly all cases" they're still on the device. A repair is promised within two days.

Competitor Quillmere removed a post that made fun of the failure after criticism from its own customers.
~b@blurtle 35m
{title} {link}
~c@blurtle 2h
"in nearly all cases". Nearly. @hawfinch {link}`,
    ],
  },
  {
    channel: 'widget',
    phase: 'mended',
    language: 'en',
    stories: [
      `# Hawfinch explains what went wrong with 4.2, in unusual detail
With version 4.2.1 Hawfinch has published an account of last week's failure. An empty page written by a device with a flat battery was treated as newer than the real one; the merge then spread it. Tests had covered two devices but never three.

The company promises that updates will wait for a backup, that two former versions stay on each device, and that the status page will be run by somebody else. Owners who lost pages have been written to one by one.

It's a model of its kind. It would've been better on the first day.
~b@blurtle 40m
{title} {link}
~c@blurtle 1h
Well written, and the last line is fair. {link} #hawfinch`,
    ],
  },
  {
    channel: 'widget',
    phase: 'any',
    language: 'en',
    stories: [
      `# Five e-paper notebooks compared: who still writes by hand?
We gave five e-paper notebooks to five people who write for a living and took their paper away for a month.

- **Hawfinch Nib**: the best pen and the longest battery, slow with large PDFs
- **Quillmere Slate**: fast, colour, and a subscription that grows
- **Ottergrey One**: cheap, cheerful, plastic
- **Palewater Desk**: enormous; one tester used it as a tray
- **Fennimark 8**: good ideas, unfinished

Four of the five asked to keep the Nib. The fifth asked for her paper back.
~b@blurtle 1h
{title} {link}`,
      `# Quillmere raises its subscription for the second time this year
Quillmere's plan for sync and handwriting search goes from €6 to €8 a month. The maker points to the colour screen of the Slate and to "rising costs of care". Rivals such as Hawfinch still charge nothing for sync.
~b@blurtle 30m
{title} {link}
~c@blurtle 45m
laughing in Hawfinch. {link}`,
      `# Library lends notebooks that never run out of pages
A city library has bought forty Hawfinch Nibs and lends them like books, three weeks at a time. "The most common question is whether you can keep your pages," says the librarian. You can: they leave by mail, and the device is wiped when it comes back.`,
      `# What repair figures tell: pen slots, mostly
Hawfinch once more publishes why its devices come back. A third are worn pen slots, a fifth are broken screens; batteries are rare. The company says that the slot has been redesigned and that old devices get the new part free of charge.
~b@blurtle 2h
{title} {link}`,
      `# The quiet gadget: why people pay for fewer features
Notebooks without a browser, phones without a shop, radios without an app: sales of devices that do less are growing. Hawfinch, with its Hush mode that switches everything but the pen off in the evening, says nine in ten owners leave it on. A psychologist we asked is less sure that it helps.`,
      `# Opinion: your notes should outlive your notebook
Every maker of e-paper notebooks promises that your pages are yours. Few make it easy to leave. Of the ones we tried, Hawfinch keeps pages as plain pictures in an ordinary archive; Quillmere wants an account to be open before it lets you go. Ask before you buy.`,
      `# Quillmere shows colour Slate 3, ships in spring
The new Slate shows 4,000 colours and turns pages twice as fast as its predecessor. Quillmere gives no price yet. Writers we asked were polite about the pen.
~b@blurtle 1h
{title} {link}`,
      `# Tested: four styluses for people who press too hard
We wore down tips for science. The Hawfinch pen lasted 61 pages of angry writing, the Quillmere marker 88, and both outlived the tester's patience. A felt tip by a third maker squeaked so badly that it was banned from the room.`,
    ],
  },
];

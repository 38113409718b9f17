import type { ChannelId } from './story.ts';

/** What a newcomer finds in the sample workspace before they change anything. */
export const sampleWorkspace: {
  readonly trackers: readonly { readonly name: string; readonly query: string }[];
  readonly sources: readonly {
    readonly connector: 'sample';
    readonly name: string;
    readonly settings: { readonly channel: ChannelId };
    /** Absent: the source is followed whole. */
    readonly trackerNames?: readonly string[];
  }[];
  readonly savedReplies: readonly { readonly name: string; readonly folder: string; readonly text: string }[];
} = {
  trackers: [
    {
      name: 'Hawfinch',
      query:
        '(hawfinch OR ホーフィンチ OR هوفينش) -(bird* OR beak OR feeder OR #vögel OR #oiseaux OR #aves OR #野鳥)',
    },
    {
      name: 'Nib and Sheaf',
      query:
        '"hawfinch nib" OR "hawfinch sheaf" OR ((nib OR sheaf) (page* OR pen OR note* OR sync* OR hedgerow OR warble OR battery)) -(cacao OR "fountain pen")',
    },
    {
      name: 'Trouble',
      query:
        '(hawfinch OR nib OR sheaf OR hedgerow) (broke* OR brick* OR crash* OR refund OR dead OR drain* OR "4.2" OR stuck OR lost NEAR/4 page* OR lost NEAR/4 notes)',
    },
    { name: 'Quillmere', query: 'quillmere -from:quillmere' },
  ],
  sources: [
    {
      connector: 'sample',
      name: 'Blurtle',
      settings: { channel: 'blurtle' },
      trackerNames: ['Hawfinch', 'Nib and Sheaf', 'Quillmere'],
    },
    { connector: 'sample', name: 'Inkpond forum', settings: { channel: 'inkpond' } },
    { connector: 'sample', name: 'Fivemoons reviews', settings: { channel: 'fivemoons' } },
    {
      connector: 'sample',
      name: 'The Morning Widget',
      settings: { channel: 'widget' },
      trackerNames: ['Hawfinch', 'Quillmere'],
    },
  ],
  savedReplies: [
    {
      name: 'Thank you',
      folder: '',
      text: 'Thank you, {author.first|friend}! This goes up on the wall above our desk.',
    },
    {
      name: 'Pages that went missing',
      folder: 'Trouble',
      text: 'Sorry about this, {author.first|and thank you for telling us}. Nothing is lost: the pages are still on your Sheaf, under Settings, Snapshots. If they do not come back, write to us with the number {?serial number} and we will look with you.',
    },
    {
      name: 'Refund',
      folder: 'Trouble/Money',
      text: 'We would rather you were happy than kept it. Your order {?order number} can come back within 30 days, at our cost.',
    },
    {
      name: 'Which nib fits',
      folder: 'Questions',
      text: 'Every Hawfinch nib fits every Hawfinch pen, {author.first|whoever made it}.',
    },
  ],
};

/** What simulated people write. Plausible, and plainly about nobody. */

export const keyMessages = [
  'Please discuss how families in your district get help before school starts, and what keeps them from it.',
  'Absence is the board’s priority this term: bring what is working with persistent absence in your schools.',
  'The new early help referral form is in use from next month. Please tell every member organisation.',
] as const;

/** What somebody writes, and by its name the indicator that it goes with; none for what goes with no figure. */
export interface Finding {
  readonly text: string;
  readonly about?: RegExp;
}

export const achievements: readonly Finding[] = [
  {
    text: 'The new drop-in for parents of two-year-olds reached 60 families in its first month.',
    about: /communication|family hub/iu,
  },
  { text: 'Four more primary schools joined the reading volunteers scheme.', about: /reading|literacy/iu },
  { text: 'Members agreed one referral route to early help, so families tell their story once.' },
  { text: 'The youth hub opened on two more evenings with help from the police and housing teams.' },
  {
    text: 'Health visitors and nurseries now share a single transition record.',
    about: /early years/iu,
  },
];

export const concerns: readonly Finding[] = [
  {
    text: 'Waiting times for speech and language support have grown since the spring.',
    about: /communication/iu,
  },
  {
    text: 'Families in temporary accommodation are moved between schools at short notice.',
    about: /poverty/iu,
  },
  {
    text: 'Persistent absence is rising among pupils who moved up to secondary school.',
    about: /GCSE/u,
  },
  {
    text: 'Two settings closed in the rural part of the district, and places are short.',
    about: /early years/iu,
  },
  { text: 'Parents report long waits for an assessment of emotional wellbeing.' },
];

export const escalations = [
  {
    issue: 'Speech and language therapists are spread too thinly to meet the demand before school age.',
    ask: 'Ask commissioners for a county plan for speech and language support with dates.',
  },
  {
    issue: 'Data on absence reach the districts a term late.',
    ask: 'Agree with the education service to share absence figures monthly.',
  },
  {
    issue: 'Bus passes are refused to families in temporary accommodation just across a district boundary.',
    ask: 'Ask the transport service to look at the rule with the district councils.',
  },
] as const;

/** What is said of an indicator, by what its figure does: of whatever it counts. */
export const commentary = {
  improving: [
    'Better than last time. Members put it down to the support that began in the two wards that were furthest behind.',
    'It moves the right way. The group will keep the action that it agreed in the spring.',
  ],
  worsening: [
    'Worse than last time. Members see the same pressure in their own services, and the group has agreed an action.',
    'It moves the wrong way. The group asks its members to bring what they see behind the figure.',
  ],
  level: ['Little changed. The group will look at the figures ward by ward before its next meeting.'],
  unknown: [
    'There is nothing to compare the figure with yet. The group will look at it again when there is.',
  ],
} as const;

export const actions: readonly Finding[] = [
  {
    text: 'Bring the list of settings without a named health visitor to the next meeting',
    about: /early years/iu,
  },
  { text: 'Send every member the early help leaflet and ask for comments' },
  { text: 'Ask the secondary schools for their absence figures by year group', about: /GCSE/u },
  { text: 'Map the free activities that are open to families in the holidays', about: /poverty/iu },
];

export const actionNotes = {
  done: 'Done, and shared with the members.',
  open: 'Half-way. Two organisations have still to answer.',
  dropped: 'No longer needed: the service does it for the whole county now.',
} as const;

export const safeguardingMatters = [
  'Members asked for clearer guidance on who calls a strategy discussion out of hours.',
  'Several agencies saw older pupils being approached outside the station; the police know.',
] as const;

export const localHwbMessages = [
  'The group would like to work with you on speech and language support before school age.',
  'Please tell us which practices take part in the family hub pilot.',
] as const;

export const cspMessages = ['Could the partnership look at lighting on the path to the youth hub?'] as const;

export const sendBackComments = [
  'Please add what we agreed about absence, and who takes the action.',
  'The concern about housing should go to the board as well.',
] as const;

export const boardAnswers = [
  'The board agreed, and has asked the lead officer to report to its next meeting.',
  'The board noted this. The service has been asked to write to the LCPG within a month.',
] as const;

export const venues = [
  'Council offices, committee room 2',
  'Family hub, main hall',
  'Library meeting room',
] as const;

/** Replies in words, as people write them. */
export const acceptingReplies: readonly string[] = [
  "Yes I'll be there",
  'I will attend, thank you.',
  'No problem, see you there',
  'Hi, happy to attend. Thanks',
  "Yes please, I'll be joining online",
];
export const decliningReplies: readonly string[] = [
  "Sorry, I can't make it",
  'Please accept my apologies for this meeting.',
  'Apologies from me this time.',
  'I am unable to attend as I am on leave',
];
export const substituteReplies: readonly string[] = [
  'Apologies, Jo Smith will come instead',
  "I can't make it but Sam Okafor (sam.okafor@example.org) will attend in my place.",
];
export const doneReplies: readonly string[] = ['Done', 'This is now complete, thanks'];
export const progressReplies: readonly string[] = [
  'half-way, needs until June',
  'In progress. Will be done by the end of next month.',
];

/** What mail programs put under a reply. */
export const replyEndings: readonly string[] = [
  'Sent from my iPhone\r\n\r\n> On 1 Oct 2026, at 09:00, LCPGs wrote:\r\n> Can you come?',
  'Kind regards\r\n\r\nThis email and any attachments are confidential and intended for the addressee only.\r\n\r\nFrom: LCPGs\r\nSent: 01 October 2026 09:00\r\nTo: you\r\nSubject: Can you come?\r\n\r\nCan you come?',
  'Thanks\r\n\r\nOn Thu, 1 Oct 2026 at 09:00, LCPGs wrote:\r\n\r\n> Can you come?',
];

export const grantPurposes = [
  'Holiday club with a hot meal for 40 children',
  'Bikes and helmets for a cycling course at the youth hub',
  'Books and story sacks for the family hub',
  'Drama workshops on healthy relationships in two secondary schools',
] as const;

export const grantOutcomes = [
  'All places were taken, and half of the families have since joined the family hub.',
  'The course ran twice; the school goes on with it from its own budget.',
  'Fewer children came than planned; what is left went to the summer programme.',
] as const;

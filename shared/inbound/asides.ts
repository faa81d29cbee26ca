/*
 * What people say beside an answer in words of their own. Nobody can list it all, so it is not understood but looked
 * through for whatever could turn the answer: much beside a yes, less beside a no, least in a reason for the no.
 */

const words = (list: string): string => list.trim().split(/\s+/u).join('|');

/** Words that take an answer back, leave it open, or give it to somebody else. */
const turning = words(`
  if unless might maybe perhaps possibly probably prob poss potentially hopefully provisional provisionally tentative
  tentatively unsure uncertain undecided instead someone somebody colleague colleagues deputy substitute replacement
  representative behalf online remotely virtually virtual teams zoom dial dialling hybrid join joining wait scrap ignore
  disregard cancel cancelled cancelling mistake error wrong joke joking kidding sarcasm lol haha otherwise depends
  depending dependent subject provided providing pending assuming permitting spared willing tbc tba rearrange reschedule
  rescheduled unlikely doubt doubtful withdraw withdrawn retract oops say says said saying true untrue should
  theory theoretically principle push once actually
`);

/** Words that say that somebody comes for a part, or at another time. */
const parting = words(`
  before after until till til only part partly half first second start beginning end whole entire rest remainder
  late later early earlier without except apart being allowing both either or between most initially person point times
`);

/** Words beside which a yes may be none. */
const againstYes = words(`
  no not never none nothing nobody neither nor cannot hardly barely scarcely but however although though yet whether
  else rather than may could would should try trying hope hoping hopes think thought guess suppose supposed reckon
  believe wish wished fear worry worried feel sure certain ask asked asking check checking confirm find decide decided
  decision when once while whilst where which what who why how hang hold forget forgot move moved moving change changed
  changes different another other next last previous said say saying told heard apparently supposedly expected
  expecting meant due invited permission approval approve approved agree agrees agreed manager boss must need needs
  needed force forced leave leaving left gone dash pop popping run away absent absence hour hours mins attend attends
  attended attending come comes came coming there accept accepted accepting decline
  declined declining apologies sorry unfortunately regret right correct sarcastic thrilled joy great another yay wild
  obviously clearly honestly literally allegedly yes will guest partner plus student trainee apprentice shadow
  shadowing him her them he she they want wants back due tempted minded spirit principle stop retire retired retiring
  resign resigned permits allows allowing luck crossed touch survive alive quit sack sacked sack bored boring joyous
  dead death hell body
`);

/** What keeps people away. */
const keepsAway = new RegExp(
  String.raw`\b(?:${words(`
  leave holidays? hols vacation away abroad overseas off sick sickness ill illness unwell poorly covid flu virus bug
  migraine injur\\w+ operation operating surgery hospital clinics? appointments? dentists? dental doctors? gp physio scan
  maternity paternity bereave\\w+ funeral wedding passed court jury inquest hearings tribunal marac conference training
  course induction inspect\\w+ inset ofsted cqc audit visit visits visiting interviews? interviewing recruiting
  recruitment exams? assembly sports parents childcare nursery creche term teach\\w* class classes lessons? lecture
  lecturing shifts? nights? duty rota operational incident staffing staffed understaffed swamped snowed
  workload overloaded deadlines? busy booked committed commitments? engagements? engaged tied stuck clash clashes
  clashing conflicts? conflicting overlaps? meeting meetings panel chairing presenting speaking board committee
  governors briefing elsewhere travel travelling train flight flying airport breakdown strike strikes moving plumber
  boiler emergency urgent crisis birthday anniversary graduation christening secondment quarantine isolating
  isolation recovering rehab chemo treatment results pregnant labour
  caring carer commitment`)}|(?:a|court|the) hearing|short staffed|staff shortages?|covering|(?:work|things|it|life|school|clinic) (?:is|has gone|has been) (?:so |really |just |absolutely |a bit )*(?:crazy|mad|manic|hectic|bonkers|chaos|chaotic|mental|non stop)|part time|(?:got|have|had|need|supposed|due) to be (?:in|at)|polling day|year end|(?:working|non working) day|day off|on call|too much on|half term|school run|something (?:else )?(?:has |urgent has )?(?:come|cropped) up|up to my|(?:on|to) my (?:list|eyes|neck|ears)|in (?:@|#)|(?:my|our) (?:@|son|daughter|mum|mother|dad|father|child|children|kids|wife|husband|lad|boy|girl|baby|dog|car|turn to cover)|(?:do|does|am|are) not (?:in |at )?(?:work|working|in)|no (?:cover|staff|childcare|transport|car))(?![\p{L}])`,
  'u',
);

/** What apologies and a no may also be about. */
const correspondence =
  /\b(?:e ?mails?|messages?|repl(?:y|ies|ied|ying)|answer\w*|respon\w+|links?|attach\w*|papers?|agendas?|minutes|documents?|forms?|questions?|quer(?:y|ies)|addresse?s?|sen[dt]|sending|miss(?:ed)?|forg[eo]t\w*|thought|mistakes?|confus\w+|delay\w*|lost|wrong|password|laptop|computer|reports?|returns?|figures|invite|invitation|calendar invite|was|were|had|did|new to|ask\w*|said|say|meant|mean|think|know|see|want|need|the person|list|read|last|next|previous)\b/u;

const turnsAny = new RegExp(
  String.raw`\b(?:until|till|before|after|from) (?:about |around |roughly )?(?:\d|noon|midday|lunch)|\bas (?:things|far|long|soon|of|yet|if)\b|\b(?:but not|apart from|except)\b|\bfrom (?:january|february|march|april|may|june|july|august|september|october|november|december|then|item|#)|\bfor the (?:first|last|second|morning|afternoon|evening|start|end|rest)\b|\bask me\b|^(?:but|yet|only)\b|\b(?:however|although|though)\b|\bi (?:think|guess|suppose|reckon|hope|believe)\b|\b(?:sure|certain|definite|check|confirm|decide)\b|\b(?:${turning})\b|\b(?:i|we) can\b|\b(?:can|could) (?:do|make|manage|come|attend)\b|\b(?:will|would) be (?:able|free|available|there)\b|\b(?:am|are) (?:free|available|able|coming|attending)\b(?! (?:a|an|the|another|my|our|to court|to hospital) )|(?:\bname\b|@|\bhe|\bshe|\bthey) (?:will|is|can|has|have|had|are|was|were|to|could|would|might)\b(?! (?:in|here|visiting|inspecting)\b)|\bask(?:ed|ing)? @`,
  'u',
);
const turnsInPart = new RegExp(
  String.raw`\b(?:${parting})\b|\bfor the (?:morning|afternoon|evening)\b|(?<![#\d])(?<!\b(?:year|years|yr|ks|stage|room|item|items|phase|level|@) )\b\d{1,2}(?:h\d\d)?(?: ?(?:am|pm|o'clock))?\b(?!\d)`,
  'u',
);
const turnsYes = new RegExp(String.raw`\b(?:${againstYes})\b|@.*@.*@`, 'u');
const led =
  /^(?:as|because|due to|since|owing to|on account of|i am|i have|i will be|i work|i do not work|we have|we are|my|our|it is|there is|that is)\b/u;

/** How a sentence begins that says something of its own: fragments may be conditions. */
const wholeSentence =
  /^(?:(?:and|also|just|really|so|as|because) )*(?:i|i am|i have|we|we are|my|our|the|this|it|that is|there (?:is|are)|please|can you|could you|would you|will you|do you|is there|what time|where|been|looking forward|very|excited|keen|glad of|[a-z]+ (?:[a-z@#\d]+ ){0,5}(?:is|are|looks|sounds|seems)|interested|always|good|great|nice|lovely|hope|thanks|both me|to (?:hear|present|update|give|talk|discuss|support|meet|learn|share|listen|report)) /u;

/** Signs of which nobody knows what they mean here. */
const strangeSign = /[^\p{L}\p{M}\d\s@#§&'+%£$]/u;

/** What only looks as if it spoke of a part, of a clash or of another time. */
const plainly = (said: string): string =>
  said
    .replace(
      /\b(?:would|should) like to (?=(?:raise|add|discuss|talk|present|give|update|mention|table|ask about|share)\b)/gu,
      '',
    )
    .replace(/\bcovering (?:for )?(?:a |my |another |our )?(?:colleagues?|manager|staff)\b/gu, 'covering')
    .replace(/^(?:and |i |we )*(?:will|shall) (?=\w)/u, 'i ')
    .replace(
      /\b(?:early (?:help|years|intervention)|half terms?|first aid|last minute|late notice|online safety)\b/gu,
      'it',
    )
    .replace(
      /\blook(?:ing)? forward to (?:meeting|seeing|hearing|discussing|learning|catching up)\b/gu,
      'glad of',
    );

/** Whether words can stand beside a yes and leave it one. */
export const leavesYes = (words: string): boolean => {
  const said = plainly(words);
  return (
    wholeSentence.test(said) &&
    !strangeSign.test(said) &&
    !turnsAny.test(said) &&
    !turnsInPart.test(said) &&
    !turnsYes.test(said) &&
    !keepsAway.test(said) &&
    !/(?:\b(?:with|and|or|for|bring\w*) @|\bbring\w* (?!the\b|my\b|our\b|some\b|copies\b|along\b|a\b|an\b|cake)|@ (?:and|too|or|also|as well)\b|@ @ @)/u.test(
      said,
    )
  );
};

/** Whether words can stand beside a no and leave it one. */
export const leavesNo = (words: string): boolean => {
  const said = plainly(words);
  return (
    (wholeSentence.test(said) ||
      led.test(said) ||
      keepsAway.test(said) ||
      /^\S+ \S+ \S/u.test(said) ||
      /^(?!.*\b(?:no|not|never|yes|wood)\b)\S+ \S+$/u.test(said)) &&
    leavesNoInPassing(said)
  );
};

const leavesNoInPassing = (said: string): boolean =>
  !strangeSign.test(said) && !turnsAny.test(said) && (led.test(said) || !turnsInPart.test(said));

/** What happened once keeps nobody away from a meeting to come. */
const pastDeed =
  /\b(?!(?:booked|double|committed|engaged|tied|swamped|snowed|staffed|understaffed|overloaded|called|summoned|needed|required|scheduled|retired|injured|delayed|packed|signed|planned|need|bed)\b)[a-z]{2,}ed\b|\b(?:overran|went|came|took|got stuck|met|made|told|was|were)\b/u;

/**
 * Whether words say that something keeps the writer away: what stands beside a mere “no”, or “apologies”.
 * @param before words of the same phrase before them that say so already
 */
export const isReasonForNo = (said: string, before = ''): boolean =>
  keepsAway.test(`${before} ${said}`) &&
  !correspondence.test(said) &&
  !/\b(?:but|(?<!flying |travelling |driving |coming |getting )back|should|been|free|try|trying|hope|never|cannot)\b|\bnot (?!work|in |at |here)|\bno (?!cover|staff|childcare|transport|car)/u.test(
    said,
  ) &&
  !pastDeed.test(said) &&
  !turnsInPart.test(said.replaceAll('part time', 'it')) &&
  leavesNoInPassing(said);

const asksSomething =
  /^(?:(?:and|also|please|but) )*(?:(?:can|could|would|will) (?:you|we have|i have|someone send)|do (?:you|i|we) (?:need|want|have)|is there|are there|what time|where|any chance of|how do i) /u;
const asksMore =
  /\b(?:move|moved|changed?|cancel\w*|confirm(?! (?:my|receipt|the (?:time|venue|room|address|postcode|place)))|right|correct|still|colleague|bring|guest|stop|remove|off|unsubscribe|delete|another|different|alternative|rearrange\w*|come|attend|online|remote\w*|teams|zoom|dial|join|hybrid|instead|if|whether|or|someone|somebody|deputy|late|later|early|leave|until|before|after)\b/u;

/** Whether a question is of something else than the answer beside which it stands. */
export const asksByTheWay = (asked: string): boolean => asksSomething.test(asked) && !asksMore.test(asked);

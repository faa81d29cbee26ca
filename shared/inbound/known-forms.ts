/**
 * The forms in which people say that they come, that they do not, and what they say by the way. A text is understood only
 * where forms explain all of it: what nobody thought of here may be a condition.
 */

/** What a form says. */
export type Sense =
  /** That the writer comes. */
  | 'yes'
  /** Yes, to whatever was asked. */
  | 'bare-yes'
  | 'no'
  | 'bare-no'
  /** Why somebody does not come; of the day itself it says so. */
  | 'reason'
  | 'away'
  | 'regret'
  /** What is said only beside a no. */
  | 'after-no'
  | 'but'
  /** Something else that a bare yes may be about. */
  | 'other-matter'
  /** What leads to the name of somebody who comes instead. */
  | 'on-the-way-to-a-name'
  /** What goes well with a yes, and is none. */
  | 'agreeable'
  /** What says nothing of the answer. */
  | 'courtesy';

const any = (...forms: readonly string[]): string => `(?:${forms.join('|')})`;

const weekday = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const month =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';
const ordinal = String.raw`[0-3]?\d(?:st|nd|rd|th)`;
/** A day, which `explain` has as `#`. */
const datePattern = any(
  `(?:${weekday})(?: (?:the )?${ordinal})?(?: (?:of )?(?:${month}))?`,
  String.raw`(?:${weekday} )?(?:the )?[0-3]?\d(?:st|nd|rd|th)? (?:of )?(?:${month})(?: \d{4})?`,
  `the ${ordinal}`,
);
const time = String.raw`(?:\d{1,2}(?:h\d\d)?(?: ?(?:am|pm|o'clock))?|noon|midday)`;
const when = any(
  `(?:on |this |for )?#(?: at ${time})?`,
  '(?:for )?(?:tomorrow|today|this)(?: morning| afternoon| evening| week)',
  'tomorrow|today|tonight|(?:for )?this(?! time| one| occasion| is)',
  'then|that day|that week|on the day|(?:at |on )?that (?:time|date|day)|on this date',
  `at ${time}`,
);
const how = any(
  'in person|online|remotely|virtually|face to face',
  '(?:on|by|via|over|through|using) (?:ms |microsoft )?(?:teams|zoom|phone|telephone|video)(?: call| link)?',
);
/** The meeting, which `explain` has as `§`. */
const meetingPattern = `(?:the|this|our|your|that|tomorrow's|today's|(?:${weekday})'s)(?: (?:lcpg|local|children's|childrens|partnership|group|upcoming|above|${weekday}|#))* (?:meeting|session|lcpg|group|call|event|one)(?: of the lcpg)?`;
const object = any(
  '§',
  '(?:the|that|this) (?:date|day|time)',
  'this one|that one|it|this|that|along|us|everyone|in(?! person)',
  'you(?: all| both)?',
);
const writer = any(
  'i',
  'we',
  '(?:both|all|all three|all four|all two|two|three|four) of us',
  'we (?:both|all)',
  'i myself',
);
const gladly =
  '(?:(?:definitely|certainly|absolutely|of course|indeed|also|both|all|now|gladly|happily|be|still|again|personally|very|more than|most|only too|really|just) )*';
const able = '(?:able|happy|pleased|delighted|glad|free|available|honoured) to ';
const come = any(
  `(?:come along|coming along|pop along|come|coming)(?: (?:to )?${object})?`,
  `(?:make|making) ${object}|(?:be|being) at §`,
  `(?:attend|attending|join|joining)(?: ${object})?`,
  '(?:be|being )?(?:there|present|in attendance|along|with you(?: all)?|around)',
  'be (?:there|present|in attendance|along|with you(?: all)?|around)',
  'being (?:there|present|in attendance)',
  'participate|participating|take part|taking part',
);
const tail = `(?: (?:${when}|${how}|for §|at §|as (?:usual|planned|normal|requested|discussed)|with pleasure|with bells on|please|too|as well|myself))*`;

/** A word that changes nothing where free words may stand. */
const free = String.raw`(?!(?:but|not|no|cannot|if|unless|until|till|however|although|though|unable|so|never|nobody|without|would|should|could|can|maybe|might|may|perhaps|probably|possibly|hope|hopefully|hoping|try|trying|instead|yes|join|joining|dial|online|remotely|virtually|teams|zoom|late|later|attend|attending|come|coming|there|arrive|only|before|after|first|second|half|part|between|someone|somebody|colleague|deputy|substitute|behalf|place|think|whether|depends|depending|cancelled|sure|either|or|rest|remainder|end|start|subject|provided|providing|pending|assuming|otherwise|permitting|willing|wait|right|unsure|tbc|agree|agrees|changed|changes|moved|moves)\b)[a-z\u00e0-\u017f\d@#§'&]+`;
const regretting =
  'unfortunately|sadly|regrets|regrettably|regretfully|(?:i am )?(?:so |very |really |terribly |truly )?sorry(?: to say)?|(?:i am |we are )?afraid|i regret|regret|with regret|annoyingly|gutted|(?:my )?apologies|alas';
const notAble = any(
  '(?:can|will|shall|am|are) (?:no longer|now not|not now)(?: be)?(?: able to)?',
  'cannot(?: now)?',
  '(?:will|shall|am|are)(?: sadly| now| unfortunately)* not(?: now)?(?: going to)?(?: be)?(?: able to)?',
  '(?:will |would |am |are |am going to |going to )?(?:be )?(?:sadly |now |unfortunately )*(?:unable to|not able to|no longer able to)',
  'not(?: going to)?(?: be)?(?: able to)?',
  'no longer(?: able to)?',
);
const comeNot = any(
  `(?:come along|coming along|come|coming)(?: (?:to )?${object})?`,
  `(?:attend|attending|join|joining|participate|take part)(?: ${object})?`,
  `(?:make|making|do) ${object}|make #`,
  '(?:be )?(?:there|present|in attendance|along|around|available|free|with you)',
  'get there',
);
const tailOfNo = `(?: (?:on this occasion|this time(?: round| around)?|${when}|for §|at §|to §|this week|either|myself|please|after all|now|any more|${regretting}))*`;
const file =
  '(?:papers?|agenda|link|minutes|details|invite|invitation|notes|pack|documents?|slides|postcode|address)';
const apologies = '(?:sincere |sincerest |humble |many |full |deepest )*apologies';
const forWhat = `(?: (?:for|to|at|on) (?:§|${when}|(?:my |our )?(?:absence|non attendance)|not (?:being able to |)(?:attend(?:ing)?|make it|making it|come|coming|be there|being there)))`;
const sector =
  '(?:the )?(?:(?:county|district|borough|city|town) )?(?:council|housing|police|early help|social care|public health|health|education|early years|schools?|ccg|kcc|commissioning|voluntary sector|school)(?: team| service)?';
/** Apologies of another person are not the writer's. */
const fromWhom = `(?: from (?:me|us|myself|both of us|${sector}))`;

/** Each sense with its forms, over the words that `plainWords` gives; `@` stands for a name. */
const forms: readonly (readonly [Sense, readonly string[]])[] = [
  [
    'yes',
    [
      `(?:${writer} )?(?:can |am able to |am pleased to |am happy to |am writing to |would like to |happy to |pleased to |just to |just |to )?(?:confirm(?:ing|ed)?)(?: that)? ${writer} (?:will|shall|can|am|are) ${gladly}(?:${able})?${come}${tail}`,
      `(?:${writer} )?(?:will|shall|can|am going to|are going to|am|are) ${gladly}(?:${able})?${come}${tail}`,
      `(?:${writer} )?would (?:really |very much )?love to (?:attend|come|join|come along)(?: ${object})?${tail}`,
      `(?:${writer} )?(?:would|will|shall) be ${gladly}(?:happy|pleased|delighted|glad|honoured) to ${come}${tail}`,
      `${gladly}(?:happy|pleased|delighted|glad|honoured|able) to ${come}${tail}`,
      `(?:attending|coming|joining)(?: (?:to )?${object})?${tail}`,
      `(?:${writer} )?(?:am |are )(?:free|available)(?: for (?:it|this|that|this one))?${tail}`,
      `(?:${writer} )?(?:(?:am |would be |will be )?(?:happy|pleased|delighted|glad) to |will |gladly |happily |hereby |can )?(?:accept|accepting)(?: (?:the|this|your|my|kind|meeting|calendar|with thanks|with pleasure|invitation|invite))*${tail}(?= \\||$)`,
      `(?:please )?(?:can |could )?(?:count (?:me|us) in|sign me up|include me|add me to the list|book me (?:in|on|a place)|save me a (?:seat|place)|keep me down)(?: for (?:it|this|that|this one|§))?${tail}`,
      `(?:please )?(?:put|mark|have|note|record|log) (?:me|us)(?: down)?(?: (?:as|to|for) (?:attending|attend|coming|a yes|yes|present|it|this|that|this one|a place|§))${tail}`,
      '(?:please )?put (?:me|us) down(?: please)?',
      `(?:${writer} )?am in|(?:we )are in`,
      `(?:(?:${writer} )?will |look forward to |looking forward to )?(?:see|seeing|c) (?:you|everyone|everybody|you all|you both|all|them)(?: all| both)?(?: (?:there|at §|${when}))(?: ${when})?`,
      `(?:${writer} )?(?:am |are |will )?(?:really |very much )?(?:look|looking) forward to (?:attending|being there|coming(?: along)?|joining (?:you|everyone|in)|taking part|it)(?: ${object})?${tail}`,
      '(?:i )?would not miss it(?: for the world| for anything)?',
      '(?:i )?cannot wait to (?:attend|be there|see you(?: all)?|join(?: you)?|come)',
      `(?:(?:${writer} )?(?:can |am pleased to |am happy to |would like to |am writing to |happy to |pleased to |please |this is to |just to |to )?(?:confirm|confirming) |please (?:accept|take) this as )(?:my |our |confirmation of (?:my |our )?)?attendance${tail}`,
      '(?:my )?attendance (?:is )?confirmed',
      `yes to (?:attending|coming|§)`,
      'yes for (?:this|me|us)',
    ],
  ],
  [
    'bare-yes',
    [
      '(?:oh |ah )?(?:yes|affirmative|certainly|definitely|absolutely|of course|sure|confirmed|accepted|y)(?: (?:yes|please|thanks|thank you|of course|definitely|certainly|absolutely|indeed|from me|from us|sure|confirmed|for me|thing))*',
      '(?:i|we) (?:can|will|do)',
      'will do|(?:certainly|definitely|absolutely) will',
      '(?:it is |that is )?(?:a )?(?:big |definite )?yes from (?:me|us)',
    ],
  ],
  [
    'no',
    [
      `(?:${writer} )?(?:(?:${regretting}|really|simply|just|actually|definitely|currently|therefore|also|both|that|will|must|say) )*(?:${writer} )?(?:${notAble}) ?(?:sadly |unfortunately |be )?(?:able to )?(?:${comeNot})${tailOfNo}`,
      `(?:${writer} )?cannot(?: now)?${tailOfNo}(?= \\||$)`,
      `(?:please )?(?:can you |could you )?(?:accept|send|pass on|give|note|record|convey|take|tender|register|log|put down|put in|offer|receive)(?: in)? (?:my|our)(?: sincere| sincerest| humble)? apologies${forWhat}?${fromWhom}?${tailOfNo}`,
      `(?:please )?(?:accept|note|record|take|register|log|send|give|pass on) apologies(?: from me${forWhat}?|${forWhat})${tailOfNo}`,
      `(?:${writer} )?(?:(?:${regretting}) )*(?:${writer} )?(?:must |will have to |have to |need to |have got to |am going to have to |are going to have to |am having to |would like to |will need to |wish to |will |am )?(?:sadly |unfortunately )?(?:send|sending|give|giving|offer|offering|tender|submit|be sending)(?: in)?(?: my| our)? ${apologies}${forWhat}?${tailOfNo}`,
      `(?:sending|giving|submitting)(?: my| our)? ${apologies}${forWhat}?${tailOfNo}`,
      `(?:my |with |please accept |our )?${apologies}(?:${fromWhom}${forWhat}?|${forWhat}${fromWhom}?)${tailOfNo}`,
      `(?:please )?(?:put|mark|record|note|log) (?:me|us)(?: down)? (?:as|for) (?:apologies|absent|a no|no|not attending|unable to attend)${tailOfNo}`,
      '(?:please )?count (?:me|us) out(?: of this one| this time)?|(?:i )?am out',
      `(?:${writer} )?(?:(?:${regretting}) )*(?:${writer} )?(?:must|will have to|have to|need to|have got to|am going to have to|am having to|are going to have to|will need to|will|respectfully|regretfully|would like to)(?: sadly| unfortunately| regretfully)? (?:decline|miss (?:this one|§|it|this|out)|pull out|drop out|say no|bow out|give (?:this one|§|it|this) a miss|sit this one out|skip this one)${tailOfNo}`,
      `(?:i )?(?:am )?(?:going to be )?missing (?:this one|§|it)${tailOfNo}`,
    ],
  ],
  [
    'bare-no',
    [
      '(?:oh )?no(?: (?:sorry|thanks|thank you|unfortunately|i am afraid not|afraid not|i am afraid|i cannot|not this time|apologies|sadly))*',
      '(?:i am |we are )?(?:afraid not|sadly not|unfortunately not|sorry not|not this time|not on this occasion)(?: sorry| i am afraid)?',
      '(?:it is |that is )?(?:a )?no from (?:me|us)',
      'no can do|declined|decline|i decline|negative',
      `(?:with |sending |my |please accept |our )?${apologies}(?: this time| on this occasion| for this one| again| please| sorry| in advance for not attending)?`,
    ],
  ],
  [
    'away',
    [
      `(?:as |because |since |due to |with )?(?:i |we )?(?:am |are |will be |have |have got |have got to be |shall be |being |have to be |due to be |having )?(?:already |now |then |currently |all )*(?:(?:on|taking|booked) (?:annual |maternity |paternity |parental |adoption |compassionate |sick |study |carers )*(?:leave|holiday|holidays)|on annual leave|leave|a day(?:'s)? leave|on al|annual leave(?: booked)?|away|abroad|off|off work|off sick|sick|unwell|ill|poorly|double booked(?: myself)?|already booked|otherwise engaged|out of (?:the )?(?:country|county|office)|in court|at court|court|on jury service|jury service|at a funeral|a funeral|an interview|interviews|interviewing|a training day|training day|on training|training|on a (?:training )?course|at a conference|a conference|another (?:meeting|commitment|appointment|engagement)|other commitments|prior commitments|a (?:(?:diary|previous|prior|conflicting|clashing|longstanding|long standing) )*(?:clash|commitment|appointment|engagement|meeting)(?: with ${free}(?: ${free}){0,5})?|a (?:hospital|dentist|dental|doctor|doctors|medical|gp|school|work) appointment|in (?:hospital|surgery))(?: ${when}| all week| all day| booked| from work| myself| in (?:[a-z\u00e0-\u017f]+)| this week| for a (?:week|fortnight)| instead)*`,
      `(?:it|this|that|the (?:date|day|time)) (?:clashes|conflicts|is clashing)(?: with ${free}(?: ${free}){0,6})?(?: ${when})?`,
      '(?:it|that) is my (?:day off|non working day)|(?:it is )?my (?:day off|non working day)',
      '(?:i )?(?:do|am) not (?:work|working|in work|at work|in the office)(?: on)?(?: that day| then| (?:monday|tuesday|wednesday|thursday|friday)s?)',
    ],
  ],
  [
    'reason',
    [
      '(?<=\\| )(?:childcare|work|illness|sickness|holidays?|nights|court|surgery|staffing)(?: (?:issues|problems|commitments|shortages))?(?= \\||$)',
      `(?:i am|i have|we have|we are|i will be) ${free}(?: ${free}){0,11}(?= \\||$| and (?:so )?(?:i|cannot|will)| so )`,
      'something(?: else)? (?:has |urgent has )?(?:come|cropped) up(?: at work)?',
      `(?:as|because of|because|since|due to|owing to|on account of) ${free}(?: ${free}){0,14}(?= \\||$| and (?:so )?(?:i|cannot|will)| so )`,
      `(?<=\\| |^|and |so |but )(?:for|with|given|i|we|my|our|on|at|in|got|have|had|having|something|working|childcare|staff|diary|school|it|it is|too|there is|prior|previous|another|other) ${free}(?: ${free}){0,11}(?= \\||$| and (?:so )?(?:i|cannot|will)| so )`,
    ],
  ],
  [
    'regret',
    [
      '(?:so |very |really )?sorry to (?:do this|mess you about|let you down|be a pain|do this to you)',
      `(?:${regretting})(?: (?:all|everyone|both|folks|@|[a-z\u00e0-\u017f]+(?= \\|)))?`,
    ],
  ],
  ['but', ['but|however|though|although']],
  [
    'after-no',
    [
      `(?:i )?(?:will|shall) (?:read|catch up (?:on|with|from)|look at|pick up) the (?:minutes|notes|papers|actions)(?: afterwards)?`,
      `(?:i |we )?(?:will|shall|hope to|will try to|look forward to|looking forward to|hopefully)(?: hopefully)? (?:see|seeing|be at|make|making|attend|attending|come to|coming to|be there|join|catch|catching|be able to (?:make|attend|come to))(?: (?:you|everyone|you all|to))?(?: at| for)? (?:the )?(?:next (?:one|meeting|time)|following one|one after)`,
      'see you (?:all )?(?:at the next one|at the next meeting|next time|at the following one)',
      '(?:hopefully |maybe )?next time',
      '(?:can|could|shall) we (?:find|look at|try|do|rearrange for|pick) (?:another|a different)(?: (?:date|day|time|one))?(?: please)?(?: \\?)?',
      `(?:i |we )?(?:have |there is |am afraid there is )?(?:no|do not have a|have no|not got a) (?:substitute|deputy|replacement|one (?:else )?(?:who can|to) (?:cover|attend|come)|one else(?: available| who can come)?)(?: available)?(?: i am afraid)?`,
      'please keep me on the (?:list|mailing list|circulation list)',
      `(?:i )?(?:will|shall|am happy to|happy to) (?:send|email|forward) (?:you )?(?:a |my |our |an |any |the )(?:written )?(?:update|report|comments|figures|data|contribution)(?: by email| separately| beforehand| before §| in advance| instead)*`,
    ],
  ],
  [
    'other-matter',
    [
      `(?:i |we )?(?:have )?(?:received|got|read|seen|had) (?:the|your|my) (?:${file}|email|message|calendar invite)(?: thanks| thank you)?`,
      `(?:please |please can you |can you |could you |would you )(?:please )?(?:send|resend|forward|email|share|let me have)(?: me| us| over| on| round)* (?:a copy of )?(?:the |a |an )?(?:lcpg |teams |meeting |zoom )*${file}(?: please| for §| in advance| again| to me| afterwards| after §| when (?:ready|available)| in due course)*(?: \\?)?`,
      `is there (?:any )?(?:parking|a car park|lunch)(?: available| on site| nearby| at the venue)*(?: \\?)?|will (?:there be (?:lunch|parking)|lunch be provided)(?: \\?)?|what time (?:does it|do we|will it) (?:start|finish|end)(?: \\?)?|where is it(?: being held)?(?: \\?)?`,
      `(?:i |we )?(?:will |do |may )?(?:need|require|would like) (?:a )?(?:parking(?: space)?|hearing loop|vegetarian (?:lunch|option)|large print)(?: please)?`,
      '(?:i |we )?do not (?:need|require) (?:a |any )?(?:parking(?: space)?|lunch)',
      'no (?:special |dietary |access |other )*(?:requirements|needs)|(?:i am )?(?:a )?(?:vegetarian|vegan|gluten free|coeliac)',
      `(?:i )?will bring (?:the |my |our |some |a |copies of the )?(?:cake|biscuits|report|figures|update|papers|copies|data|laptop)`,
    ],
  ],
  [
    'on-the-way-to-a-name',
    [
      '(?:but|so|and|my|our|i|i am|we are|i will be|i have|sending|send|instead|of me|please|expect|invite|colleague|manager|deputy|officer|assistant|asked|nominating|nominated|nominate|would like to|arranged for|delegated|delegating|to|from|is|will be|the|substitute|replacement|representative|represented by|happy for|cllr|dr|pc|mr|mrs|ms|insp|sgt|therefore|as)',
    ],
  ],
  [
    'agreeable',
    [
      `great|lovely|brilliant|perfect|super|excellent|wonderful|fab|fantastic|smashing|champion|tidy|lush|cool|good|fine|grand|ace|marvellous|sounds good|great stuff|happy days|all good(?: for #)?|got it(?= \\|)|good to go|super duper`,
      '(?:no|not a|not an|it is no|that is no) (?:problem|problems|worries|worry|bother|issue|probs|trouble)(?: at all| for me)?',
      '(?:that|this|it|which|the (?:date|time)|that (?:date|time)) (?:is (?:fine|good|great|perfect|okay|lovely)|works|suits|is all fine)(?: by| with| for)?(?: me| us)?(?: well)?|(?:works|suits|fine|good|okay) (?:for|by|with)? ?me',
      '(?:it is |that is |this is |i have (?:it|this|the date) |i have put (?:it|this) |the date is |date is |got it )?(?:already |now )?(?:in|in to|into) (?:my|the) (?:diary|calendar)(?: already)?|diary marked|(?:the )?date (?:is )?noted|i have added it to my (?:diary|calendar)',
    ],
  ],
  [
    'courtesy',
    [
      `(?:hi|hello|hiya|hey|dear|morning|afternoon|evening|good (?:morning|afternoon|evening|day)|bore da|prynhawn da|noswaith dda|shwmae|helo|alright)(?: (?:all|there|everyone|everybody|both|team|folks|colleagues|sir|madam|both|you|again|@(?: @)?|[a-z\u00e0-\u017f]+(?= \\|)))*`,
      `(?:(?:many|huge|very many|big|with) )?(?:thanks|thank you|cheers|ta|diolch|much appreciated|grateful)(?: (?:so much|very much|again|a lot|all|both|you|ever so much|in advance|indeed|kindly|yn fawr|@(?: @)?))*(?: for (?:the|your|this|all|that|sending|arranging|organising|letting|inviting|asking|getting|checking|reminding|chasing|sorting|doing|coming|following|thinking)(?: ${free}){0,6}?)?(?= \\||$| (?:i|yes|we|unfortunately|sorry|but|and|no|will|am|sadly|happy|see)\\b)`,
      '(?:kind|kindest|best|warm|warmest|many|with)? ?(?:regards|wishes)(?: @(?: @)?)?|all the best|take care|yours(?: sincerely| faithfully)?|speak soon|see you soon|bw|kr|best|love|hwyl(?: fawr)?|sent from my (?:iphone|ipad|phone)',
      '@(?: @){0,3}(?= \\||$)',
      'please',
      `(?:i |we |just |and )*hope (?:you are|you have|you had|you all have|all is|this (?:finds|helps|is)|that is|that helps|it goes|it all goes|it is a|§ (?:goes|is)|everyone is|everything (?:goes|is))(?: ${free}){0,6}`,
      '(?:have|enjoy)(?: a)? (?:good|great|lovely|nice|productive|the|your) (?:day|week|weekend|meeting|one|evening|time|rest of your day|session)|good luck(?: with it)?',
      `(?:i am )?(?:so |very |really |my |many |with )*(?:sorry|apologies|apologise)(?: (?:for|about|that|it is|this is|i am|to be|the|my|this|such a|taking|being|a|so|having taken))*(?: (?:late|delay|delayed|slow|tardy|belated|lateness|long))(?: (?:reply|response|replying|responding|in|replying|responding|getting back|to you|to reply|to respond|coming back|answer|confirmation|note|email))*`,
      '(?:so |very |really )?(?:sorry|apologies)(?: i did not|for not|i have not|not to have)(?: (?:reply|respond|replying|responding|replied|responded|getting back|get back|got back|to you|coming back))+(?: sooner| earlier| before| until now)?',
      '(?:i )?(?:have )?(?:only )?just (?:seen|read|noticed|saw) (?:this|it|your email)|just catching up (?:with|on) (?:my )?emails|(?:just )?(?:a )?(?:quick )?(?:note|line|email)? ?to (?:let you know|say|confirm)(?: that)?|just replying',
      '(?:please )?(?:let me know|shout|just shout|give me a shout) if (?:you need|there is)(?: anything| me to do anything)(?: else| from me| beforehand| further| in advance)*',
      '(?:i )?have (?:moved|juggled|rearranged) (?:things|some things|a few things|my diary)(?: around| about)?',
      'with pleasure|as (?:usual|always|requested)|happy to (?:help|answer any questions)|on this occasion|at all|i am afraid',
      'okay|noted|understood',
      'and|so|then|also|well|oh|ah|therefore|hence|which means|meaning|that',
      'looking forward to (?:seeing you(?: all)?|meeting you(?: all)?|the discussion|a good discussion)',
      'this is|me again',
    ],
  ],
];

interface Form {
  readonly sense: Sense;
  readonly form: RegExp;
}

let compiled: readonly Form[] | undefined;

/** What may follow a yes without an end to its phrase: what else follows may belong to it, and change it. */
const afterYes =
  '(?= (?:[|?]|and|so|but|thanks|thank|many|cheers|ta|diolch|hope|see|looking|look|regards|kind|best|as|@)|$)';

/** Made when the first reply comes. */
const compiledForms = (): readonly Form[] =>
  (compiled ??= forms.flatMap(([sense, sources]) =>
    sources.map((source) => ({
      sense,
      form: new RegExp(`(?:${source})${sense === 'yes' ? afterYes : '(?= |$)'}`, 'y'),
    })),
  ));

/** What a text says, form by form; `unexplained` is what begins where no form goes on. */
export type Explanation =
  | { readonly senses: readonly Sense[]; readonly unexplained: null }
  | { readonly senses: null; readonly unexplained: string };

const days = new RegExp(`(?<=^| )${datePattern}(?= |$)`, 'gu');
const meetings = new RegExp(`(?<=^| )${meetingPattern}(?= |$)`, 'gu');

/** A text with a sign for each day and each naming of the meeting, so that no form has to spell them out. */
const withSigns = (plain: string): { readonly text: string; readonly restored: (from: number) => string } => {
  const replaced: Readonly<Record<'#' | '§', string[]>> = { '#': [], '§': [] };
  const signed =
    (sign: '#' | '§') =>
    (found: string): string => {
      replaced[sign].push(found);
      return sign;
    };
  const text = plain.replace(days, signed('#')).replace(meetings, signed('§'));
  return {
    text,
    restored: (from) => {
      // What stood in a meeting's own name has gone into it.
      const named = text.slice(from).replaceAll('§', 'the meeting');
      let at = replaced['#'].length - named.split('#').length + 1;
      return named.replaceAll('#', () => replaced['#'][at++] ?? 'that day');
    },
  };
};

const mostSteps = 20_000;

/**
 * Explains a whole text by forms, the longest first. Words that form part of a longer form are not read by themselves, but
 * where the rest could not be explained otherwise.
 * @param plain as `plainWords` gives it
 * @param without senses that are not looked for
 */
export const explain = (plain: string, without: ReadonlySet<Sense>): Explanation => {
  const { text, restored } = withSigns(plain);
  const deadEnds = new Set<number>();
  let furthest = 0;
  let steps = 0;
  const from = (at: number): readonly Sense[] | undefined => {
    let begin = at;
    while (text[begin] === ' ' || text[begin] === '|') begin += 1;
    if (begin >= text.length) return [];
    if (deadEnds.has(begin) || steps > mostSteps) return undefined;
    furthest = Math.max(furthest, begin);
    const found: { readonly sense: Sense; readonly end: number }[] = [];
    for (const { sense, form } of compiledForms()) {
      if (without.has(sense)) continue;
      steps += 1;
      form.lastIndex = begin;
      if (form.test(text)) found.push({ sense, end: form.lastIndex });
    }
    // Free words are the last resort: they would take in what forms can read.
    found.sort(
      (one, other) =>
        Number(one.sense === 'reason') - Number(other.sense === 'reason') || other.end - one.end,
    );
    for (const { sense, end } of found) {
      const rest = from(end);
      if (rest !== undefined) return [sense, ...rest];
    }
    deadEnds.add(begin);
    return undefined;
  };
  const senses = from(0);
  return senses === undefined
    ? { senses: null, unexplained: restored(furthest).split('|')[0]?.trim() ?? '' }
    : { senses, unexplained: null };
};

/** All words of the forms: with a capital, too, they are no names. */
export const knownWords: ReadonlySet<string> = new Set(
  [datePattern, meetingPattern, ...forms.flatMap(([, sources]) => sources)].flatMap(
    (source) => source.match(/[a-z']{2,}/gu) ?? [],
  ),
);

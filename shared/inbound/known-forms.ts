/**
 * The forms in which people say that they come, that they do not, and what they say by the way. All of a text has to be
 * explained by them; what they do not know is an aside, which `asides.ts` looks through for conditions and doubts.
 */

/** What a form says. */
export type Sense =
  /** That the writer comes. */
  | 'yes'
  /** Yes, to whatever was asked. */
  | 'bare-yes'
  /** A yes where somebody says yes or thanks beside it; alone, it sounds as if a “but” were to come. */
  | 'wish'
  | 'no'
  | 'bare-no'
  /** Why somebody does not come; of the day itself it says so. */
  | 'away'
  /** Words of the writer's own, in which anything may be said: see asides.ts. */
  | 'aside'
  /** The same without an end to the phrase before it. */
  | 'running-on'
  /** A question in words of the writer's own. */
  | 'question'
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
  `(?:${weekday})(?: (?:morning|afternoon))?(?: (?:the )?${ordinal})?(?: (?:of )?(?:${month}))?`,
  String.raw`(?:${weekday} )?(?:the )?[0-3]?\d(?:st|nd|rd|th)? (?:of )?(?:${month})(?: \d{4})?`,
  `the ${ordinal}`,
);
const time = String.raw`(?:\d{1,2}(?:h\d\d)?(?: ?(?:am|pm|o'clock))?|noon|midday)`;
const when = any(
  `(?:on (?:a )?|this |for )?#(?: at ${time})?`,
  '(?:for )?(?:tomorrow|today|this)(?: morning| afternoon| evening| week)|this (?:month|term)',
  'tomorrow|today|tonight|(?:for )?this(?! time| one| occasion| is)',
  'then|that day|that week|on the day|(?:at |on )?that (?:time|date|day|morning|afternoon)|on (?:this|the) (?:date|day)(?: in question)?|(?:in|for|of) (?:that|this) (?:week|month)',
  `at ${time}`,
);
const how = any(
  'in person|online|remotely|virtually|face to face',
  '(?:on|by|via|over|through|using) (?:ms |microsoft )?(?:teams|zoom|phone|telephone|video)(?: call| link)?',
);
/** The meeting, which `explain` has as `§`. */
const ranks =
  'sgt|sergeant|pc|constable|insp|inspector|superintendent|supt|chief|detective|di|ds|dci|cllr|councillor|dr|mr|mrs|ms|rev|prof|professor';
const meetingPattern = `(?:the|this|our|your|that|tomorrow's|today's|(?:${weekday})'s)(?: (?:lcpg|local|children's|childrens|partnership|group|upcoming|forthcoming|coming|above|above mentioned|aforementioned|planned|proposed|scheduled|monthly|quarterly|online|teams|board|steering|${weekday}|#))* (?:meeting|session|lcpg|group|call|event|one)(?: of the lcpg)?|the above(?: meeting)?`;
const object = any(
  '§',
  '(?:the|that|this) (?:new |revised |rearranged |proposed |suggested |later |earlier )?(?:date|day|time|slot)',
  'this one|that one|it|(?:this|that)(?! (?:week|month|term|year|time|morning|afternoon|day)\\b)|along|us|everyone|in(?! person)',
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
const sector =
  "(?:the |our )?(?:(?:county|district|borough|city|town|local|parish) )?(?:council|housing|police|early help|social care|public health|health|education|early years|schools?|ccg|kcc|nhs|commissioning|voluntary sector|community sector|school|trust|nursery|college|children's services|team)(?: team| service| services)?";
const come = any(
  `(?:come along|coming along|pop along|come|coming)(?: (?:to )?${object})?`,
  `(?:make|making) ${object}|(?:be|being) at §`,
  `(?:attend|attending|join|joining)(?: ${object})?`,
  '(?:be|being )?(?:there|present|in attendance|along|with you(?: all)?|around)',
  'be (?:there|present|in attendance|along|with you(?: all)?|around)',
  'being (?:there|present|in attendance)',
  'participate|participating|take part|taking part',
  `(?:go|going)(?: along)?(?: to §)?|get there`,
);
const things =
  '(?:reports?|figures|updates?|papers|copies|data|laptop|slides|leaflets|handouts|notes|numbers|stats|statistics|results|dashboard|cake|cakes|biscuits|feedback|examples)';
const tail = `(?: (?:(?:along )?with (?:the|my|our|some) (?:[a-z]+ ){0,3}${things}|in my (?:new |usual )?(?:role|job|post|capacity)|as (?:the |a |our |your |vice )*(?:[a-z]+ ){0,2}(?:lead|chair|head|coordinator|governor|secretary)|mate|love|lovely|hun|pal|my lovely|guys|folks|in full|or be square|for definite|for sure|no (?:problem|problems|worries)|${when}|${how}|for §|at §|as (?:usual|planned|normal|requested|discussed)|with pleasure|with bells on|please|too|as well|myself))*`;

const anyWords = String.raw`(?:[^\s|?]+)(?: [^\s|?]+){0,24}`;
/** Not what belongs to the phrase before it: “to the training”, “for the first hour”. */
const runsOn =
  '(?!(?:to(?! (?:hear|present|update|give|talk|discuss|support|meet|learn|share|listen|report))|for|the|this|that(?! is)|a|an|any|all|every|most|some|before|after|until|till|from|without|unless|if|except|only|you|your|them|their|him|her|me|us) )';
/** Where the answer itself begins behind such words. */
const beforeAnswer =
  '(?= (?:(?:and |so |therefore |hence |which means |meaning )+(?:i|we|cannot|will|am|are|unable|not|yes|no)|(?:i|we) (?:just |simply |really |now |sadly )*(?:cannot|will not|(?:am|are|will be) (?:unable|not able))|so (?:my |please accept my )?apologies)\\b)';
const asideBegins = String.raw`(?<=^|\| |\band |\bso |\bbut |\balso )`;
/** A word that changes nothing where free words may stand. */
const free = String.raw`(?!(?:but|not|no|cannot|if|unless|until|till|however|although|though|unable|so|never|nobody|without|would|should|could|can|maybe|might|may|perhaps|probably|possibly|hope|hopefully|hoping|try|trying|instead|yes|join|joining|dial|online|remotely|virtually|teams|zoom|late|later|attend|attending|come|coming|there|arrive|only|before|after|first|second|half|part|between|someone|somebody|colleague|deputy|substitute|behalf|place|think|whether|depends|depending|cancelled|sure|either|or|rest|remainder|end|start|subject|provided|providing|pending|assuming|otherwise|once|from|apart|theory|principle|push|stands|when|permitting|willing|wait|right|unsure|tbc|agree|agrees|changed|changes|moved|moves)\b)[a-z\u00e0-\u017f\d@#§'&]+`;
const regretting =
  'unfortunately|sadly|regrets|regrettably|regretfully|(?:i am )?(?:so |very |really |terribly |truly )?sorry(?: to say)?|(?:i am |we are )?afraid|i regret|regret|with regret|annoyingly|gutted|(?:my |huge |big |massive |sincere |sincerest |many )*apologies|alas|it is with (?:great |much |some |deep )*(?:regret|sadness) that|disappointingly|frustratingly';
/** What keeps somebody away, in any words. */
const anyReason = String.raw`(?:[^\s|?]+)(?: [^\s|?]+){0,9}?`;
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
  `(?:make|making|do) (?:it (?:to ${object}|along|over|in)|${object})|make #`,
  '(?:be )?(?:there|present|in attendance|along|around|available|free|with you)',
  'get there',
);
const tailOfNo = `(?: (?:in the (?:minutes|notes)|to the (?:chair|group|meeting|board|others|rest|team)(?: and the group)?|to everyone|to all|on this occasion|this time(?: round| around)?|${when}|for §|at §|to §|this week|either|myself|like|mate|love|hun|pal|guys|folks|please|after all|now|any more|anymore|again|thanks|thank you|${regretting}))*`;
const file =
  '(?:papers?|agenda|link|minutes|details|invite|invitation|notes|pack|documents?|slides|postcode|address)';
const apologies =
  '(?:sincere |sincerest |humble |many |full |deepest |huge |big |massive |profuse |heartfelt |abject )*apologies';
const forWhat = `(?: (?:for|to|at|on) (?:§|${when}|(?:my |our )?(?:absence|non attendance)|not (?:being able to |)(?:attend(?:ing)?|make it|making it|come|coming|be there|being there)))`;
/** Apologies of another person are not the writer's. */
const fromWhom = `(?: (?:from|for) (?:me|us|myself|both of us|${sector}))`;

/** What leads to a verb without turning it. */
const leadingTo =
  '(?:(?:i|we|am|are|please|kindly|can|could|may|would|will|shall|must|do|be|sadly have to|have to|have got to|need to|want to|wish to|like to|ought to|am going to|going to|am having to|having to|am writing to|write to|just|also|sadly|unfortunately|regretfully|regrettably|respectfully|therefore|so|sorry|very sorry|so sorry|really sorry|i am afraid|i am sorry|afraid|that|but|to|let me|you|if you could|if you would|be grateful|very|most|much|once more|yet again|then|now) )*';
const sayingApologies =
  '(?:accept|send|sending|pass on|pass|give|giving|note|record|convey|take|tender|register|log|put down|put in|offer|receive|submit|submitting|make|have|add|extend|express|present|share|register)';
const notAsked =
  '(?!(?:will|shall|can|could|am|are|do|may|would|must) (?:i|we) (?!send|give|offer|tender|submit|put))(?!(?:[a-z]+ )*(?:may|might|could|would) (?:have|need) to)(?!(?:[a-z]+ )*would (?:miss|skip|decline|pass|bail))';
/** What somebody does who comes, after “cannot” or “not able to”. */
const gettingThere = any(
  comeNot,
  `(?:be|be at|get to|get out to|get over to|reach|travel to|spare the time for|free up for|clear (?:my diary|time) for|find (?:the )?time for|get (?:time|cover) for|step away from) ${object}`,
  `get (?:away|in|out|over|there|across|along|cover|time off|the time off|the time)(?: (?:from|of) (?:the |my )?(?:work|school|surgery|office|clinic|court|nursery|duty|site|class|it))?`,
  `(?:leave|get out of|abandon|close|step away from) (?:the |my |our )?(?:work|school|surgery|office|clinic|court|nursery|site|class|setting|practice|ward|desk|building)`,
  `(?:leave|get out|escape|be released|be spared|get released)|(?:do|make)(?= \\||$)`,
  `(?:commit|manage|spare the time|fit (?:it|this) in|swing it|juggle it|rearrange)(?: (?:to |it|this|that|§|this one|to (?:come|attend|be there|make it)))*`,
);
const unfit =
  '(?:(?:does|do|will) not (?:really |quite )?(?:work|suit|fit|do)|is not (?:good|great|convenient|possible|suitable|doable|ideal|going to work|an option|one i can do)|will not be (?:possible|doable)|(?:is )?(?:no good|no use|impossible|inconvenient|difficult|tricky|bad|unsuitable|out|a bad (?:day|time)|a difficult (?:day|time)|a problem))';
const theDay =
  '(?:(?:the |that |this )?(?:new |revised |rearranged |proposed |suggested )?(?:date|day|time|timing|slot)|(?:this|that)(?: (?:date|day|time|one))?|it|#|date|day|§)';

/** Each sense with its forms, over the words that `plainWords` gives; `@` stands for a name. */
const forms: readonly (readonly [Sense, readonly string[]])[] = [
  [
    'yes',
    [
      `(?:${writer} )?(?:can |am able to |am pleased to |am happy to |am writing to |write to |would like to |happy to |pleased to |delighted to |just wanted to |just to |just |to |say |report )*(?:confirm(?:ing|ed)?)(?: that)? ${writer} (?:will|shall|can|am|are) ${gladly}(?:${able})?${come}${tail}`,
      `(?:${writer} )?(?:will|shall|can|am going to|are going to|am|are) ${gladly}(?:${able})?${come}${tail}`,
      `(?:${writer} )?(?:would|will|shall) be ${gladly}(?:happy|pleased|delighted|glad|honoured) to ${come}${tail}`,
      `all (?:good|set|fine) to ${come}${tail}`,
      `${gladly}(?:happy|pleased|delighted|glad|honoured|able) to ${come}${tail}`,
      `(?:attending|coming|joining)(?: (?:to )?${object})?${tail}`,
      `(?:${writer} )?(?:am |are )(?:free|available)(?: for (?:it|this|that|this one))?${tail}`,
      `(?:${writer} )?(?:(?:am |would be |will be )?(?:happy|pleased|delighted|glad) to |will |gladly |happily |hereby |can )?(?:accept|accepting)(?: (?:the|this|your|my|kind|meeting|calendar|with thanks|with pleasure|invitation|invite|to §|§))*${tail}(?= \\||$)`,
      `(?:please )?(?:can |could )?(?:count (?:me|us) in|sign me up|include me|add me to the (?:list|attendees|attendance list|list of attendees|attendee list)|book me (?:in|on|a place)|save me a (?:seat|place)|keep me down)(?: for (?:it|this|that|this one|§))?${tail}`,
      `(?:please )?(?:put|mark|have|note|record|log) (?:me|us)(?: down)?(?: (?:as|to|for) (?:attending|attend|coming|a yes|yes|present|it|this|that|this one|a place|§))${tail}`,
      '(?:please )?put (?:me|us|my name|our names) (?:down|on the list|forward)(?: please)?',
      '(?:mi |fe )?(?:fydda|byddaf?|fyddaf) i yno|(?:rydw i.n|dwi.n) dod',
      `(?:confirming |confirm )?(?:that )?yes (?:i|we) (?:will|shall|can|am|are) ${gladly}(?:${able})?${come}${tail}`,
      `(?:${writer} )?(?:am |are )?(?:very |really )?(?:pleased|happy|glad|delighted) to (?:say|report|confirm|be able to)(?: that)?(?: ${writer} (?:will|shall|can|am|are))? ${gladly}(?:${able})?${come}${tail}`,
      '(?:i am )?(?:game|on board)|present and correct|you bet|sign me up|lock me in|roger|all confirmed|rsvp (?:: )?(?:yes|attending|accept)|(?:attendance|attending) (?:: )?yes',
      `(?:${writer} )?am in(?! @)|we are in(?! @)`,
      `(?:(?:${writer} )?will |look forward to |looking forward to )?(?:see|seeing|c) (?:you|everyone|everybody|you all|you both|all|them)(?: all| both)?(?: (?:there|at §|${when}))(?: ${when})?`,
      `(?:${writer} )?(?:am |are |will )?(?:really |very much )?(?:look|looking) forward to (?:attending|being there|coming(?: along)?|joining (?:you|everyone|in)|taking part|it)(?: ${object})?${tail}`,
      '(?:i )?would not miss it(?: for the world| for anything)?',
      '(?:i )?cannot wait to (?:attend|be there|see you(?: all)?|join(?: you)?|come)',
      `(?:(?:${writer} )?(?:can |am pleased to |am happy to |would like to |am writing to |happy to |pleased to |please |this is to |just to |to )?(?:confirm|confirming) |please (?:accept|take) this as )(?:my |our |confirmation of (?:my |our )?)?attendance${tail}`,
      '(?:my )?attendance (?:is )?confirmed',
      `yes to (?:attending|coming|§)(?: (?:on )?#)?`,
      'yes for (?:this|me|us)',
      `(?:${writer} )?(?:am |are )?still (?:coming|attending|going|on|able to ${come})${tail}`,
      `(?:${writer} )?(?:can|will be able to) (?:do|make) (?:that|this|it|§)(?: one| date| day| time)?(?: for me)?${tail}`,
      '(?:you can )?count on me(?: being there)?',
      `(?:it )?(?:would be|will be|is) (?:my|a|an) (?:great |real |absolute )?(?:pleasure|honour|privilege) to ${come}${tail}`,
      `(?:confirmed|confirming|definite) attendance(?: from (?:me|us))?`,
      `(?:which )?(?:${writer} )?(?:am |would be |will be |are )?(?:more than |only too |very |most )?(?:delighted|happy|pleased|glad|honoured) to(?: accept)?`,
      `(?:${writer} )?(?:can |am able to )?(?:confirm |confirming )?(?:that )?(?:${writer} )?(?:am |are )?(?:free|available)(?: ${when})? and (?:${writer} )?(?:will|can|shall) ${gladly}${come}${tail}`,
      `(?:please )?(?:accept|take|find|treat|regard) this(?: email| message| reply)? as (?:confirmation|notice)(?: that ${writer} (?:will|shall|am) ${gladly}${come}| of (?:my )?(?:attendance|attending))${tail}`,
      `(?:please )?confirm (?:me|us)(?: (?:as|for) (?:attending|§|this))?`,
      '(?:it is |that is |that will be )?(?:a )?(?:big |definite |firm )?yes(?: please)? (?:from|for|with) (?:me|us)|(?:it is|that is) (?:a|an) (?:yes|definite|definite yes|acceptance)',
      '(?:i am |we are )?(?:a hundred percent|definitely|totally) (?:there|in|coming|attending)',
      `(?:i have |have )?(?:accepted|accept)(?: (?:the|your|this|kind|calendar|meeting|§|to))*(?: (?:invite|invitation|request))?(?: (?:too|as well|already|now|also))*`,
      '(?:i am )?present',
      '100 ?% (?:there|in|coming|attending|yes)',
      '(?:i am )?(?:still )?(?:up for|good for|okay for|fine for|on for|free for|happy with) (?:it|that|this|§)|(?:i |we )?would not (?:want to )?miss (?:it|this|§)|(?:it is|that is) a date|(?:i |we )?will make it work|(?:indeed|certainly|absolutely|of course|definitely) (?:i|we) will(?: be)?(?: (?:there|attending|coming))?',
      `(?:indeed|certainly|absolutely|of course|definitely|gladly|happily|either way|as ever|as always) (?:i|we) (?:will|shall|can|am|are) ${gladly}${come}${tail}`,
      `(?:(?:we|i) )?(?:will )?catch (?:you|everyone|you all) (?:there|${when})`,
    ],
  ],
  [
    'wish',
    [
      `(?:${writer} )?(?:would|should) (?:really |very much )?(?:love|like) to(?: (?:attend|come|join|come along|be there)(?: ${object})?)?${tail}`,
    ],
  ],
  [
    'bare-yes',
    [
      '(?:oh |ah )?(?:yes|affirmative|certainly|definitely|absolutely|of course|sure|confirmed|accepted|y|ie|ydw|bydda|totally|by all means)(?: (?:yes|please|(?:thanks|thank you)(?: for (?:the [a-z]+|[a-z]+ing)(?= \\||$))?|of course|definitely|certainly|absolutely|indeed|from me|from us|sure|confirmed|for me|from me too|for me too|sir|boss|chief|thing|most definitely|most certainly|very much so|for definite|for sure|for certain|very much|indeed|so much|a lot|very much indeed))*',
      'yes @(?= (?:i|we|happy)\\b)',
      '(?:i|we) (?:can|will|do|am|are|shall)(?= (?:\\||thanks|thank|yes|and|indeed|certainly)|$)|(?:i )?confirm|thumbs up(?: from (?:me|us))?',
      `(?:that|this|it|(?:the |that |this )?(?:new |revised |rearranged |proposed |suggested )?(?:date|time|day|slot)|#) (?:(?:is|will be) (?:absolutely |all )?(?:fine|good|great|perfect|okay|lovely)|works|suits)(?: well| fine)?(?: (?:by|with|for))? (?:me|us)`,
      'will do|(?:certainly|definitely|absolutely) will',
      '(?:it is |that is )?(?:a )?(?:big |definite )?yes from (?:me|us)',
    ],
  ],
  [
    'no',
    [
      `(?:${writer} )?(?:(?:${regretting}|really|simply|just|actually|definitely|currently|therefore|also|both|that|will|must|say) )*(?:${writer} )?(?:${notAble}) ?(?:sadly |unfortunately |be )?(?:able to )?(?:${comeNot})${tailOfNo}`,
      `(?:${writer} )?cannot(?: now)?${tailOfNo}(?= \\||$)`,
      `(?:(?:i )?would be (?:very |most )?grateful if you (?:could|would) |would you (?:please |kindly )?)?(?:please |kindly )*(?:can you |could you )?(?:please |kindly )*(?:accept|send|pass on|give|note|record|convey|take|tender|register|log|put down|put in|offer|receive)(?: in)? (?:my|our)(?: sincere| sincerest| humble)? apologies${forWhat}?${fromWhom}?${tailOfNo}`,
      `(?:please )?(?:accept|note|record|take|register|log|send|give|pass on) apologies(?: from me${forWhat}?|${forWhat})${tailOfNo}`,
      `(?:${writer} )?(?:(?:${regretting}) )*(?:${writer} )?(?:must |will have to |have to |need to |have got to |am going to have to |are going to have to |am having to |would like to |will need to |wish to |will |am )?(?:sadly |unfortunately )?(?:send|sending|give|giving|offer|offering|tender|submit|be sending)(?: in)?(?: my| our)? ${apologies}${forWhat}?${tailOfNo}`,
      `(?:sending|giving|submitting)(?: my| our)? ${apologies}${forWhat}?${tailOfNo}`,
      `(?:my |with |please accept |our )?${apologies}(?:${fromWhom}${forWhat}?|${forWhat}${fromWhom}?)${tailOfNo}`,
      `(?:please )?(?:put|mark|record|note|log) (?:me|us)(?: down)? (?:as|for) (?:apologies|absent|a no|no|not attending|unable to attend)${tailOfNo}`,
      `(?:please )?count (?:me|us) out(?: (?:of|for) (?:this one|§))?${tailOfNo}|(?:i )?am out`,
      `(?:${writer} )?(?:am |are )?(?:respectfully |regretfully )?declining${tailOfNo}`,
      `(?:${anyReason} )?(?:prevents?|will prevent|is preventing|stops?) (?:me|us) (?:from )?(?:attending|coming|being there|being present|joining(?: you)?|making (?:it|§))${tailOfNo}`,
      `(?:${writer} )?(?:will (?:now )?|have to |need to |must )+be (?:elsewhere|absent|away|unavailable)${tailOfNo}`,
      `(?:${writer} )?(?:will|am|are) (?:be )?(?:unavailable|absent)${tailOfNo}`,
      `(?:please )?(?:note|excuse|forgive) (?:my|our) (?:absence|non attendance)${tailOfNo}`,
      `(?:${writer} )?(?:cannot|will not|am not able to|am unable to|not going to be able to|am not going to) (?:do (?:it|this|that|§|this one|that (?:day|date|time|one))|manage(?: it| this| this one| §| to (?:come|attend|make it|get there))?|get (?:out|away|there|to §|to it)(?: of ${anyReason})?|commit(?: to (?:this|it|§))?|fit (?:it|this) in|be (?:there|here|about|around|joining)|make)${tailOfNo}`,
      `(?:it is |that is |this is )?not (?:going to be )?(?:possible|do able|doable|feasible)(?: for me)?${tailOfNo}`,
      `(?:${writer} )?(?:will have to|am going to have to|have to|must|will|need to) (?:pass|bail|duck out|cry off|opt out|sit out|skip)(?: (?:on )?(?:this one|this|it|§))?${tailOfNo}`,
      `(?:i )?(?:will |shall )?have to say no${tailOfNo}`,
      `(?:${writer} )?(?:will|shall) not(?= \\||$)`,
      `regrets(?: from (?:me|us)| to all| all)(?: (?:on this occasion|this time))?`,
      `(?:it is |it will be |that is |that will be |i am a )(?:a )?no(?: (?:from|for) (?:me|us))?${tailOfNo}`,
      `(?:am |is |are )?(?:i |we )?no longer (?:can|able to|available to) ${come}${tailOfNo}`,
      `(?:${writer} )?would (?:have )?(?:really )?(?:love|loved|like|liked) to(?: (?:come|attend|be there|join you|have (?:come|been there|attended)))? but (?:${writer} )?(?:cannot|am unable|am not able|am away|will not)${tailOfNo}`,
      `(?:${writer} )?(?:(?:${regretting}) )*(?:${writer} )?(?:must|will have to|have to|need to|have got to|am going to have to|am having to|are going to have to|will need to|am going to|will|respectfully|regretfully|would like to)(?: sadly| unfortunately| regretfully)? (?:decline|miss (?:this one|§|it|this|out)|pull out|drop out|say no|bow out|give (?:this one|§|it|this) a miss|sit this one out|skip this one)${tailOfNo}`,
      `(?:i )?(?:am )?(?:going to be )?missing (?:this one|§|it)${tailOfNo}`,
    ],
  ],
  [
    'no',
    [
      `${notAsked}${leadingTo}${sayingApologies}(?: (?:this|it))?(?: email| message| reply)?(?: as)?(?: in)?(?: my| our)? ${apologies}${forWhat}?${fromWhom}?${tailOfNo}(?= \\||$| (?:as|because|due|since|for|i|we|but|and|so|sorry|thanks|thank|owing|on|with)\\b)`,
      `(?:${writer} )?(?:(?:${regretting}|really|simply|just|therefore|also|both|that) )*(?:${writer} )?(?:cannot|(?:will|shall|am|are|would) not (?:be )?(?:able to|in a position to)|(?:am|are|will be) (?:unable to|not able to|not in a position to)|unable to|not able to|not in a position to|not going to be able to|(?:am|are|will) not(?: going to)?(?: be)?) ${gettingThere}${tailOfNo}`,
      `${notAsked}${leadingTo}(?:pull|pulling|drop|dropping|bow|bowing|back|backing|duck|ducking|opt|opting) out(?: (?:of|from) (?:this one|§|it|this))?${tailOfNo}`,
      `(?:(?:i have|there is|i am afraid there is|got) )?(?:no|not a) chance of (?:me )?(?:making|coming|attending|getting|being)(?: (?:to )?(?:there|it|this|along|away|${object}))?${tailOfNo}`,
      `(?:(?:i am|we are|i have|we have|there is|it is) )?(?:far |just |a bit )?too (?:[a-z]+ ){1,5}(?:for (?:me|us) )?to (?:come|attend|make it|get there|leave|join|get away|be there)${tailOfNo}`,
      `${notAsked}${leadingTo}(?:decline|declining|skip|skipping|miss|pass on|sit out|cry off|bail)(?: (?:this one|§|it|this|the (?:invitation|invite)))?${tailOfNo}`,
      `${notAsked}${leadingTo}give (?:this one|§|it|this) a miss${tailOfNo}`,
      `(?:it|that|this) (?:is|will) (?:not (?:be )?|im)possible for me to (?:${comeNot})${tailOfNo}`,
      `${theDay} ${unfit}(?: (?:for|with) (?:me|us|my diary))${tailOfNo}|(?:does|will) not (?:work|suit)(?: (?:for )?(?:me|us))${tailOfNo}`,
      `${theDay} (?:does|will) not suit(?: me| us)?${tailOfNo}`,
      `(?:(?:so |very |really )?sorry |gutted |sad |disappointed )(?:that i will |that i have |to (?:be |have to )?)(?:miss|missing)(?: (?:this one|§|it|this|out|you all|you|everyone))${tailOfNo}`,
      `(?:${writer} )?(?:will|shall|am going to|am|are|have to|must|will have to)(?: be)?(?: sadly| unfortunately)? (?:miss|missing) (?:this one|§|it|this|this time|out)${tailOfNo}`,
      `apologies (?:that i (?:cannot|will not|am unable to|am not able to)|for not|for being unable to|for not being able to) (?:be |make |making |attend|come|being )*(?:attending|attend|coming|come|there|making it|make it|able to (?:attend|come|make it))?(?: ${object})?${tailOfNo}(?= \\||$)`,
    ],
  ],
  [
    'bare-no',
    [
      '(?:oh |dim )?no(?: (?:sorry|thanks|thank you|unfortunately|i am afraid not|afraid not|i am afraid|not this time|apologies|sadly))*',
      'apologies (?:sent|given|tendered|submitted|offered|noted from me)',
      '(?:i am afraid )?no chance|(?:regrettably|regretfully|sadly|unfortunately|alas) not|rsvp (?:: )?(?:no|not attending|apologies|decline)|(?:attendance|attending) (?:: )?no|n(?= \\||$)|(?:i will )?pass(?: this time| on this one)?(?= \\||$)|no go|rain check|sorry but no|no but thanks(?: for asking)?',
      '(?:i am |we are )?(?:afraid not|sadly not|unfortunately not|sorry not|not this time|not on this occasion)(?: sorry| i am afraid)?',
      '(?:it is |that is )?(?:a )?no from (?:me|us)',
      '(?:dw?i.n )?methu (?:dod|bod yno)|(?:fydda|alla) i ddim (?:dod|bod yno|yno)',
      'no can do|declined|decline|i decline|negative|dim diolch|unable(?: sorry)?|not (?:me|us)(?: this time)?',
      `(?:with |sending |my |please accept |our )?${apologies}(?: this time| on this occasion| for this one| again| please| sorry| in advance for not attending)?`,
    ],
  ],
  [
    'away',
    [
      `(?:(?:my|the|our|a) )?(?:diary|calendar) (?:is )?(?:full|chocka|chockablock|packed|rammed|clash|conflict)(?: ${when}| all (?:day|week))*`,
      '(?:i am |am )?(?:feeling )?(?:not (?:very |too |at all |feeling |so )*(?:well|good|great|up to it)|under the weather|laid up|rough|ill in bed|in bed)',
      `(?:i |we )?(?:could|have|can) not (?:been able to |managed to )?(?:get|find|arrange|organise|secure)(?: any| the)? (?:cover|time off|leave|childcare|a sitter|a babysitter)`,
      `no (?:car|transport|cover|childcare|staff|lift|babysitter|carer)(?: (?:at the moment|available|${when}))*`,
      `(?:as |because |since |due to |with )?(?:i |we )?(?:am |are |will be |have |have got |have got to be |shall be |being |have to be |due to be |having )?(?:already |now |then |currently |all )*(?:(?:on|taking|booked) (?:annual |maternity |paternity |parental |adoption |compassionate |sick |study |carers )*(?:leave|holiday|holidays)|on annual leave|leave|a day(?:'s)? leave|on al|annual leave(?: booked)?|away|abroad|off|off work|off sick|sick|unwell|ill|poorly|double booked(?: myself)?|already booked|otherwise engaged|out of (?:the )?(?:country|county|office)|in court|at court|court|on jury service|jury service|at a funeral|a funeral|an interview|interviews|interviewing|a training day|training day|on training|training|on a (?:training )?course|at a conference|a conference|another (?:meeting|commitment|appointment|engagement)|other commitments|prior commitments|a (?:(?:diary|previous|prior|conflicting|clashing|longstanding|long standing) )*(?:clash|commitment|appointment|engagement|meeting)(?: with ${free}(?: ${free}){0,5})?|a (?:hospital|dentist|dental|doctor|doctors|medical|gp|school|work) appointment|in (?:hospital|surgery))(?: ${when}| all week| all day| booked| from work| myself| at the moment| at present| currently| right now| still| from #| until #| in (?!(?:theory|principle|part)\\b)(?:[a-z\u00e0-\u017f]+)| this week| for a (?:week|fortnight)| instead)*`,
      `(?:it|this|that|the (?:date|day|time)) (?:clashes|conflicts|is clashing)(?: with ${free}(?: ${free}){0,6})?(?: ${when})?`,
      '(?:it|that) is my (?:day off|non working day)|(?:it is )?my (?:day off|non working day)',
      '(?:i )?(?:(?:do|am) )?not (?:work|working|in work|at work|in the office)(?: on)?(?: that day| then| (?:monday|tuesday|wednesday|thursday|friday)s?)',
    ],
  ],
  [
    'aside',
    [
      `${asideBegins}${anyWords}(?= \\||$)`,
      `${asideBegins}${anyWords}?(?= (?:and |so |therefore |hence |which means |meaning )+(?:i|we|cannot|will|am|are|unable|not|yes|no|apologies|my apologies|please accept)\\b)`,
      `(?:as|because|because of|since|due to|owing to|on account of) ${anyWords}(?= \\||$)`,
      `(?:as|because|because of|since|due to|owing to|on account of|with|given|what with) ${anyWords}?${beforeAnswer}`,
    ],
  ],
  ['running-on', [`${runsOn}${anyWords}(?= \\||$)`, `${runsOn}${anyWords}?${beforeAnswer}`]],
  ['question', [`(?<=^|\\| )${anyWords} \\?`]],
  [
    'regret',
    [
      'mae.n ddrwg gen i|sori',
      '(?:so |very |really )?sorry to (?:do this|mess you about|let you down|be a pain|do this to you)',
      `(?:${regretting})(?: (?:all|everyone|both|folks|@|[a-z\u00e0-\u017f]+(?= \\|)))?`,
    ],
  ],
  ['but', ['but|however|though|although']],
  [
    'after-no',
    [
      '(?:i |we )?(?:really |so |do )?(?:wish (?:that )?(?:i|we) could(?: (?:come|attend|be there|make it|join you))?|hate to (?:do this|miss (?:it|this|§|this one)|let you down))(?= but\\b)',
      `(?:i )?(?:will |shall |can )?catch up(?: with (?:you|you all|everyone|@|[a-z]+))?(?: (?:after|afterwards|later|soon|next week|another time|separately|on the (?:minutes|notes)))*`,
      '(?:i |we )?(?:was|were|had|would have|would|have|had been|did) (?:really |very much )?(?:going|planning|planned|hoping|hoped|meaning|meant|intending|intended|due|loved|liked|love|like|normally|usually|wanted|looking forward|expecting|supposed|want)(?: to)?(?: (?:be |have |been )*(?:come|attend|there|make it|coming|attending|join you|joining you|it|this|this one|§))?(?= but\\b)',
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
      '(?:i )?thought (?:that )?i (?:would|had) (?:already )?(?:have )?(?:replied|responded|answered|accepted)(?: to this)?',
      `(?:i |we )?(?:have )?(?:received|got|read|seen|had) (?:the|your|my) (?:${file}|email|message|calendar invite)(?: thanks| thank you)?`,
      `(?:please |please can you |can you |could you |would you )(?:please )?(?:send|resend|forward|email|share|let me have)(?: me| us| over| on| round)* (?:a copy of )?(?:the |a |an )?(?:lcpg |teams |meeting |zoom )*${file}(?: please| for §| in advance| again| just in case| to me| afterwards| after §| when (?:ready|available)| in due course)*(?: \\?)?`,
      `is there (?:any )?(?:parking|a car park|lunch)(?: available| on site| nearby| at the venue)*(?: \\?)?|will (?:there be (?:lunch|parking)|lunch be provided)(?: \\?)?|what time (?:does it|do we|will it) (?:start|finish|end)(?: \\?)?|where is it(?: being held)?(?: \\?)?`,
      `(?:i |we )?(?:will |do |may )?(?:need|require|would like) (?:a )?(?:parking(?: space)?|hearing loop|vegetarian (?:lunch|option)|large print)(?: please)?`,
      '(?:please )?(?:do you|if you) (?:need|want|require) (?:anything|me to (?:bring|prepare|send|do) anything)(?: else)?(?: from (?:me|us)| beforehand| in advance| before § )*(?: \\?)?',
      'no (?:rush|hurry|need to (?:reply|respond))',
    ],
  ],
  [
    'on-the-way-to-a-name',
    [
      '(?:but|so|and|my|our|i am|we are|i will be|i have|i|sending|send|instead|of me|please|expect|invite|colleague|manager|deputy|officer|assistant|asked|nominating|nominated|nominate|would like to|arranged for|delegated|delegating|to|from|is|will be|the|substitute|replacement|representative|represented by|happy for|cllr|dr|pc|mr|mrs|ms|insp|sgt|therefore|as)',
    ],
  ],
  [
    'agreeable',
    [
      "mae'n iawn|all set|good to go|ready to go",
      '(?:i am |i have )?(?:only |just )*(?:got |come |been )?back (?:from|off|after) (?:my |annual |sick |maternity |a )*(?:leave|holiday|holidays|half term|sick|break|hols)(?: (?:today|yesterday|this week))?',
      '(?:i |we |it |things |work )?(?:have |has |is )?been (?:so |a bit |really |very |absolutely |completely |rather |just )*(?:manic|mad|hectic|busy|crazy|chaotic|short staffed|flat out|snowed under|swamped|off sick|on leave|away|off|ill|poorly|unwell)(?: (?:here|lately|recently|all week|this week|at work|in the office))*',
      '(?:i )?(?:completely |totally |just )*(?:forgot|meant|had meant|have been meaning|would meant) to (?:reply|respond|answer|get back to you|come back to you)(?: (?:sooner|earlier|to this|before))*',
      'no (?:special |dietary |access |other )*(?:requirements|needs)|(?:i am )?(?:a )?(?:vegetarian|vegan|gluten free|coeliac)',
      '(?:i |we )?do not (?:need|require) (?:a |any )?(?:parking(?: space)?|lunch)',
      '(?:(?:i will need|i need|could i have|can i have|please can i have|i would like) )?(?:a )?(?:parking(?: permit| space| pass)?|disabled (?:bay|parking)|vegetarian(?: option)?|vegan(?: option)?)(?: please)?(?: if (?:possible|available|there (?:is|will be) (?:lunch|food|any|catering)))?(?: \\?)?',
      '(?:that|it) (?:would|will) be (?:great|lovely|good|fine|perfect|nice|brilliant)|that is in',
      `(?:i )?will bring (?:the |my |our |some |a |copies of (?:the |our )?)*(?:[a-z]+ ){0,2}(?:cake|cakes|biscuits|reports?|figures|updates?|papers|copies|data|laptop|slides|leaflets|handouts|notes|numbers|stats|statistics|results|dashboard)(?: with me| along| to share)?`,
      '(?:i |we )?have (?:got )?it (?:down|in|noted|marked)(?: already)?',
      `(?:great|lovely|brilliant|brill|good|excellent|fab|super|wonderful) (?:stuff|news|idea|one|thanks|to hear)|great|lovely|brilliant|brill|perfect|super|excellent|wonderful|fab|fantastic|smashing|champion|tidy|lush|cool|good|fine|grand|ace|marvellous|sounds good|great stuff|happy days|all (?:good|fine|okay)(?: (?:for (?:#|me)|with me|my end|here|at my end|from me))?|got it(?= \\|)|good to go|super duper`,
      '(?:no|not a|not an|it is no|that is no) (?:problem|problems|worries|worry|bother|issue|probs|trouble)(?: at all| for me)?',
      '(?:that|this|it|which|(?:the |that |this )?(?:new |revised |rearranged |proposed |suggested )?(?:date|time|day|slot)|#) (?:is (?:fine|good|great|perfect|okay|lovely)|works|suits|is all fine)(?: by| with| for)?(?: me| us)?(?: well)?|(?:works|suits|fine|good|okay) (?:for|by|with)? ?me',
      '(?:i |we )?(?:have )?(?:now |just )?(?:managed to (?:move|clear|free|shift|rearrange|reschedule|swap)|blocked|booked|cleared|set aside|kept|reserved|freed|moved|rearranged|juggled|shuffled|swapped|rescheduled) (?:out |off |up )?(?:the|my|that|this|it|a|some|things)(?: (?!place|attendance|booking|§)[a-z#]+){0,3}(?: meeting| meetings)?(?: around| free)?(?= \\||$| so | and )',
      '(?:i |we )?(?:have )?(?:missed|could not make|was unable to make|could not get to) the last (?:one|two|few|three|meeting|couple)',
      '(?:all |now |it is |already )*(?:booked|inked|logged|saved|locked|popped|put|marked|noted)(?: it)? (?:in|in to|into|on)(?: (?:my|the|to my))?(?: (?:diary|calendar))?(?= \\|| and |$)',
      '(?:my |the )?(?:diary|calendar) (?:is )?(?:clear|free|marked|updated|blocked out)',
      '(?:it is |that is |this is |i have (?:it|this|the date) |i have put (?:it|this) |the date is |date is |got it )?(?:already |now )?(?:in|in to|into) (?:my|the) (?:diary|calendar)(?: already)?|diary marked|(?:the )?date (?:is )?noted|i have added it to my (?:diary|calendar)',
    ],
  ],
  [
    'courtesy',
    [
      `(?:i |we |i am |we are )?(?:really |very much )?look(?:ing)? forward to (?!(?:it|attend|attending|being|coming|joining|taking)\\b)${free}(?: ${free}){0,6}(?= \\||$)`,
      `(?:(?:${ranks}) )+@(?: @){0,2}(?= \\||$)|@ (?:${ranks})(?: @){0,2}(?= \\||$)`,
      '(?:please )?(?:note|be advised|be aware)(?: that)?|no change(?: (?:here|from me|my end))?|(?:pants|bad|rubbish|terrible|awful|poor|rotten) (?:timing|luck|planning)|see you (?:all |both )?soon|for (?:info|information|the record)|fyi|(?:(?:i am|we are|this is|just|simply|am) )*(?:(?:writing|emailing|messaging|dropping you a line) )?(?:just )?(?:to )?(?:let|letting|inform|informing|advise|advising) you (?:know )?(?:that)?|how are (?:you|things)(?: (?:keeping|doing|getting on|all|both|today|going|your end))*(?: \\?)?|all the best(?: with (?:it|§|everything|that))?',
      '(?:only |have only |i have only |i only )?just (?:picked (?:this|it) up|seen|spotted|opened|got to|got round to|found|come across|noticed)(?: (?:this|it|your email|your message))?(?: now)?',
      `(?:hi|hello|hiya|hey|hullo|helo|hola|dear(?: (?:mr|mrs|ms|miss|dr|cllr|councillor|sir or madam|chair|colleague|team|members?))?|morning|afternoon|evening|good (?:morning|afternoon|evening|day)|bore da|prynhawn da|noswaith dda|shwmae|helo|alright)(?: (?:all|there|everyone|everybody|both|team|folks|colleagues|sir|madam|both|you|again|@(?: @)?|[a-z\u00e0-\u017f]+(?= \\|)))*`,
      `(?:(?:many|huge|very many|big|with) )?(?:thanks|thank you|cheers|ta|diolch|much appreciated|grateful)(?: (?:so much|very much|again|a lot|all|both|you|ever so much|in advance|indeed|kindly|yn fawr|@(?: @)?))*(?: for (?:the|your|this|all|that|it|everything|[a-z]+ing)(?: ${free}){0,6}?)?(?= \\||$| (?:i|yes|we|unfortunately|sorry|but|and|no|will|am|sadly|happy|see)\\b)`,
      `(?:thanks|thank you|cheers|diolch)(?: (?:so much|very much|again|a lot|@))* for (?:the|your|this|all|that|it|everything|[a-z]+ing)(?: ${free}){1,8}(?= \\||$)`,
      '(?:kind|kindest|best|warm|warmest|many|with)? ?(?:regards|wishes)(?: @(?: @)?)?|all the best|take care|yours(?: sincerely| faithfully)?|speak soon|see you soon|bw|kr|best|love|hwyl(?: fawr)?|sent from my (?:iphone|ipad|phone)',
      '@(?: @){0,3}(?= \\||$)',
      'please',
      '(?:sgt|pc|insp|inspector|di|ds|dci|supt|cllr|councillor|dr|mr|mrs|ms|rev|prof) @(?: @)?(?= \\||$)',
      '(?:i |just )*hope (?:you|everyone) (?:had|have|has|are having) a (?:good|great|lovely|nice|restful|relaxing) (?:half term|weekend|break|holiday|summer|easter|christmas|bank holiday|new year|week|day)',
      `(?:i |we |just |and )*hope (?:you are|you have|you had|you all have|all is|this (?:finds|helps|is)|that is|that helps|it goes|it all goes|it is a|§ (?:goes|is)|everyone is|everything (?:goes|is))(?: ${free}){0,6}`,
      '(?:have|enjoy)(?: a)? (?:good|great|lovely|nice|productive|the|your) (?:day|week|weekend|meeting|one|evening|time|rest of your day|session)|good luck(?: with it)?',
      `(?:i am )?(?:so |very |really |my |many |with )*(?:sorry|apologies|apologise)(?: (?:for|about|that|it is|this is|i am|to be|the|my|this|such a|taking|being|a|so|having taken))*(?: (?:late|delay|delayed|slow|tardy|belated|lateness|long))(?: (?:reply|response|replying|responding|in|replying|responding|getting back|to you|to reply|to respond|coming back|answer|confirmation|note|email))*`,
      '(?:so |very |really )?(?:sorry|apologies)(?: i did not| for not| i have not| not to have)(?: (?:reply|respond|replying|responding|replied|responded|getting back|get back|got back|to you|coming back|come back|being in touch|been in touch))+(?: sooner| earlier| before| until now)?',
      '(?:so |very |really |my |many )*(?:sorry|apologies|apologise) (?:for|about) (?:the|any|such|causing|this|all) ?(?:the |any |a )?(?:short notice|late notice|last minute|inconvenience|hassle|trouble|bother|nuisance|problems?|disruption|brief|brevity|essay|ramble)(?: notice| reply| caused| this (?:may|might|will)? ?causes?| message)?',
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
  '(?= (?:[|?]|and|so|but|thanks|thank|many|cheers|ta|diolch|hope|see|looking|look|regards|kind|best|as|because|@|to (?:hear|present|update|give|talk|discuss|support|meet|learn|share|listen|report)\\b)|$)';

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
  | { readonly parts: readonly Part[]; readonly unexplained: null }
  | { readonly parts: null; readonly unexplained: string };

/** Words of a text, with what they say. */
export interface Part {
  readonly sense: Sense;
  /** With the signs for days and meetings. */
  readonly words: string;
  readonly asWritten: string;
}

const days = new RegExp(`(?<=^| )${datePattern}(?= |$)`, 'gu');
const meetings = new RegExp(`(?<=^| )${meetingPattern}(?= |$)`, 'gu');

/** A text with a sign for each day and each naming of the meeting, so that no form has to spell them out. */
const withSigns = (
  plain: string,
): { readonly text: string; readonly restored: (from: number, to?: number) => string } => {
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
    restored: (from, to) => {
      // What stood in a meeting's own name has gone into it.
      const named = text.slice(from, to).replaceAll('§', 'the meeting');
      let at = replaced['#'].length - text.slice(from).split('#').length + 1;
      return named.replaceAll('#', () => replaced['#'][at++] ?? 'that day');
    },
  };
};

/** After what the same breath may go on with words of the writer's own. */
const goesOn: ReadonlySet<Sense> = new Set(['yes', 'no', 'bare-no', 'away', 'regret']);

const isFree = (sense: Sense): boolean => sense === 'aside' || sense === 'running-on' || sense === 'question';

const mostSteps = 20_000;

/**
 * Explains a whole text by forms, the longest first. Words that form part of a longer form are not read by themselves, but
 * where the rest could not be explained otherwise.
 * @param plain as `plainWords` gives it
 * @param without senses that are not looked for
 */
export const explain = (plain: string, without: ReadonlySet<Sense>): Explanation => {
  const { text, restored } = withSigns(plain);
  const deadEnds = new Set<string>();
  let furthest = 0;
  let steps = 0;
  const from = (at: number, before: Sense | undefined): readonly Part[] | undefined => {
    let begin = at;
    while (text[begin] === ' ' || text[begin] === '|') begin += 1;
    if (begin >= text.length) return [];
    const runningOn = before !== undefined && goesOn.has(before) && !text.slice(at, begin).includes('|');
    const place = `${String(begin)}${runningOn ? '+' : ''}`;
    if (deadEnds.has(place) || steps > mostSteps) return undefined;
    furthest = Math.max(furthest, begin);
    const found: { readonly sense: Sense; readonly end: number }[] = [];
    for (const { sense, form } of compiledForms()) {
      if (without.has(sense) || (sense === 'running-on' && !runningOn)) continue;
      steps += 1;
      form.lastIndex = begin;
      if (form.test(text)) found.push({ sense, end: form.lastIndex });
    }
    // Words of the writer's own are the last resort: they would take in what forms can read.
    found.sort(
      (one, other) =>
        Number(isFree(one.sense)) - Number(isFree(other.sense)) ||
        (isFree(one.sense) ? one.end - other.end : other.end - one.end),
    );
    for (const { sense, end } of found) {
      const rest = from(end, sense);
      if (rest !== undefined)
        return [{ sense, words: text.slice(begin, end), asWritten: restored(begin, end) }, ...rest];
    }
    deadEnds.add(place);
    return undefined;
  };
  const parts = from(0, undefined);
  return parts === undefined
    ? { parts: null, unexplained: restored(furthest).split('|')[0]?.trim() ?? '' }
    : { parts, unexplained: null };
};

/** All words of the forms: with a capital, too, they are no names. */
export const knownWords: ReadonlySet<string> = new Set(
  [datePattern, meetingPattern, ...forms.flatMap(([, sources]) => sources)].flatMap(
    (source) => source.match(/[a-z']{2,}/gu) ?? [],
  ),
);

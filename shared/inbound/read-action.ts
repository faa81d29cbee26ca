import type { WordsReading } from './read-words.ts';

/** What may not be meant as it stands. */
const mockery =
  /\b(?:yeah,? right|as if|oh (?:great|joy|good|goody|wonderful|brilliant)|(?:great|yay|fab),? another meeting|yet another|lucky me|hell|dead body|just what i need(?:ed)?|lol|haha|joking|jk|only kidding|wild horses|thrilled|sarcasm|fun times|not a chance in|can hardly wait|riveting)\b|[🙄😒😂🤣🙃😏]/u;

const normalise = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'")
    .replace(/[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}/gu, '')
    .replace(/\bcan ?not\b/gu, "can't")
    .replace(/\bcant\b/gu, "can't")
    .replace(/\bwont\b/gu, "won't")
    .replace(/\bdont\b/gu, "don't")
    .replace(/\bim\b/gu, "i'm")
    .replace(/\bive\b/gu, "i've")
    .replace(/\bill (?=be\b|attend|come|see|join|make|not)/gu, "i'll ")
    .replace(
      /\b(?:isn|aren|wasn|couldn|wouldn|shouldn|didn|doesn|hasn|haven)t\b/gu,
      (word) => `${word.slice(0, -1)}'t`,
    )
    .replace(/\bi will not\b/gu, "i won't")
    .replace(/\b(?:i |we )?can confirm(?: that)?\b/gu, ' ')
    .replace(/[ \t]+/gu, ' ');

const opening =
  /^(?:(?:dear|hi|hello|hey|hiya|morning|good (?:morning|afternoon|evening)|afternoon|evening)\b[^,.!\n?]{0,40}(?:[,.!-]+|$))\s*/u;

interface Sentence {
  readonly text: string;
  readonly asks: boolean;
}

const asking =
  /^(?:and |so |but |also )?(?:can|could|will|would|is|are|do|does|did|should|shall|may|am|was|has|have) (?:i|we|you|he|she|they|it|the|there|this|that|someone|somebody|anyone|my|[a-z]+ (?:come|attend|go|join|be)\b)|^(?:what|when|where|who|why|how|which)\b/u;

/** Sentences, lower case. A line that a mail program broke is put together again. */
const sentencesOf = (text: string): readonly Sentence[] => {
  const joined = text
    .replace(/([^\n.!?:]{50,})\n(?=[^\n])/gu, '$1 ')
    .replace(
      /, (?=(?:can|could|would|will|is|are|do|does|should|shall|what|when|where|who|how) (?:i|we|you|he|she|they|it|there|the)\b)/gu,
      '. ',
    );
  return (joined.match(/[^.!?\n;…]+(?:[.!?;…]+|\n|$)/gu) ?? []).flatMap((part) => {
    const sentence = part.trim().replace(opening, '');
    const bare = sentence.replace(/[.!;…\s]+$/u, '').trim();
    return /[\p{L}\d🙄😒😂🤣🙃😏]/u.test(bare)
      ? [{ text: bare.replace(/\?+$/u, '').trim(), asks: /\?$/u.test(bare) || asking.test(bare) }]
      : [];
  });
};

/** Words only, for comparing a whole sentence. */
const wordsOnly = (text: string): string =>
  text
    .replace(/[^\p{L}\d' ]+/gu, ' ')
    .replace(/ +/gu, ' ')
    .trim();

const done =
  /\b(?:done|complete|completed|finished|sorted|closed|actioned|delivered|resolved|finalised|finalized|concluded|100 ?%)\b/u;
/** It is done, whatever else is said of it. */
const plainlyDone =
  /\b(?:it's|it is|that's|that is|this is|is now|it's all|all) (?:now |all |fully )?(?:done|complete|completed|finished|sorted)\b/u;
const notDone =
  /\b(?:not|nearly|almost|half|part|partly|partially|mostly|most|some|still|yet|until|by|will|going|to be|should|hope|when|once|needs?|except|apart|but|after|before|working|ongoing|progress|start(?:ed|ing)?|waiting|awaiting|soon|later|next|due|unless|if|bit|only|think|maybe|might|probably|hopefully|someone|somebody|ask|never|no|can|could|cannot|what|who|which|well done)\b|n't\b|'ll\b|\b\d?\d ?%/u;
/** What was handed over is done, unless somebody is to look at it first. */
const handedOver =
  /^(?:(?:yes|all|now|this|it|i|we|have|has|been|was|were|i've|we've|just|already|finally|thanks) )*(?:sent|circulated|emailed|e-mailed|uploaded|submitted|shared|published|issued|distributed|forwarded|posted|handed over|presented|signed off|filed)\b|^(?:(?:the|my|our|a|an|all|this|these) )?(?:\w+ ){0,2}(?:reports?|letters?|papers?|emails?|data|figures|surveys?|minutes|notes?|briefings?|returns?|forms?|leaflets?|updates?|plans?|information|invites?|invitations?|bids?|applications?|questionnaires?) (?:(?:has|have|had|was|were|been|is|are|now|all) )*(?:sent|circulated|emailed|uploaded|submitted|shared|published|issued|distributed|forwarded|posted|delivered|presented|agreed|approved|filed)\b/u;
const notHandedOver =
  /\b(?:draft|drafted|comments?|review|approval|approve|sign[- ]off|signed off by|consultation|checking|feedback|ask(?:ed|ing)?|chas(?:e|ed|ing|er)|remind(?:er|ed|ing)?|request(?:ed|ing)?|apolog(?:y|ies)|question|quer(?:y|ies)|about|my reply|first)\b/u;
/** Words that say of something else that it is done, or that it is not. */
const otherwiseDone =
  /\b(?:says|said|tells?|told|consider it|as good as|easier said|(?:am|i'm) done with|done with|waste|done for|been done to|done my|which|wrong|dropp?(?:ed)?|year|supposed|meant|agreed to|believe|assume)\b/u;
const progress =
  /\b(?:half[- ]?way|half done|in progress|on[- ]?going|under ?way|on track|started|not (?:yet )?(?:started|done|complete|completed|finished)|working on|\d?\d ?(?:%|per ?cent)|part(?:ly|ially)|(?:nearly|almost|mostly) (?:done|there|complete|completed|finished|ready)|most of|delayed|slipped|behind schedule|needs? (?:until|more|another|a few|to the end|till)|need (?:until|more|another|a few|till)|until|by (?:the )?(?:end of |middle of |mid-?|early |late )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|mon|tue|wed|thu|fri|spring|summer|autumn|winter|christmas|easter)|will (?:be (?:done|complete|completed|finished|ready)|finish|complete)|expect(?:ed)? (?:to|by)|extension|more time|waiting (?:for|on|to)|awaiting|in hand|still (?:to|working|waiting|outstanding|in|with|being|needs?|on)|draft(?:ed|ing)?\b|on hold|paused|stalled|pending|(?:is|are|it's) (?:now )?with (?:legal|comms|finance|hr|procurement|the|our|my|[a-z]+ (?:team|for))|no (?:progress|update|change|movement|further)|not (?:yet|had|got|been|managed|finished|made)\b|(?:have|has|had)n't\b|have not\b|has not\b|did ?n[o']t (?:get|manage)|will (?:do|get|send|chase|finish|have|aim|try|pick|report|update|be (?:sent|circulated|with you))|\bi'll (?:do|get|send|chase|finish|have|try|pick|report)|aim(?:ing)? (?:for|to)|(?:hope|hoping|plan|planning|due|expecting|intend|trying|going|scheduled|booked|looking) to\b|next (?:week|month|term|fortnight)|this week|in (?:a|the next) (?:few|couple of) (?:days|weeks)|shortly|in due course|chas(?:ing|e|ed)\b|(?:one|two|three) (?:thirds?|quarters?)|half (?:of|the)|some of|begun|under ?way|progressing|(?:almost|nearly|getting|not quite) (?:there|done)|on (?:my|the) (?:list|to do|agenda|desk)|to[- ]do list|(?:out|sent|submitted|circulated|gone|went|passed|given) (?:[\w ]{0,40} )?(?:for|to) (?:their |your |final |legal |his |her )?(?:comments?|consultation|review|approval|checking|sign[- ]off|feedback)|(?:another|extra|few more) (?:\w+ )?(?:days?|weeks?|months?|fortnight)|later (?:than|this)|behind\b|(?:one|two|three|four|five|\d+) (?:out )?of (?:the )?(?:\w+ )?(?:\w+)|outstanding|overdue|running late|last (?:bit|section|part|piece)|first (?:meeting|draft|part)|to follow\b)/u;
/** Words that ask for more time. */
const moreTime =
  /\b(?:(?:can|could|may) (?:i|we|you|this|it|the \w+)\b.{0,40}\b(?:have|say|get|move[d]?|push|extend|extended|until|till|another|longer|more)|(?:is|would) (?:\w+ ){1,4}(?:okay|ok|possible|alright))\b/u;
/** An action of somebody else, or none. */
const notTheirs =
  /\b(?:not (?:my|mine|one of mine|for me|me|ours|our)|isn't (?:my|mine|one of mine|for me|me|ours|our)|someone else|somebody else|another (?:person|colleague|member|officer)|reassign\w*|hand(?:ed)? (?:it|this) (?:over|on) to|has this now|took this (?:on|over)|moved (?:team|job|role)s?|left the|retired|meant to be doing|supposed to|drop this|dropped|withdraw|which action|what action|no idea|don't (?:know|remember|recall|understand)|wasn't (?:at|there)|attend(?:ing)?|be there|sen[dt] (?:my |in )?apologies|meeting was)\b/u;

/** Progress that nobody would report of anything but an action. */
const surelyProgress =
  /^on[- ]?going$|\b(?:half[- ]?way|half done|in progress|on track|not (?:yet )?(?:started|done|complete|completed|finished)|working on (?:it|this)|\d?\d ?(?:%|per ?cent) (?:done|complete|there|of)|(?:nearly|almost|mostly|partly|partially) (?:done|complete|completed|finished)|needs? (?:until|another|more time)|(?:will|should) (?:be (?:done|complete|completed|finished)|finish|complete (?:it|this)))\b/u;

const unclear = (reason: string): WordsReading => ({ answer: 'unclear', reason });

/**
 * Reads words as an account of an action.
 * @param certainOnly takes only what nobody would say of anything else
 */
export const readAction = (words: string, certainOnly: boolean): WordsReading => {
  const sentences = sentencesOf(
    normalise(words).replace(/\b(?:many )?(?:thanks|thank you)\b[^.!?\n;]*/gu, ' '),
  );
  const said = sentences.filter(({ asks }) => !asks).map(({ text }) => text);
  const asked = sentences.filter(({ asks }) => asks).map(({ text }) => text);
  const all = said.join('. ');
  if (mockery.test(all)) return unclear('The words may not be meant as they stand.');
  if (!certainOnly && notTheirs.test(all))
    return unclear('It may be about somebody else’s action, or about none.');
  if (
    certainOnly
      ? surelyProgress.test(all) && !/\b(?:attend|meeting)\b/u.test(all)
      : progress.test(all) || asked.some((text) => moreTime.test(text))
  )
    return plainlyDone.test(all)
      ? unclear('It says that the action is done, and that something is still to do.')
      : { answer: 'action-update', state: 'open', reason: 'It says how far the action is.' };
  const saysDone =
    (done.test(all) &&
      !notDone.test(
        all
          .replace(/\b100 ?%/gu, 'wholly')
          .replace(/\b(?:so )?(?:this |it )?can (?:now )?(?:be closed|come off)\b/gu, ''),
      )) ||
    (!certainOnly &&
      said.some((text) => handedOver.test(text)) &&
      !notHandedOver.test(all) &&
      !notDone.test(all.replace(/\b(?:so )?(?:this |it )?can (?:now )?(?:be closed|come off)\b/gu, '')));
  if (saysDone && asked.length === 0 && !otherwiseDone.test(all))
    return !certainOnly || said.some((text) => isBareDone(text))
      ? { answer: 'action-update', state: 'done', reason: 'It says that the action is done.' }
      : unclear('It is not certain that an action is meant.');
  return unclear('Nothing in the words says for certain how the action stands.');
};

const isBareDone = (text: string): boolean =>
  /^(?:(?:all|this|that|it|yes|now|action|task|mine|both|everything|my action|the action|i have|i've|we have|we've|we|i|has|have|is|it's|this is|this has|that's|been|was|fully|already|this action|actions?|yes all|\d+) ?,? ?)*(?:done|completed?|finished|sorted|closed|actioned)(?: (?:this|it|now|already|last \w+|and (?:sent|shared|circulated|emailed)(?: \w+){0,3}|yesterday|today|on .{1,30}|thanks|everything|the action|my action|in .{1,20})){0,2}$/u.test(
    wordsOnly(text),
  );

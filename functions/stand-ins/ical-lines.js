/** Stands in the bundles for ical.js, whose build holds all of it: the part that reads lines. */
import design from '../../node_modules/ical.js/lib/ical/design.js';
import parse from '../../node_modules/ical.js/lib/ical/parse.js';

export default { design, parse };

/**
 * Stands in the bundles for what ical.js turns values into (times, repetitions, whole calendars): replies are read line by
 * line, and a line that needs one of these is left out like a broken one.
 */
export default {};

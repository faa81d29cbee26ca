// Stands in for `node:https` in the bundles: TLS takes a fifth of a function's start, and is not needed before the first
// call to AWS. Named without its scheme, the module itself is not replaced.
let https;
const loaded = () => (https ??= require('https'));

module.exports = {
  get Agent() {
    return loaded().Agent;
  },
  get request() {
    return loaded().request;
  },
};

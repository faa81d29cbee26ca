/**
 * The same data, but reading a field that is not there throws: a template that only asks for a misspelt field, without
 * showing it, would pass unseen otherwise.
 */
export const strict = <T>(value: T, path = ''): T => {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (
        found === undefined &&
        typeof name === 'string' &&
        !readByTheRuntime.has(name) &&
        !Array.isArray(target)
      )
        throw new Error(`nothing is called ${path}${name}`);
      return typeof found === 'function' ? found : strict(found, `${path}${String(name)}.`);
    },
  });
};

/** Names that nunjucks, or the language, looks for on any value. */
const readByTheRuntime = new Set(['toJSON', 'then', 'constructor', '__keywords']);

/** The parts of nunjucks that its published types leave out. */

declare module 'nunjucks/browser/nunjucks-slim.js' {
  import type { Environment, ILoader, ConfigureOptions } from 'nunjucks';
  const slim: {
    readonly Environment: new (loader: ILoader, options?: ConfigureOptions) => Environment;
    readonly runtime: {
      /** A text that is not escaped again. */
      readonly SafeString: new (text: string) => string;
    };
  };
  export default slim;
}

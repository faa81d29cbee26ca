/** The parts of nunjucks that its published types leave out. */

/** nunjucks' slim runtime, which the functions carry packed: infra/build/pack-templates.ts. */
declare module '#templates/runtime' {
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

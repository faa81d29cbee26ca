/** How the things of a deployment are called: the stacks, the functions and the command line know them by name. */
export const nameOf = (stage: string, thing: string): string => `lcpg-${stage}-${thing}`;

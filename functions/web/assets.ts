import { assets } from '#templates/assets';

import type { Asset } from './site-dependencies.ts';

/** The files that the pages use, as `npm run build` leaves them. */
export const siteAssets: Readonly<Record<string, Asset>> = assets;

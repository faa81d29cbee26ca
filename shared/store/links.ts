import type { StoredLink } from '../web-links/links.ts';
import { fromItemOrNone, toItem } from './items.ts';
import type { Table } from './table.ts';

/** A stored link with the partnership that it belongs to. */
export interface PartnershipLink extends StoredLink {
  readonly partnership: string;
}

/** An expired link still says that it has expired, and what was recorded, for a year. */
const keptAfterExpirySeconds = 365 * 86_400;

/** The links that emails carry, by the hash of their token, over all partnerships of the account. */
export class Links {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Keeps links; the same link again only renews its expiry. */
  async keep(links: readonly PartnershipLink[]): Promise<void> {
    await this.#table.putMany(
      links.map((link) =>
        toItem(
          {
            pk: `LINK#${link.tokenHash}`,
            sk: 'LINK',
            deleteAfter: Math.floor(Date.parse(link.expiresAt) / 1000) + keptAfterExpirySeconds,
          },
          link,
        ),
      ),
    );
  }

  /** The link of a token's hash, expired or not; undefined when there never was one or it has been cleared away. */
  async find(tokenHash: string): Promise<PartnershipLink | undefined> {
    return fromItemOrNone<PartnershipLink>(await this.#table.get({ pk: `LINK#${tokenHash}`, sk: 'LINK' }));
  }
}

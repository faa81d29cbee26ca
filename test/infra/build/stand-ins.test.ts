import { describe, expect, it } from 'vitest';

import { htmlEntities } from '../../../functions/stand-ins/html-entities.ts';

describe('what stands in for parts of libraries', () => {
  it('knows the characters of HTML by the names that postal-mime has for them', async () => {
    const table = '../../../node_modules/postal-mime/dist/esm/html-entities.js';
    const { htmlEntities: theirs } = (await import(table)) as {
      readonly htmlEntities: Readonly<Record<string, string>>;
    };
    const names = Object.keys(theirs);
    expect(names.length).toBeGreaterThan(2_000);
    expect(names.filter((name) => htmlEntities[name] !== theirs[name])).toEqual([]);
    expect(htmlEntities['&nosuchname;']).toBeUndefined();
  });
});

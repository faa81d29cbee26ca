import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { taskNames } from '../../../statemachines/load.ts';
import { productOf, resourcesOf, wholeConfig } from './synthesise.ts';

const { template, stacks } = productOf();
const watch = template('watch');
const runbook = readFileSync(resolve(import.meta.dirname, '../../../RUNBOOK.md'), 'utf8');
const section = /\n## Alarms\n(.*?)\n## /s.exec(runbook)?.[1] ?? '';
const entries = section.split('\n### ').slice(1);
const headings = entries.map((entry) => entry.split('\n')[0] ?? '');

const alarms = Object.values(resourcesOf(watch, 'AWS::CloudWatch::Alarm'));

describe('the alarms', () => {
  it('have an entry in the runbook each, and it has no other', () => {
    const named = (stacks.watch?.alarms ?? []).map(({ runbookEntry }) => runbookEntry);
    expect([...new Set(named)].sort()).toStrictEqual([...headings].sort());
  });

  it('are named in their entry, and no other alarm is', () => {
    const namesInRunbook = entries.flatMap((entry) => {
      const [, list = ''] = /^Alarms? ((?:`[a-z-]+`(?:, )?)+)/m.exec(entry) ?? [];
      return [...list.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
    });
    const names = alarms.map(({ Properties }) =>
      String(Properties['AlarmName']).replace('lcpg-production-', ''),
    );
    expect(namesInRunbook.sort()).toStrictEqual(names.sort());
  });

  it.each(alarms.map((alarm) => [String(alarm.Properties['AlarmName']), alarm.Properties] as const))(
    '%s says what it means and where to read on, and tells the administrator',
    (_name, properties) => {
      expect(properties['AlarmDescription']).toMatch(/^[A-Z].{30,} What to do: RUNBOOK\.md, ".+"\.$/);
      expect(properties['AlarmActions']).toHaveLength(1);
      expect(properties['OKActions']).toStrictEqual(properties['AlarmActions']);
      expect((properties['Metrics'] as unknown[] | undefined)?.length ?? 1).toBeLessThanOrEqual(11);
    },
  );

  it('go to the administrator', () => {
    watch.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: wholeConfig.administrator,
    });
  });

  it('watch every task of the machines', () => {
    const text = JSON.stringify(alarms);
    const watched = taskNames.filter((name) => {
      const id = name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
      return text.includes(`ExportsOutputRef${id}Function`);
    });
    expect(watched).toStrictEqual([...taskNames]);
  });

  it('ring when the sweep is silent, and for nothing else that is', () => {
    const breaching = alarms.filter(({ Properties }) => Properties['TreatMissingData'] === 'breaching');
    expect(breaching.map(({ Properties }) => Properties['AlarmName'])).toStrictEqual([
      'lcpg-production-sweep-silent',
    ]);
  });
});

import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

import type { Deployment } from './deployment.ts';

export interface DocumentedAlarmProps {
  readonly deployment: Deployment;
  /** What it means for the people who use the product, in a sentence. */
  readonly impact: string;
  /** The heading of its entry in RUNBOOK.md. */
  readonly runbookEntry: string;
  readonly tells: ITopic;
  readonly metric: IMetric;
  readonly when: { readonly atLeast: number } | { readonly below: number };
  /** How many periods of the metric it has to last. */
  readonly periods?: number;
  /** What silence means: nothing to report, or that something is dead. */
  readonly silence: 'fine' | 'alarming';
}

/** An alarm that tells the administrator what it means and where to read what to do. */
export class DocumentedAlarm extends Construct {
  readonly alarm: Alarm;
  readonly runbookEntry: string;

  constructor(scope: Construct, id: string, props: DocumentedAlarmProps) {
    super(scope, id);
    const { deployment, impact, runbookEntry, metric, when } = props;
    this.runbookEntry = runbookEntry;
    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: deployment.nameOf(id),
      alarmDescription: `${impact} What to do: RUNBOOK.md, "${runbookEntry}".`,
      metric,
      threshold: 'atLeast' in when ? when.atLeast : when.below,
      comparisonOperator:
        'atLeast' in when
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData:
        props.silence === 'fine' ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
    });
    this.alarm.addAlarmAction(new SnsAction(props.tells));
    this.alarm.addOkAction(new SnsAction(props.tells));
  }
}

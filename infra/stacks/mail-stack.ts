import type { StackProps } from 'aws-cdk-lib';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  ReceiptRuleSet,
  TlsPolicy,
} from 'aws-cdk-lib/aws-ses';
import {
  Lambda as InvokeFunction,
  LambdaInvocationType,
  S3 as KeepInBucket,
} from 'aws-cdk-lib/aws-ses-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

import type { DeliveryEnvironment, IncomingMailEnvironment } from '../../shared/contracts/environment.ts';
import type { Deployment } from '../constructs/deployment.ts';
import { outputs } from '../constructs/outputs.ts';
import { TaskFunction } from '../constructs/task-function.ts';
import {
  canKeepLedger,
  canMakeLinks,
  canReadDirectory,
  canReadIncomingMail,
  canRunErrands,
  canSendEmail,
  canWakeMachines,
  canWorkOnCycles,
  canWriteDocuments,
  givesUpToDeadLetters,
} from '../grants.ts';
import type { DataStack } from './data-stack.ts';

/** Sending, hearing what became of it, and, where the region can, receiving. */
export class MailStack extends Stack {
  readonly configurationSetName: string;
  readonly functions: readonly TaskFunction<never>[];

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & {
      readonly deployment: Deployment;
      readonly data: DataStack;
      /** Where the pages are. */
      readonly webOrigin: string;
    },
  ) {
    super(scope, id, props);
    const { deployment } = props;
    const { config } = deployment;

    const events = new Topic(this, 'Events', {
      topicName: deployment.nameOf('mail-events'),
      enforceSSL: true,
    });
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: deployment.nameOf('mail'),
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    this.configurationSetName = deployment.nameOf('mail');
    configurationSet.addEventDestination('ToTopic', {
      destination: EventDestination.snsTopic(events),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.DELIVERY_DELAY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
    const identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(config.mailDomain),
      mailFromDomain: `bounce.${config.mailDomain}`,
    });
    // A local AWS gives an identity no DNS records.
    if (!deployment.local) outputs(this, this.#dnsRecords(deployment, identity));

    const recordDelivery = new TaskFunction<DeliveryEnvironment>(this, 'RecordDelivery', {
      deployment,
      file: 'mail/record-delivery',
      timeout: Duration.seconds(30),
      environment: { CORRESPONDENCE_TABLE: deployment.nameOf('correspondence') },
    });
    canKeepLedger(recordDelivery, deployment);
    givesUpToDeadLetters(recordDelivery, deployment);
    events.addSubscription(new LambdaSubscription(recordDelivery.function));
    const functions: TaskFunction<never>[] = [recordDelivery];
    if (config.receivesMail && !deployment.local) functions.push(this.#receive(props));
    this.functions = functions;
    outputs(this, { MailEvents: events.topicArn });
  }

  /** The records that have to be added to the DNS of the domains. */
  #dnsRecords({ config }: Deployment, identity: EmailIdentity): Readonly<Record<string, string>> {
    const { mailDomain, region } = config;
    const dkim = identity.dkimRecords.map(({ name, value }, index) => [
      `Dkim${String(index + 1)}`,
      `${name} CNAME ${value}`,
    ]);
    return {
      ...(Object.fromEntries(dkim) as Record<string, string>),
      MailFromMx: `bounce.${mailDomain} MX 10 feedback-smtp.${region}.amazonses.com`,
      MailFromSpf: `bounce.${mailDomain} TXT "v=spf1 include:amazonses.com ~all"`,
      Dmarc: `_dmarc.${mailDomain} TXT "v=DMARC1; p=quarantine"`,
      ...(config.receivesMail
        ? Object.fromEntries(
            config.replyDomains.map((domain, index) => [
              `RepliesMx${String(index + 1)}`,
              `${domain} MX 10 inbound-smtp.${region}.amazonaws.com`,
            ]),
          )
        : {}),
    };
  }

  /** Which rule set is active is the account's choice: `RUNBOOK.md` says how to activate this one. */
  #receive({
    deployment,
    data,
    webOrigin,
  }: {
    readonly deployment: Deployment;
    readonly data: DataStack;
    readonly webOrigin: string;
  }): TaskFunction<IncomingMailEnvironment> {
    const { config } = deployment;
    const incoming = new Bucket(this, 'IncomingMail', {
      bucketName: deployment.incomingMailBucket,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ id: 'originals of replies', expiration: Duration.days(config.incomingMailDays) }],
    });
    Validations.of(incoming).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'SES writes and one function reads; an access log would keep what is in the logs of that function.',
    });
    const receiveMail = new TaskFunction<IncomingMailEnvironment>(this, 'ReceiveMail', {
      deployment,
      file: 'mail/receive-mail',
      timeout: Duration.seconds(60),
      environment: {
        DIRECTORY_TABLE: deployment.nameOf('directory'),
        CYCLES_TABLE: deployment.nameOf('cycles'),
        INDICATORS_TABLE: deployment.nameOf('indicators'),
        CORRESPONDENCE_TABLE: deployment.nameOf('correspondence'),
        DOCUMENTS_BUCKET: deployment.documentsBucket,
        CYCLE_MACHINE: deployment.machineArn(this, 'cycle'),
        LCPG_MACHINE: deployment.machineArn(this, 'lcpg'),
        LINK_SECRET: data.linkSecret.secretArn,
        WEB_ORIGIN: webOrigin,
        RECEIVES_REPLIES: 'yes',
        CONFIGURATION_SET: this.configurationSetName,
        INCOMING_MAIL_BUCKET: deployment.incomingMailBucket,
        ERRAND_FUNCTION: deployment.nameOf('run-errand'),
        PARTNERSHIPS: config.partnerships.map(({ id }) => id).join(','),
      },
    });
    canReadDirectory(receiveMail, deployment);
    canWorkOnCycles(receiveMail, deployment);
    canMakeLinks(receiveMail, deployment, data.linkSecret);
    canKeepLedger(receiveMail, deployment);
    canWriteDocuments(receiveMail, deployment);
    canWakeMachines(receiveMail, deployment);
    canRunErrands(receiveMail, deployment);
    canReadIncomingMail(receiveMail, deployment);
    canSendEmail(receiveMail, deployment);
    givesUpToDeadLetters(receiveMail, deployment);
    new ReceiptRuleSet(this, 'Replies', {
      receiptRuleSetName: deployment.nameOf('replies'),
      rules: [
        {
          recipients: [...config.replyDomains],
          scanEnabled: true,
          tlsPolicy: TlsPolicy.REQUIRE,
          actions: [
            new KeepInBucket({ bucket: incoming as IBucket }),
            new InvokeFunction({
              function: receiveMail.function,
              invocationType: LambdaInvocationType.EVENT,
            }),
          ],
        },
      ],
    });
    return receiveMail;
  }
}

/**
 * The services whose actions RCPs apply to, by the prefix of their actions (Organizations user guide, "List of AWS
 * services that support RCPs", read 2026-11-29). SNS, Lambda, EC2, RDS, EFS, Kinesis, Backup and SSM are not among them.
 */
export const resourceControlServices: ReadonlySet<string> = new Set([
  ...['appstream', 'dsql', 'clouddirectory', 'cloudfront', 'cloudsearch', 'logs', 'networkmonitor'],
  ...['cognito-identity', 'cognito-idp', 'comprehend', 'comprehendmedical', 'firehose', 'dynamodb', 'dax'],
  ...['autoscaling', 'ecr', 'ecr-public', 'gamelift', 'inspector-scan', 'kendra', 'kinesisvideo', 'memorydb'],
  ...['aoss', 'personalize', 'polly', 's3', 'swf', 'sqs', 'textract', 'timestream-influxdb', 'transcribe'],
  ...['translate', 'workspaces', 'appconfig', 'autoscaling-plans', 'budgets', 'servicediscovery'],
  ...['cloudtrail-data', 'codeartifact', 'codebuild', 'codecommit', 'codepipeline', 'compute-optimizer'],
  ...['cost-optimization-hub', 'events', 'fms', 'fis', 'health', 'rolesanywhere', 'kms', 'opensearch'],
  ...['pricing', 'pca-connector-ad', 'resource-groups', 'secretsmanager', 'sts', 'signin', 'support'],
  ...['transfer', 'notifications', 'wafv2', 'xray'],
]);

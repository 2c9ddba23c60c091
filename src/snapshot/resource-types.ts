/** The resource types a snapshot holds. CloudFormation names; sub-reads without one follow the same form. */

export const types = {
  account: 'AWS::STS::CallerIdentity',
  /** ListDistributions summary, plus what of GetDistributionConfig it lacks, where read: `Logging`, `DefaultRootObject`, `ContinuousDeploymentPolicyId`, `TenantConfig`. */
  distribution: 'AWS::CloudFront::Distribution',
  vpcOrigin: 'AWS::CloudFront::VpcOrigin',
  /** `{ResourceArn, Distributions}`: each `{DistributionId, OwnerAccountId}` that uses the VPC origin; arn is the VPC origin's. */
  vpcOriginUsers: 'AWS::CloudFront::VpcOriginDistributions',
  /** `{Name, FunctionARN, Stage, FunctionCode}`; the code itself never leaves collecting, only what sealing tells of it. */
  edgeFunction: 'AWS::CloudFront::Function',
  /** GetContinuousDeploymentPolicy's `ContinuousDeploymentPolicy`. */
  continuousDeploymentPolicy: 'AWS::CloudFront::ContinuousDeploymentPolicy',
  /** ListDistributionTenants item. */
  distributionTenant: 'AWS::CloudFront::DistributionTenant',
  originAccessControl: 'AWS::CloudFront::OriginAccessControl',
  /** `{Id, Name, LastModifiedTime, Items}`: ids of the public keys. */
  keyGroup: 'AWS::CloudFront::KeyGroup',
  /** `{Id, Name, CreatedTime, KeyType, KeyBits, KeyCurve}`: `rsa` with bits, `ec` with curve; no type where it is no key. */
  publicKey: 'AWS::CloudFront::PublicKey',
  /** `{Id, Name, PublicKeyIds}`. */
  fieldLevelEncryptionProfile: 'AWS::CloudFront::FieldLevelEncryptionProfile',
  loadBalancer: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  /** `{LoadBalancerArn, Attributes}`; arn is the load balancer's. */
  loadBalancerAttributes: 'AWS::ElasticLoadBalancingV2::LoadBalancerAttributes',
  listener: 'AWS::ElasticLoadBalancingV2::Listener',
  /** `{ListenerArn, Certificates}`; arn is the listener's. */
  listenerCertificates: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  /** DescribeRules item plus `ListenerArn`. */
  rule: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  targetGroup: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  /** `{TargetGroupArn, TargetHealthDescriptions}`; arn is the target group's. */
  targetHealth: 'AWS::ElasticLoadBalancingV2::TargetHealth',
  /** `{TargetGroupArn, Attributes}`; arn is the target group's. */
  targetGroupAttributes: 'AWS::ElasticLoadBalancingV2::TargetGroupAttributes',
  /** `{ResourceArn, Tags}` of a load balancer or target group. */
  tags: 'AWS::ElasticLoadBalancingV2::Tags',
  classicLoadBalancer: 'AWS::ElasticLoadBalancing::LoadBalancer',
  securityGroupRule: 'AWS::EC2::SecurityGroupRule',
  prefixList: 'AWS::EC2::PrefixList',
  /** `{PrefixListId, Entries}`; arn is the prefix list's. */
  prefixListEntries: 'AWS::EC2::PrefixListEntries',
  subnet: 'AWS::EC2::Subnet',
  routeTable: 'AWS::EC2::RouteTable',
  networkAcl: 'AWS::EC2::NetworkAcl',
  /** One per account and region. */
  blockPublicAccess: 'AWS::EC2::VPCBlockPublicAccessOptions',
  blockPublicAccessExclusion: 'AWS::EC2::VPCBlockPublicAccessExclusion',
  /** DescribeVpcEndpointServiceConfigurations item: what AWS PrivateLink offers to others. */
  endpointService: 'AWS::EC2::VPCEndpointService',
  /** `{ServiceId, AllowedPrincipals}`; arn is the service's. */
  endpointServicePermissions: 'AWS::EC2::VPCEndpointServicePermissions',
  address: 'AWS::EC2::EIP',
  instance: 'AWS::EC2::Instance',
  networkInterface: 'AWS::EC2::NetworkInterface',
  /** GetWebACL's `WebACL` plus `Scope`. */
  webAcl: 'AWS::WAFv2::WebACL',
  /** GetRuleGroup's `RuleGroup` plus `Scope`. */
  ruleGroup: 'AWS::WAFv2::RuleGroup',
  /** GetIPSet's `IPSet` plus `Scope`. */
  ipSet: 'AWS::WAFv2::IPSet',
  /** GetRegexPatternSet's `RegexPatternSet` plus `Scope`. */
  regexPatternSet: 'AWS::WAFv2::RegexPatternSet',
  /** `{ResourceArn, WebACLArn}`, `WebACLArn` null where none is associated; arn is the resource's. */
  webAclAssociation: 'AWS::WAFv2::WebACLAssociation',
  accelerator: 'AWS::GlobalAccelerator::Accelerator',
  /** ListListeners item plus `AcceleratorArn`. */
  acceleratorListener: 'AWS::GlobalAccelerator::Listener',
  /** ListEndpointGroups item plus `ListenerArn`. */
  acceleratorEndpointGroup: 'AWS::GlobalAccelerator::EndpointGroup',
  customRoutingAccelerator: 'AWS::GlobalAccelerator::CustomRoutingAccelerator',
  /** What the account lets accelerators of others lead to. */
  acceleratorAttachment: 'AWS::GlobalAccelerator::CrossAccountAttachment',
  /** A VPC link of version 1, which REST and WebSocket APIs use. */
  vpcLink: 'AWS::ApiGateway::VpcLink',
  /** A VPC link of version 2, which HTTP and REST APIs use. */
  vpcLink2: 'AWS::ApiGatewayV2::VpcLink',
  /** `{ApiId, Name, ProtocolType, ApiEndpoint, DisableExecuteApiEndpoint}`. */
  api: 'AWS::ApiGatewayV2::Api',
  /**
   * `{ApiId, IntegrationId, ConnectionType, ConnectionId, IntegrationUri}` of one that goes through a VPC link; of an API that
   * an origin leads to every one, with `IntegrationType` and `IntegrationSubtype`. Of a URL only scheme and host are kept.
   */
  apiIntegration: 'AWS::ApiGatewayV2::Integration',
  /** `{ApiId, StageName, DeploymentId, AutoDeploy, LastDeploymentStatusMessage}`, the last up to what it names. */
  apiStage: 'AWS::ApiGatewayV2::Stage',
  /** `{ApiId, DeploymentId, CreatedDate, DeploymentStatus}` of one that a stage serves. */
  apiDeployment: 'AWS::ApiGatewayV2::Deployment',
  /** `{ApiId, RouteId, RouteKey, AuthorizationType, AuthorizerId, ApiKeyRequired, Target}`. */
  apiRoute: 'AWS::ApiGatewayV2::Route',
  /** `{ApiId, AuthorizerId, Name, AuthorizerType, AuthorizerUri, IdentitySource, AuthorizerResultTtlInSeconds}`. */
  apiAuthorizer: 'AWS::ApiGatewayV2::Authorizer',
  /** `{DomainName, ApiMappingId, ApiMappingKey, ApiId, Stage}`: where a regional custom domain name leads. */
  apiMapping: 'AWS::ApiGatewayV2::ApiMapping',
  /**
   * `{id, name, endpointConfiguration, disableExecuteApiEndpoint}`; of one that an origin leads to also `apiKeySource`,
   * `endpointAccessMode` and the parsed `policy`, which is null where there is none and `unreadable` where it is no JSON.
   */
  restApi: 'AWS::ApiGateway::RestApi',
  /**
   * `{restApiId, resourceId, httpMethod, connectionId, integrationTarget}` of one that goes through a VPC link; of an API that
   * an origin leads to every one, with `path`, `authorizationType`, `authorizerId`, `apiKeyRequired`, `type`, `uri` and
   * `connectionType`. Of a URL only scheme and host are kept.
   */
  restMethod: 'AWS::ApiGateway::Method',
  /** `{restApiId, stageName, deploymentId, webAclArn, canarySettings: {deploymentId, percentTraffic}}`. */
  restStage: 'AWS::ApiGateway::Stage',
  /** `{restApiId, id, createdDate, apiSummary}` of one that a stage serves. */
  restDeployment: 'AWS::ApiGateway::Deployment',
  /**
   * What AWS exports of a stage: `{restApiId, stageName, methods, authorizers}`, each method with `path`, `httpMethod`,
   * `authorizer` (a name) and what of a configured one says what it calls; authorizers without `id`. Neither where it is no
   * document.
   */
  restExport: 'AWS::ApiGateway::Export',
  /** `{id, name, apiStages: [{apiId, stage}]}` */
  usagePlan: 'AWS::ApiGateway::UsagePlan',
  /** `{restApiId, id, name, type, authorizerUri, identitySource, authorizerResultTtlInSeconds}`. */
  restAuthorizer: 'AWS::ApiGateway::Authorizer',
  /**
   * `{domainName, domainNameId, regionalDomainName, distributionDomainName, endpointConfiguration, endpointAccessMode,
   * routingMode, mutualTlsAuthentication: {truststoreUri}}`.
   */
  apiDomain: 'AWS::ApiGateway::DomainName',
  /** `{domainName, domainNameId, basePath, restApiId, stage}`: where any other custom domain name leads. */
  basePathMapping: 'AWS::ApiGateway::BasePathMapping',
  /** DescribeCertificate's `Certificate`. */
  certificate: 'AWS::CertificateManager::Certificate',
  /** A FunctionUrlConfig; arn is the function's, with the alias where it is one's. */
  functionUrl: 'AWS::Lambda::Url',
  /** `{FunctionArn, Policy}` with the parsed document; arn is the function's or alias's. Absent where there is no policy. */
  functionPolicy: 'AWS::Lambda::Permission',
  /** ListBuckets item of a bucket that is an origin. */
  bucket: 'AWS::S3::Bucket',
  /** `{Bucket, Policy}` with the parsed document; arn is the bucket's, as of the types that follow. Absent where there is none. */
  bucketPolicy: 'AWS::S3::BucketPolicy',
  /** `{Bucket, Grants}`. */
  bucketAcl: 'AWS::S3::BucketAcl',
  /** `{Bucket, PublicAccessBlockConfiguration}`; absent where there is none. */
  bucketPublicAccessBlock: 'AWS::S3::BucketPublicAccessBlock',
  /** `{Bucket, IndexDocument, RedirectAllRequestsTo}`; absent where the bucket has no website endpoint. */
  bucketWebsite: 'AWS::S3::BucketWebsite',
  /** `{Bucket, Rules}`; absent where there are none. */
  bucketOwnership: 'AWS::S3::BucketOwnershipControls',
  /** `{Bucket, Rules}`: `{ID, Status, Prefix, Destination: {Bucket, Account}}` each; absent where nothing is replicated. */
  bucketReplication: 'AWS::S3::BucketReplication',
  /** ListAccessPoints item of one that is an origin, or leads to the bucket of one. */
  accessPoint: 'AWS::S3::AccessPoint',
  /** `{Name, Policy}` with the parsed document; arn is the access point's, as of the types that follow. Absent where there is none. */
  accessPointPolicy: 'AWS::S3::AccessPointPolicy',
  /** `{Name, PolicyStatus}`; absent where there is no policy. */
  accessPointPolicyStatus: 'AWS::S3::AccessPointPolicyStatus',
  /** `{Name, PublicAccessBlockConfiguration}`; absent where there is no policy. */
  accessPointPublicAccessBlock: 'AWS::S3::AccessPointPublicAccessBlock',
  /** ListMultiRegionAccessPoints item. */
  multiRegionAccessPoint: 'AWS::S3::MultiRegionAccessPoint',
  /** `{AccountId, PublicAccessBlockConfiguration}`; absent where there is none. */
  accountPublicAccessBlock: 'AWS::S3::AccountPublicAccessBlock',
  /**
   * Objects of a cluster, as its API gives them, secrets sealed. `arn` is `kubernetes://<cluster>/<Kind>/<namespace>/<name>`
   * (`-` without a namespace), `account` empty, `region` the cluster: the name of the context, or `manifests`.
   *
   * In the place of texts with secrets stand: for `*-snippet` annotations and settings, and for `match` of an
   * IngressRoute, `{text, values, problems, fileLine?}` (see `nginx/snippet.ts`); for `conditions.*` annotations the
   * parsed JSON with sealed values (one sealed value where it is no JSON); for header values of HTTPRoutes and
   * Middlewares a sealed value; elsewhere a mark `[sealed:1234abcd]` inside of the text.
   *
   * Read records of a cluster are `kubernetes ListIngress *` and the like, `GetConfigMap` and `GetSecret` with
   * `namespace/name`; of manifests `kubernetes ReadManifests *` alone, which is no word on what else the cluster holds.
   */
  ingress: 'Kubernetes::Ingress',
  ingressClass: 'Kubernetes::IngressClass',
  ingressClassParams: 'Kubernetes::IngressClassParams',
  service: 'Kubernetes::Service',
  configMap: 'Kubernetes::ConfigMap',
  /** Deployment or DaemonSet of a controller: image, arguments and labels. */
  workload: 'Kubernetes::Workload',
  /**
   * A Secret that a check names: metadata, `type`, `keys`, and for each way it is used `basicAuth[]`: `{form, state:
   * 'usable' | 'unreadable', entries, compared: {authorization, fits, defects, bits?}[], bits?}`, where `authorization` is
   * the fingerprint of a header value that an origin is sent, and the rest is `basicAuthFacts` of it.
   */
  kubernetesSecret: 'Kubernetes::Secret',
  gatewayClass: 'Kubernetes::GatewayClass',
  gateway: 'Kubernetes::Gateway',
  httpRoute: 'Kubernetes::HTTPRoute',
  ingressRoute: 'Kubernetes::IngressRoute',
  grpcRoute: 'Kubernetes::GRPCRoute',
  tlsRoute: 'Kubernetes::TLSRoute',
  tcpRoute: 'Kubernetes::TCPRoute',
  ingressRouteTcp: 'Kubernetes::IngressRouteTCP',
  ingressRouteUdp: 'Kubernetes::IngressRouteUDP',
  traefikService: 'Kubernetes::TraefikService',
  targetGroupBinding: 'Kubernetes::TargetGroupBinding',
  middleware: 'Kubernetes::Middleware',
  /** ListSecrets item: names and dates, of the tags those that name a distribution. */
  secret: 'AWS::SecretsManager::Secret',
  /** `{ARN, Versions}`: `{VersionId, CreatedDate, VersionStages}` each; arn is the secret's. */
  secretVersions: 'AWS::SecretsManager::SecretVersions',
  /** `{Name, ARN, Type, LastModifiedDate, Version}`. */
  parameter: 'AWS::SSM::Parameter',
  /** A rule with a schedule: `{Name, Arn, State, ScheduleExpression}`. */
  eventRule: 'AWS::Events::Rule',
  /** `{Rule, TargetArns}`; arn is the rule's. */
  eventTargets: 'AWS::Events::RuleTargets',
  /**
   * A schedule of EventBridge Scheduler that may run a function of interest: `{Name, GroupName, Arn, State, ScheduleExpression,
   * EndDate, TargetArns}`; where it is not seen what it runs, `TargetArns` is absent.
   */
  schedule: 'AWS::Scheduler::Schedule',
  /** `{FunctionArn, Since, Complete, Invocations, Errors, Last}`: sums, and those of the last hour with a run. */
  functionRuns: 'AWS::CloudWatch::FunctionRuns',
  /**
   * `{FunctionArn, Distributions, Origins, Headers, Secrets, Parameters}`: which names of the estate stand in the environment
   * of a function; arn is the function's. Nothing else of the environment is kept.
   */
  functionNames: 'AWS::Lambda::EnvironmentNames',
  /** `{EventId, EventName, EventTime, EventSource, Resources}`; arn is the event's id. */
  trailEvent: 'AWS::CloudTrail::Event',
  /** `{Place, Header, Fingerprint, FirstSeen, LastSeen}` of earlier scans; arn joins the first three. */
  sighting: 'Originproof::Sighting',
  /**
   * `{Resource, Kind, Key, Fingerprints, Whole}`: a place where secrets stand in clear, each by the fingerprint of its
   * folded text; `Whole` where a value is one of them and nothing else. The other values of the place are not kept.
   */
  plaintextSighting: 'Originproof::PlaintextSighting',
  /** Metadata only. */
  namespace: 'Kubernetes::Namespace',
  hostedZone: 'AWS::Route53::HostedZone',
  recordSet: 'AWS::Route53::RecordSet',
  /** `{Name, Outcome: 'answer' | 'no-such-name' | 'no-data', CanonicalNames, Addresses}`; arn is the name, lower case. */
  dnsAnswer: 'DNS::Answer',
} as const

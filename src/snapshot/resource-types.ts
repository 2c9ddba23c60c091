/** The resource types a snapshot holds. CloudFormation names; sub-reads without one follow the same form. */

export const types = {
  account: 'AWS::STS::CallerIdentity',
  /** ListDistributions summary, plus `Logging` and `DefaultRootObject` of GetDistributionConfig where read. */
  distribution: 'AWS::CloudFront::Distribution',
  vpcOrigin: 'AWS::CloudFront::VpcOrigin',
  originAccessControl: 'AWS::CloudFront::OriginAccessControl',
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
  /** DescribeCertificate's `Certificate`. */
  certificate: 'AWS::CertificateManager::Certificate',
  hostedZone: 'AWS::Route53::HostedZone',
  recordSet: 'AWS::Route53::RecordSet',
  /** `{Name, Outcome: 'answer' | 'no-such-name' | 'no-data', CanonicalNames, Addresses}`; arn is the name, lower case. */
  dnsAnswer: 'DNS::Answer',
} as const

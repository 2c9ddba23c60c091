/** Types of what a world holds in clear and a scan looks through without keeping it. */

export const plainTypes = {
  /** ListFunctions item; `Version` only of a published one. */
  function: 'AWS::Lambda::Function',
  /** `{Name, Type, Value, ARN}`. */
  parameter: 'AWS::SSM::Parameter',
  /** DescribeStacks item plus `TemplateBody`. */
  stack: 'AWS::CloudFormation::Stack',
  /** `{InstanceId, UserData}`, the latter in Base64. */
  userData: 'AWS::EC2::InstanceUserData',
  /** DescribeLaunchTemplateVersions item. */
  launchTemplate: 'AWS::EC2::LaunchTemplate',
  /** DescribeTaskDefinition's `taskDefinition`. */
  taskDefinition: 'AWS::ECS::TaskDefinition',
} as const

/** What requests carry: which keys the requester chooses, and which AWS fills in. */
import { publicSpace } from '#base/ip-set.ts'
import { absent, anyText, type Context, is, type Knowledge } from './context.ts'

/** What is asked of a policy. */
export interface Question {
  /** e.g. `s3:GetObject`. */
  readonly action: string
  readonly resource: Knowledge
  /** Account that owns the resource. */
  readonly account: string
  readonly region: string
  /** The moment of the question, in milliseconds since 1970; whoever asks may wait. */
  readonly now: number
  /** Source addresses the requester has; all public ones where this is missing. */
  readonly addresses?: readonly string[]
  /** Keys of the service that the caller knows better. */
  readonly context?: Context
}

const ownerAlone = 'it is a property of the stored object or of the owner'

/** What every request carries, whoever sends it. */
export const everyRequest = ({ account, region, now }: Question): Context => ({
  'aws:securetransport': { kind: 'one-of', choices: [['true'], ['false']] },
  'aws:referer': anyText('https://example.com/'),
  'aws:useragent': anyText('curl/8.0'),
  'aws:currenttime': { kind: 'time', from: now },
  'aws:requestedregion': is(region),
  'aws:resourceaccount': is(account),
  's3:resourceaccount': is(account),
  'aws:resourceorgid': { kind: 'undecided', why: ownerAlone },
  'aws:resourceorgpaths': { kind: 'undecided', why: ownerAlone },
  'aws:resourcetag/': { kind: 'undecided', why: ownerAlone },
  's3:existingobjecttag/': { kind: 'undecided', why: ownerAlone },
  's3:buckettag/': { kind: 'undecided', why: ownerAlone },
  'aws:calledvia': absent,
  'aws:calledviafirst': absent,
  'aws:calledvialast': absent,
  'aws:viaawsservice': is('false'),
  'aws:requesttag/': anyText('x'),
  's3:tlsversion': { kind: 'one-of', choices: [['1.3'], ['1.2'], []] },
  's3:prefix': anyText('x'),
  's3:delimiter': anyText('/'),
  's3:max-keys': anyText('1'),
  's3:versionid': anyText('null'),
  's3:x-amz-acl': anyText('private'),
  's3:x-amz-content-sha256': anyText('UNSIGNED-PAYLOAD'),
  's3:dataaccesspointarn': absent,
  's3:dataaccesspointaccount': absent,
  's3:accesspointnetworkorigin': absent,
})

export const fromInternet = ({ addresses }: Question): Context => ({
  'aws:sourceip': { kind: 'address', cidrs: addresses ?? [...publicSpace(4), ...publicSpace(6)] },
  'aws:vpcsourceip': absent,
  'aws:sourcevpc': absent,
  'aws:sourcevpcarn': absent,
  'aws:sourcevpce': absent,
  'aws:vpceaccount': absent,
  'aws:vpceorgid': absent,
  'aws:vpceorgpaths': absent,
})

/** Through a VPC endpoint that the requester owns: its ids are given by AWS, its addresses are free. */
export const fromOwnEndpoint = (strangerAccount: string): Context => ({
  'aws:sourceip': absent,
  'aws:vpcsourceip': { kind: 'address', cidrs: ['0.0.0.0/0', '::/0'] },
  'aws:sourcevpc': is('vpc-0f0f0f0f0f0f0f0f0'),
  'aws:sourcevpcarn': is(`arn:aws:ec2:us-east-1:${strangerAccount}:vpc/vpc-0f0f0f0f0f0f0f0f0`),
  'aws:sourcevpce': is('vpce-0f0f0f0f0f0f0f0f0'),
  'aws:vpceaccount': is(strangerAccount),
  'aws:vpceorgid': { kind: 'one-of', choices: [[], ['o-0stranger0']] },
  'aws:vpceorgpaths': absent,
})

export const noService: Context = {
  'aws:principalisawsservice': is('false'),
  'aws:principalservicename': absent,
  'aws:principalservicenameslist': absent,
  'aws:sourcearn': absent,
  'aws:sourceaccount': absent,
  'aws:sourceowner': absent,
  'aws:sourceorgid': absent,
  'aws:sourceorgpaths': absent,
}

export const noPrincipal: Context = {
  'aws:principalarn': absent,
  'aws:principalaccount': absent,
  'aws:principalorgid': absent,
  'aws:principalorgpaths': absent,
  'aws:principaltag/': absent,
  'aws:username': absent,
  'aws:federatedprovider': absent,
  'aws:tokenissuetime': absent,
  'aws:multifactorauthpresent': absent,
  'aws:multifactorauthage': absent,
  'aws:sourceidentity': absent,
}

export const anonymousContext: Context = {
  ...noService,
  ...noPrincipal,
  'aws:principaltype': is('Anonymous'),
  'aws:userid': is('anonymous'),
  's3:authtype': absent,
  's3:signatureversion': absent,
  's3:signatureage': absent,
}

export const signed: Context = {
  's3:authtype': { kind: 'one-of', choices: [['REST-HEADER'], ['REST-QUERY-STRING'], ['POST']] },
  's3:signatureversion': is('AWS4-HMAC-SHA256'),
  's3:signatureage': anyText('0'),
}

/** Whoever owns an account makes users, roles, tags and an organization of any name, but not another's account id. */
export const ownerOf = (account: string, organization: Knowledge): Context => ({
  ...noService,
  ...signed,
  'aws:principalarn': {
    kind: 'text',
    shape: `arn:aws:iam::${account}:*`,
    example: `arn:aws:iam::${account}:user/x`,
    optional: false,
  },
  'aws:principalaccount': is(account),
  'aws:principalorgid': organization,
  'aws:principalorgpaths': { kind: 'undecided', why: 'it depends on the organization of the requester' },
  'aws:principaltag/': anyText('x'),
  'aws:principaltype': { kind: 'one-of', choices: [['User'], ['AssumedRole'], ['FederatedUser']] },
  'aws:username': anyText('x'),
  'aws:userid': anyText('AIDACKCEVSQ6C2EXAMPLE'),
  'aws:sourceidentity': anyText('x'),
  'aws:multifactorauthpresent': { kind: 'one-of', choices: [['true'], ['false'], []] },
  'aws:multifactorauthage': anyText('0'),
  'aws:tokenissuetime': anyText('2030-01-01T00:00:00Z'),
  'aws:federatedprovider': absent,
})

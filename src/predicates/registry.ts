/** Every predicate by its name, which is its file's name; a test holds the two equal. */

import { acceptedValuesExact } from './accepted-values-exact.ts'
import { acceptedValuesSent } from './accepted-values-sent.ts'
import { acceptedValuesStrong } from './accepted-values-strong.ts'
import { accessControlSigns } from './access-control-signs.ts'
import type { Predicate } from './asking/predicate.ts'
import { behaviorsRequireHttps } from './behaviors-require-https.ts'
import { bucketAdmitsOnlyCloudFront } from './bucket-admits-only-cloudfront.ts'
import { bucketOwned } from './bucket-owned.ts'
import { bucketPolicyNamesDistribution } from './bucket-policy-names-distribution.ts'
import { certificateCoversOriginName } from './certificate-covers-origin-name.ts'
import { certificateLasts } from './certificate-lasts.ts'
import { certificateRenewing } from './certificate-renewing.ts'
import { clientAddressesTrusted } from './client-addresses-trusted.ts'
import { closedTo } from './closed-to.ts'
import { conditionsNameServices } from './conditions-name-services.ts'
import { controllerChecksSomewhere } from './controller-checks-somewhere.ts'
import { controllerListsAddresses } from './controller-lists-addresses.ts'
import { controllerMaintained } from './controller-maintained.ts'
import { defaultActionsDeny } from './default-actions-deny.ts'
import { distributionEnabled } from './distribution-enabled.ts'
import { distributionIsStaging } from './distribution-is-staging.ts'
import { edgeFunctionsKeepOrigin } from './edge-functions-keep-origin.ts'
import { encryptedToOrigin } from './encrypted-to-origin.ts'
import { everyForwardGated } from './every-forward-gated.ts'
import { functionPolicyNamesDistribution } from './function-policy-names-distribution.ts'
import { functionUrlsAskIam } from './function-urls-ask-iam.ts'
import { gateAcceptsSentValue } from './gate-accepts-sent-value.ts'
import { gateComparesSentHeader } from './gate-compares-sent-header.ts'
import { gateInUse } from './gate-in-use.ts'
import { hasGate } from './has-gate.ts'
import { hasListenerConditions } from './has-listener-conditions.ts'
import { hasSecurityGroups } from './has-security-groups.ts'
import { ingressCheckRendered } from './ingress-check-rendered.ts'
import { ingressHasCheck } from './ingress-has-check.ts'
import { ingressInboundRestricted } from './ingress-inbound-restricted.ts'
import { ingressInternetFacing } from './ingress-internet-facing.ts'
import { ingressKeepsWebAcl } from './ingress-keeps-web-acl.ts'
import { ingressNamesWebAcl } from './ingress-names-web-acl.ts'
import { ingressOnlyCloudfront } from './ingress-only-cloudfront.ts'
import { ingressOnlyUsedPorts } from './ingress-only-used-ports.ts'
import { ingressRefusesStrangers } from './ingress-refuses-strangers.ts'
import { ingressServesOrigin } from './ingress-serves-origin.ts'
import { listenerEndsTls } from './listener-ends-tls.ts'
import { loadBalancerIs } from './load-balancer-is.ts'
import { multiTenant } from './multi-tenant.ts'
import { noTokenInSnippets } from './no-token-in-snippets.ts'
import { noUngatedSibling } from './no-ungated-sibling.ts'
import { originAddsHeaders } from './origin-adds-headers.ts'
import { originInCluster } from './origin-in-cluster.ts'
import { originKindIs } from './origin-kind-is.ts'
import { originProtocolsExclude } from './origin-protocols-exclude.ts'
import { probeConclusive } from './probe-conclusive.ts'
import { probeRefused } from './probe-refused.ts'
import { probeSent } from './probe-sent.ts'
import { provenClosed } from './proven-closed.ts'
import { routeRefusesStrangers } from './route-refuses-strangers.ts'
import { routerServesOrigin } from './router-serves-origin.ts'
import { sendsSecretHeader } from './sends-secret-header.ts'
import { sentValueOpensCheck } from './sent-value-opens-check.ts'
import { sentValueUnique } from './sent-value-unique.ts'
import { sistersAsStrict } from './sisters-as-strict.ts'
import { snippetsParse } from './snippets-parse.ts'
import { stagingAsStrict } from './staging-as-strict.ts'
import { stagingInUse } from './staging-in-use.ts'
import { targetExists } from './target-exists.ts'
import { targetIs } from './target-is.ts'
import { tenantsKeepControls } from './tenants-keep-controls.ts'
import { usesTls } from './uses-tls.ts'
import { verdictUnknown } from './verdict-unknown.ts'
import { viewerCertificateOwn } from './viewer-certificate-own.ts'
import { viewerPolicyAccepted } from './viewer-policy-accepted.ts'
import { webAclAttached } from './web-acl-attached.ts'
import { webAclCanBlock } from './web-acl-can-block.ts'
import { webAclComparesSecret } from './web-acl-compares-secret.ts'

export const predicates: Readonly<Record<string, Predicate>> = {
  'accepted-values-exact': acceptedValuesExact,
  'accepted-values-sent': acceptedValuesSent,
  'accepted-values-strong': acceptedValuesStrong,
  'access-control-signs': accessControlSigns,
  'behaviors-require-https': behaviorsRequireHttps,
  'bucket-admits-only-cloudfront': bucketAdmitsOnlyCloudFront,
  'bucket-owned': bucketOwned,
  'bucket-policy-names-distribution': bucketPolicyNamesDistribution,
  'certificate-covers-origin-name': certificateCoversOriginName,
  'certificate-lasts': certificateLasts,
  'certificate-renewing': certificateRenewing,
  'client-addresses-trusted': clientAddressesTrusted,
  'closed-to': closedTo,
  'conditions-name-services': conditionsNameServices,
  'controller-checks-somewhere': controllerChecksSomewhere,
  'controller-lists-addresses': controllerListsAddresses,
  'controller-maintained': controllerMaintained,
  'default-actions-deny': defaultActionsDeny,
  'distribution-enabled': distributionEnabled,
  'distribution-is-staging': distributionIsStaging,
  'edge-functions-keep-origin': edgeFunctionsKeepOrigin,
  'encrypted-to-origin': encryptedToOrigin,
  'every-forward-gated': everyForwardGated,
  'function-policy-names-distribution': functionPolicyNamesDistribution,
  'function-urls-ask-iam': functionUrlsAskIam,
  'gate-accepts-sent-value': gateAcceptsSentValue,
  'gate-compares-sent-header': gateComparesSentHeader,
  'gate-in-use': gateInUse,
  'has-gate': hasGate,
  'has-listener-conditions': hasListenerConditions,
  'has-security-groups': hasSecurityGroups,
  'ingress-check-rendered': ingressCheckRendered,
  'ingress-has-check': ingressHasCheck,
  'ingress-inbound-restricted': ingressInboundRestricted,
  'ingress-internet-facing': ingressInternetFacing,
  'ingress-keeps-web-acl': ingressKeepsWebAcl,
  'ingress-names-web-acl': ingressNamesWebAcl,
  'ingress-only-cloudfront': ingressOnlyCloudfront,
  'ingress-only-used-ports': ingressOnlyUsedPorts,
  'ingress-refuses-strangers': ingressRefusesStrangers,
  'ingress-serves-origin': ingressServesOrigin,
  'listener-ends-tls': listenerEndsTls,
  'load-balancer-is': loadBalancerIs,
  'multi-tenant': multiTenant,
  'no-token-in-snippets': noTokenInSnippets,
  'no-ungated-sibling': noUngatedSibling,
  'origin-adds-headers': originAddsHeaders,
  'origin-in-cluster': originInCluster,
  'origin-kind-is': originKindIs,
  'origin-protocols-exclude': originProtocolsExclude,
  'probe-conclusive': probeConclusive,
  'probe-refused': probeRefused,
  'probe-sent': probeSent,
  'proven-closed': provenClosed,
  'route-refuses-strangers': routeRefusesStrangers,
  'router-serves-origin': routerServesOrigin,
  'sends-secret-header': sendsSecretHeader,
  'sent-value-opens-check': sentValueOpensCheck,
  'sent-value-unique': sentValueUnique,
  'sisters-as-strict': sistersAsStrict,
  'snippets-parse': snippetsParse,
  'staging-as-strict': stagingAsStrict,
  'staging-in-use': stagingInUse,
  'target-exists': targetExists,
  'target-is': targetIs,
  'tenants-keep-controls': tenantsKeepControls,
  'uses-tls': usesTls,
  'verdict-unknown': verdictUnknown,
  'viewer-certificate-own': viewerCertificateOwn,
  'viewer-policy-accepted': viewerPolicyAccepted,
  'web-acl-attached': webAclAttached,
  'web-acl-can-block': webAclCanBlock,
  'web-acl-compares-secret': webAclComparesSecret,
}

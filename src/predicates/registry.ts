/** Every predicate by its name, which is its file's name; a test holds the two equal. */

import { acceptedValuesExact } from './accepted-values-exact.ts'
import { acceptedValuesSent } from './accepted-values-sent.ts'
import { acceptedValuesStrong } from './accepted-values-strong.ts'
import { accessControlSigns } from './access-control-signs.ts'
import { apiAuthorizersSeeToken } from './api-authorizers-see-token.ts'
import { apiDefaultEndpointOff } from './api-default-endpoint-off.ts'
import { apiKeysNotAlone } from './api-keys-not-alone.ts'
import { apiOriginByDomain } from './api-origin-by-domain.ts'
import { apiReliesOnDeployment } from './api-relies-on-deployment.ts'
import { apiRoutesAuthorized } from './api-routes-authorized.ts'
import { apiStagesDeployed } from './api-stages-deployed.ts'
import { apiUsesLambdaAuthorizer } from './api-uses-lambda-authorizer.ts'
import type { Predicate } from './asking/predicate.ts'
import { asksForSignature } from './asks-for-signature.ts'
import { behaviorsRequireHttps } from './behaviors-require-https.ts'
import { besideSignedContent } from './beside-signed-content.ts'
import { bucketAdmitsOnlyCloudFront } from './bucket-admits-only-cloudfront.ts'
import { bucketOwned } from './bucket-owned.ts'
import { bucketPolicyNamesDistribution } from './bucket-policy-names-distribution.ts'
import { certificateCoversOriginName } from './certificate-covers-origin-name.ts'
import { certificateLasts } from './certificate-lasts.ts'
import { certificateRenewing } from './certificate-renewing.ts'
import { clientAddressesTrusted } from './client-addresses-trusted.ts'
import { closedTo } from './closed-to.ts'
import { closedWithoutLogin } from './closed-without-login.ts'
import { conditionsNameServices } from './conditions-name-services.ts'
import { controllerChecksSomewhere } from './controller-checks-somewhere.ts'
import { controllerListsAddresses } from './controller-lists-addresses.ts'
import { controllerMaintained } from './controller-maintained.ts'
import { defaultActionsDeny } from './default-actions-deny.ts'
import { distributionEnabled } from './distribution-enabled.ts'
import { distributionIsStaging } from './distribution-is-staging.ts'
import { edgeFunctionsKeepOrigin } from './edge-functions-keep-origin.ts'
import { edgePageSearched } from './edge-page-searched.ts'
import { encryptedToOrigin } from './encrypted-to-origin.ts'
import { everyForwardGated } from './every-forward-gated.ts'
import { forwardedAddressesTrusted } from './forwarded-addresses-trusted.ts'
import { functionPolicyNamesDistribution } from './function-policy-names-distribution.ts'
import { functionUrlsAskIam } from './function-urls-ask-iam.ts'
import { gateAcceptsSentValue } from './gate-accepts-sent-value.ts'
import { gateComparesSentHeader } from './gate-compares-sent-header.ts'
import { gateInUse } from './gate-in-use.ts'
import { groupTakesChosenNamespaces } from './group-takes-chosen-namespaces.ts'
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
import { ingressSharesBalancer } from './ingress-shares-balancer.ts'
import { ingressStandsForGroup } from './ingress-stands-for-group.ts'
import { issuingRoutesAuthorized } from './issuing-routes-authorized.ts'
import { keyEncrypts } from './key-encrypts.ts'
import { keyFresh } from './key-fresh.ts'
import { keyInGroup } from './key-in-group.ts'
import { keyStrong } from './key-strong.ts'
import { keyTrusted } from './key-trusted.ts'
import { listenerEndsTls } from './listener-ends-tls.ts'
import { loadBalancerIs } from './load-balancer-is.ts'
import { multiTenant } from './multi-tenant.ts'
import { noPageEchoesToken } from './no-page-echoes-token.ts'
import { noTokenInSnippets } from './no-token-in-snippets.ts'
import { noUngatedSibling } from './no-ungated-sibling.ts'
import { noUnsignedTwin } from './no-unsigned-twin.ts'
import { onlyKeyGroupsSign } from './only-key-groups-sign.ts'
import { originAddsHeaders } from './origin-adds-headers.ts'
import { originInCluster } from './origin-in-cluster.ts'
import { originKindIs } from './origin-kind-is.ts'
import { originProtocolsExclude } from './origin-protocols-exclude.ts'
import { parameterEncrypted } from './parameter-encrypted.ts'
import { plaintextSearched } from './plaintext-searched.ts'
import { probeConclusive } from './probe-conclusive.ts'
import { probeRefused } from './probe-refused.ts'
import { probeSent } from './probe-sent.ts'
import { provenClosed } from './proven-closed.ts'
import { rotationKnown } from './rotation-known.ts'
import { rotationNotFailed } from './rotation-not-failed.ts'
import { rotationOverlapShort } from './rotation-overlap-short.ts'
import { rotationReachesSenders } from './rotation-reaches-senders.ts'
import { rotationScheduled } from './rotation-scheduled.ts'
import { routeRefusesStrangers } from './route-refuses-strangers.ts'
import { routerListsAddresses } from './router-lists-addresses.ts'
import { routerServesOrigin } from './router-serves-origin.ts'
import { sendsSecretHeader } from './sends-secret-header.ts'
import { sendsTellingSecret } from './sends-telling-secret.ts'
import { sentValueFresh } from './sent-value-fresh.ts'
import { sentValueOpensCheck } from './sent-value-opens-check.ts'
import { sentValueUnique } from './sent-value-unique.ts'
import { sentValuesKeptFromThirdParties } from './sent-values-kept-from-third-parties.ts'
import { sistersAsStrict } from './sisters-as-strict.ts'
import { snippetsParse } from './snippets-parse.ts'
import { stagingAsStrict } from './staging-as-strict.ts'
import { stagingInUse } from './staging-in-use.ts'
import { storedInParameter } from './stored-in-parameter.ts'
import { targetExists } from './target-exists.ts'
import { targetIs } from './target-is.ts'
import { tenantsKeepControls } from './tenants-keep-controls.ts'
import { tokensNotInClear } from './tokens-not-in-clear.ts'
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
  'api-authorizers-see-token': apiAuthorizersSeeToken,
  'api-default-endpoint-off': apiDefaultEndpointOff,
  'api-keys-not-alone': apiKeysNotAlone,
  'api-origin-by-domain': apiOriginByDomain,
  'api-relies-on-deployment': apiReliesOnDeployment,
  'api-routes-authorized': apiRoutesAuthorized,
  'api-stages-deployed': apiStagesDeployed,
  'api-uses-lambda-authorizer': apiUsesLambdaAuthorizer,
  'asks-for-signature': asksForSignature,
  'behaviors-require-https': behaviorsRequireHttps,
  'beside-signed-content': besideSignedContent,
  'bucket-admits-only-cloudfront': bucketAdmitsOnlyCloudFront,
  'bucket-owned': bucketOwned,
  'bucket-policy-names-distribution': bucketPolicyNamesDistribution,
  'certificate-covers-origin-name': certificateCoversOriginName,
  'certificate-lasts': certificateLasts,
  'certificate-renewing': certificateRenewing,
  'client-addresses-trusted': clientAddressesTrusted,
  'closed-to': closedTo,
  'closed-without-login': closedWithoutLogin,
  'conditions-name-services': conditionsNameServices,
  'controller-checks-somewhere': controllerChecksSomewhere,
  'controller-lists-addresses': controllerListsAddresses,
  'controller-maintained': controllerMaintained,
  'default-actions-deny': defaultActionsDeny,
  'distribution-enabled': distributionEnabled,
  'distribution-is-staging': distributionIsStaging,
  'edge-functions-keep-origin': edgeFunctionsKeepOrigin,
  'edge-page-searched': edgePageSearched,
  'encrypted-to-origin': encryptedToOrigin,
  'every-forward-gated': everyForwardGated,
  'forwarded-addresses-trusted': forwardedAddressesTrusted,
  'function-policy-names-distribution': functionPolicyNamesDistribution,
  'function-urls-ask-iam': functionUrlsAskIam,
  'gate-accepts-sent-value': gateAcceptsSentValue,
  'gate-compares-sent-header': gateComparesSentHeader,
  'gate-in-use': gateInUse,
  'group-takes-chosen-namespaces': groupTakesChosenNamespaces,
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
  'ingress-shares-balancer': ingressSharesBalancer,
  'ingress-stands-for-group': ingressStandsForGroup,
  'issuing-routes-authorized': issuingRoutesAuthorized,
  'key-encrypts': keyEncrypts,
  'key-fresh': keyFresh,
  'key-in-group': keyInGroup,
  'key-strong': keyStrong,
  'key-trusted': keyTrusted,
  'listener-ends-tls': listenerEndsTls,
  'load-balancer-is': loadBalancerIs,
  'multi-tenant': multiTenant,
  'no-page-echoes-token': noPageEchoesToken,
  'no-token-in-snippets': noTokenInSnippets,
  'no-ungated-sibling': noUngatedSibling,
  'no-unsigned-twin': noUnsignedTwin,
  'only-key-groups-sign': onlyKeyGroupsSign,
  'origin-adds-headers': originAddsHeaders,
  'origin-in-cluster': originInCluster,
  'origin-kind-is': originKindIs,
  'origin-protocols-exclude': originProtocolsExclude,
  'parameter-encrypted': parameterEncrypted,
  'plaintext-searched': plaintextSearched,
  'probe-conclusive': probeConclusive,
  'probe-refused': probeRefused,
  'probe-sent': probeSent,
  'proven-closed': provenClosed,
  'rotation-known': rotationKnown,
  'rotation-not-failed': rotationNotFailed,
  'rotation-overlap-short': rotationOverlapShort,
  'rotation-reaches-senders': rotationReachesSenders,
  'rotation-scheduled': rotationScheduled,
  'route-refuses-strangers': routeRefusesStrangers,
  'router-lists-addresses': routerListsAddresses,
  'router-serves-origin': routerServesOrigin,
  'sends-secret-header': sendsSecretHeader,
  'sends-telling-secret': sendsTellingSecret,
  'sent-value-fresh': sentValueFresh,
  'sent-value-opens-check': sentValueOpensCheck,
  'sent-value-unique': sentValueUnique,
  'sent-values-kept-from-third-parties': sentValuesKeptFromThirdParties,
  'sisters-as-strict': sistersAsStrict,
  'snippets-parse': snippetsParse,
  'staging-as-strict': stagingAsStrict,
  'staging-in-use': stagingInUse,
  'stored-in-parameter': storedInParameter,
  'target-exists': targetExists,
  'target-is': targetIs,
  'tenants-keep-controls': tenantsKeepControls,
  'tokens-not-in-clear': tokensNotInClear,
  'uses-tls': usesTls,
  'verdict-unknown': verdictUnknown,
  'viewer-certificate-own': viewerCertificateOwn,
  'viewer-policy-accepted': viewerPolicyAccepted,
  'web-acl-attached': webAclAttached,
  'web-acl-can-block': webAclCanBlock,
  'web-acl-compares-secret': webAclComparesSecret,
}

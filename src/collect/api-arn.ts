/** The ARNs of what belongs to API Gateway, which name no account. */
import type { Reader } from './reader.ts'

export const apiArn = ({ partition }: Reader, region: string, path: string): string =>
  `arn:${partition}:apigateway:${region}::/${path}`

/** A fixture as the renderer takes it: in clear, with its defaults written out. */
import type { ControllerSource, IngressSource } from '#lab/nginx/source.ts'
import type { IngressSource as Written } from '../../../fixtures/ingress-nginx/fixture.ts'
import { host, type IngressFixture } from '../../../fixtures/ingress-nginx/fixture.ts'

const ingressOf = (written: Written): IngressSource => {
  const service = written.service ?? 'shop'
  const paths = (written.paths ?? [{ path: '/' }]).map(({ path, type = 'Prefix' as const }) => ({
    path,
    type,
    service,
  }))
  return {
    namespace: 'default',
    name: written.name ?? 'shop',
    rules: written.rules === false ? [] : (written.hosts ?? [host]).map(name => ({ host: name, paths })),
    hasCertificate: false,
    defaultBackend: written.defaultBackend ?? null,
    annotations: { ...written.annotations, ...written.snippets },
  }
}

export const sourceOf = (fixture: IngressFixture): ControllerSource => ({
  version: fixture.version ?? '1.12.1',
  config: { ...fixture.config, ...fixture.configSnippets },
  htpasswd: fixture.htpasswd ?? {},
  ingresses: fixture.ingresses.map(ingressOf),
})

/** The service behind: it says its name. */
export const backendOf = (port: number): string =>
  `server { listen 127.0.0.1:${port} default_server; location / { add_header X-Reached $http_x_service always; return 200 "reached"; } }`

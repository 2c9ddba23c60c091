/** Manifests of a shop, with each kind of secret in the place where it usually stands. */

export const token = 'Qm7xV2tZpL9sK4wN8rJ3hD6fG1bY5cEa'
export const routeToken = 'Zr4nW8yB2kT6mC9vX3qP7jH1sF5dL0gA'
const filterToken = 'Hs5kD9wQ2xN7vB4mZ8cR1pT6yL3jF0gE'
export const albToken = 'Lw3pX9dK5vN1tR7bQ2mJ8hZ4cY6fS0gU'
const middlewareToken = 'Nt6yB1mV8kX4wD9rQ3zC7pJ2hL5sF0aG'
const urlToken = 'Pj2sK8vD4nX9mW5qR1tB7cZ3yL6hF0eM'
export const password = 'Correct-Horse-7-Staple'
const otherSecret = 'Vb9qC3xM7kZ1wN5tD8rP2jL6yH4sF0gT'

export const allSecrets = [
  token,
  routeToken,
  filterToken,
  albToken,
  middlewareToken,
  urlToken,
  password,
  otherSecret,
]

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** `htpasswd -nbs shop <password>`: one SHA-1, as Apache writes it. */
export const htpasswd = 'shop:{SHA}jZiuzdLWnHfV1igpt/69kaCgNxw='

export const controller = `# the controller
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ingress-nginx-controller
  namespace: ingress-nginx
spec:
  template:
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.12.1@sha256:0123
          args:
            - /nginx-ingress-controller
            - --configmap=$(POD_NAMESPACE)/ingress-nginx-controller
            - --some-token=${otherSecret}
          env:
            - name: LICENSE
              value: ${otherSecret}
---
# Source: ingress-nginx/templates/controller-configmap.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: ingress-nginx-controller
  namespace: ingress-nginx
data:
  allow-snippet-annotations: "true"
  location-snippet: |
    # ${token}
    if ($http_cf_token != "${token}") {
      return 403;
    }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: app, namespace: shop }
data:
  API_KEY: ${otherSecret}
`

export const shop = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: shop
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"token":"${token}"}'
    nginx.ingress.kubernetes.io/auth-type: basic
    nginx.ingress.kubernetes.io/auth-secret: shop-users
    nginx.ingress.kubernetes.io/auth-url: https://login.example.com/check?api_key=${urlToken}
    nginx.ingress.kubernetes.io/configuration-snippet: |
      if ($http_cf_token != '${token}') { return 403; }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: shop, port: { number: 80 } } } }
---
apiVersion: v1
kind: Secret
metadata: { name: shop-users, namespace: shop }
data:
  auth: ${base64(`${htpasswd}\n`)}
---
apiVersion: v1
kind: Secret
metadata: { name: other, namespace: shop }
stringData: { key: ${otherSecret} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: alb
  annotations:
    alb.ingress.kubernetes.io/conditions.shop: >-
      [{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-Origin-Verify","values":["${albToken}"]}}]
spec: { ingressClassName: alb }
`

export const routes = `apiVersion: v1
kind: List
items:
  - apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: shop, namespace: shop }
    spec:
      rules:
        - matches:
            - headers: [{ name: X-Origin-Verify, value: ${routeToken} }]
          filters:
            - type: RequestHeaderModifier
              requestHeaderModifier: { set: [{ name: X-Upstream-Key, value: ${filterToken} }] }
  - apiVersion: traefik.io/v1alpha1
    kind: IngressRoute
    metadata: { name: shop, namespace: shop }
    spec:
      routes:
        - match: Host(\`shop.example.com\`) && Header(\`X-Origin-Verify\`, \`${routeToken}\`)
  - apiVersion: traefik.io/v1alpha1
    kind: Middleware
    metadata: { name: headers, namespace: shop }
    spec:
      headers: { customRequestHeaders: { X-Upstream-Key: ${middlewareToken} } }
      plugin: { jwt: { secret: ${otherSecret} } }
`

export const files = [
  { path: 'k8s/controller.yaml', text: controller },
  { path: 'k8s/shop.yaml', text: shop },
  { path: 'k8s/routes.yaml', text: routes },
] as const

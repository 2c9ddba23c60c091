/** What a load balancer adds to a request, and what it passes on as it is. */
import type { IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePorts, listen, type Running } from '#lab/live/server.ts'
import { toTarget } from '#lab/live/to-target.ts'
import type { LoadBalancer } from '#topology/model.ts'
import { loadBalancer } from '../../probe/fixtures.ts'
import { ask } from './ask.ts'

let target: Running
let seen: IncomingHttpHeaders = {}

beforeAll(async () => {
  target = await listen((request, response) => {
    seen = request.headers
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
    })
    request.on('end', () => {
      response.writeHead(201, [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['X-Path', request.url ?? ''],
      ])
      response.end(`${request.method} ${size}`)
    })
  })
})
afterAll(() => target.close())

/** Through a load balancer of that kind to a port. */
const through = async (
  kind: LoadBalancer['kind'],
  port: number,
  question: { readonly path?: string; readonly headers?: Readonly<Record<string, string>> } = {},
) => {
  const lb = loadBalancer({ kind })
  const door = await listen((request, response) =>
    toTarget(port, { request, response, lb, source: '198.51.100.77', port: 443, tls: true }, () =>
      response.writeHead(502).end('no target'),
    ),
  )
  const lab = { route: () => ({ host: '127.0.0.1', port: door.port }), ca: '' }
  try {
    return await ask({ lab, to: ['', 80], host: 'origin.example.com', ...question })
  } finally {
    await door.close()
  }
}

const claimed = {
  'X-Forwarded-For': '203.0.113.9',
  'X-Forwarded-Proto': 'http',
  'X-Forwarded-Port': '80',
  'X-Origin-Token': 'Word',
  Te: 'trailers',
}

it('tells the target who came, and how, behind what the client claims of itself', async () => {
  await through('application', target.port, { headers: claimed })
  expect(seen).toMatchObject({
    host: 'origin.example.com',
    'x-origin-token': 'Word',
    'x-forwarded-for': '203.0.113.9, 198.51.100.77',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
  })
  expect(seen).not.toHaveProperty('te')
})

it('changes nothing where it is a network load balancer', async () => {
  await through('network', target.port, { headers: claimed })
  expect(seen).toMatchObject({ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' })
})

it('passes path, query, status and repeated headers as they are', async () => {
  const told = await through('application', target.port, { path: '/a%2Fb//c?x=1&x=2' })
  expect([told.status, told.body, told.headers['x-path']]).toEqual([201, 'GET 0', '/a%2Fb//c?x=1&x=2'])
  expect(told.headers['set-cookie']).toEqual(['a=1', 'b=2'])
})

it('says so where the target does not answer', async () => {
  const [nowhere = 0] = await freePorts(1)
  expect(await through('application', nowhere)).toMatchObject({ status: 502, body: 'no target' })
})
